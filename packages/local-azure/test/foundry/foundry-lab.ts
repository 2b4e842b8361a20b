import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { AIProjectClient } from '@azure/ai-projects';
import { afterAll } from 'vitest';
import type { LocalAzureOptions } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';

/** A server with a Foundry project and a model deployment, gpt-5-mini, and the official clients for it. */
export interface FoundryLab {
  readonly bench: Bench;
  /** Path of the resources of the group. */
  readonly group: string;
  /** Path of the project's data plane. */
  readonly path: string;
  readonly project: AIProjectClient;
  readonly openai: ReturnType<AIProjectClient['getOpenAIClient']>;
  /** A native route, with api-version v1. */
  native(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A route below openai/v1. */
  open(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

const credential = { getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }) };

/** One certificate for all servers of a test file, so that it is made once. */
let certificateFolder: string | undefined;
const systemCertificates = getCACertificates('default');
afterAll(() => {
  if (certificateFolder !== undefined) rmSync(certificateFolder, { recursive: true, force: true });
  certificateFolder = undefined;
});

/** The clients use TLS, with the server's certificate trusted by the process. */
export async function startFoundry(options: LocalAzureOptions = {}): Promise<FoundryLab> {
  certificateFolder ??= mkdtempSync(join(tmpdir(), 'ingate-foundry-'));
  const bench = await startBench({
    tls: true,
    certificateFolder,
    ...options,
    timing: { operationMs: 0, ...options.timing },
  });
  const { azure } = bench;
  if (azure.tls) setDefaultCACertificates([...systemCertificates, azure.tls.certificate]);
  const group = await bench.group();
  const arm = await create(bench, 'Microsoft.CognitiveServices/accounts/projects', group);
  await create(bench, 'Microsoft.CognitiveServices/accounts/deployments', group);
  const url: string = (await bench.get(`${arm}?api-version=2026-07-01`)).body.properties.endpoints['AI Foundry API'];
  const path = url.slice(azure.url.length);
  const project = new AIProjectClient(`${azure.tls?.url ?? azure.url}${path}`, credential, {
    retryOptions: { maxRetries: 0 },
  });
  return {
    bench,
    group,
    path,
    project,
    openai: project.getOpenAIClient({ maxRetries: 0 }),
    native: (method, route, body, headers = {}) => {
      const separator = route.includes('?') ? '&' : '?';
      return bench.send(method, `${path}/${route}${separator}api-version=v1`, body, { headers });
    },
    open: (method, route, body, headers = {}) => bench.send(method, `${path}/openai/v1/${route}`, body, { headers }),
    close: () => bench.close(),
  };
}

/** Status and code of a refusal. */
export function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error?.code];
}

/** Header for a preview feature. */
export function preview(feature: string): Record<string, string> {
  return { 'foundry-features': feature };
}
