import tls from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import { RestError } from '@azure/core-rest-pipeline';
import { createVirtualClock, startLocalAzure, type LocalAzure, type LocalAzureOptions } from '../../src/index.ts';

/** What Microsoft's clients are given instead of a sign-in; this server takes any token. */
export const CREDENTIAL: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** For pollers: without a pause. */
export const QUICK = { updateIntervalInMs: 1 };

/** Time that passes with requests alone, 10 ms with each, so that an operation of 40 ms is seen running by whoever polls it. */
export const BY_REQUESTS = { latencyMs: 10, operationMs: 40 };

const TRUSTED = tls.getCACertificates('default');

/** A server with TLS whose certificate the process trusts, and with the resource group `rg`. Lists have pages of two. */
export async function startForSdk(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  const azure = await startLocalAzure({
    tls: true,
    pageSize: 2,
    clock: createVirtualClock(Date.now()),
    ...options,
    timing: { ...BY_REQUESTS, ...options.timing },
  });
  tls.setDefaultCACertificates([...TRUSTED, azure.tls?.certificate ?? '']);
  await addGroup(azure, 'rg');
  return azure;
}

/** How the official clients are told where to go. */
export function clientOptions({ tls: secure }: LocalAzure): { endpoint: string; retryOptions: { maxRetries: number } } {
  return { endpoint: secure?.url ?? '', retryOptions: { maxRetries: 0 } };
}

export async function addGroup({ url, subscriptionId }: LocalAzure, name: string): Promise<void> {
  await fetch(`${url}/subscriptions/${subscriptionId}/resourceGroups/${name}?api-version=2025-04-01`, {
    method: 'PUT',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({ location: 'swedencentral' }),
  });
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}

export async function namesOf(pages: AsyncIterable<{ readonly name?: string }>): Promise<(string | undefined)[]> {
  return (await collect(pages)).map(({ name }) => name);
}

/** Status and code that a client threw; `accepted` when it did not. */
export async function refusalOf(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RestError) return [error.statusCode, error.code];
    throw error;
  }
  return 'accepted';
}
