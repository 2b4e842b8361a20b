import { expect } from 'vitest';
import type { Clock } from '../../src/azure/clock.ts';
import type { LogEntry } from '../../src/local-azure/index.ts';
import { SUBSCRIPTION, type Lab } from './lab.ts';

/** An environment that keeps its lock in a storage account of its own. */
export const LOCKED_ENVIRONMENT = `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: dev }
spec:
  cloud: local
  subscriptionId: ${SUBSCRIPTION}
  resourceGroup: rg-test
  location: swedencentral
  lock: { storageAccount: state, container: locks }
`;

const ACCOUNT = `apiVersion: ingate/v1alpha1
kind: StorageAccount
metadata: { name: state }
spec:
  containers: [{ name: locks }]
`;

export const logs = (days: number): string =>
  `apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\nspec: { retentionInDays: ${days} }\n`;

export const LOCKED_FILES = {
  'environments/dev/environment.yaml': LOCKED_ENVIRONMENT,
  'environments/dev/state.yaml': ACCOUNT,
  'environments/dev/logs.yaml': logs(30),
};

const THEIRS = '22222222-2222-4222-8222-222222222222';

/** Sends a request about the blob that the lock is a lease on. */
function blob({ azure }: Lab, query: string, headers: Record<string, string>): Promise<Response> {
  const url = `${azure.url}/statedev.blob/locks/dev${query}`;
  return fetch(url, { method: 'PUT', headers: { authorization: 'Bearer test', ...headers } });
}

/** Somebody else takes the lock. */
export async function occupy(lab: Lab): Promise<void> {
  const lease = { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '60', 'x-ms-proposed-lease-id': THEIRS };
  await blob(lab, '', { 'x-ms-blob-type': 'BlockBlob', 'if-none-match': '*' });
  expect((await blob(lab, '?comp=lease', lease)).status).toBe(201);
  const owner = { 'x-ms-meta-who': 'ada', 'x-ms-meta-run': 'run 7', 'x-ms-meta-since': '2026-01-02T03:04:05.000Z' };
  await blob(lab, '?comp=metadata', { 'x-ms-lease-id': THEIRS, ...owner });
}

/** Somebody else gives back the lock. */
export async function vacate(lab: Lab): Promise<void> {
  await blob(lab, '?comp=lease', { 'x-ms-lease-action': 'release', 'x-ms-lease-id': THEIRS });
}

/** True when the lock can be taken at this moment. Leaves it free. */
export async function isFree(lab: Lab): Promise<boolean> {
  const lease = { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '60', 'x-ms-proposed-lease-id': THEIRS };
  const { status } = await blob(lab, '?comp=lease', lease);
  if (status === 201) await vacate(lab);
  return status === 201;
}

/** Writes to Azure other than those about the lock. */
export function writesIn(log: readonly LogEntry[]): LogEntry[] {
  return log.filter(({ method, url }) => !['GET', 'HEAD'].includes(method) && !url.includes('/locks/'));
}

/** Time that passes as soon as somebody sleeps, but for the long sleep until a lease is renewed. */
export function hastyClock(): Clock {
  let now = Date.now();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((wake, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        if (milliseconds > 10_000) return;
        now += milliseconds;
        setImmediate(wake);
      }),
  };
}
