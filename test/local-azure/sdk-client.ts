import tls from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import { startLocalAzure, type LocalAzure, type LocalAzureOptions } from '../../src/local-azure/index.ts';
import { checkTraffic } from './type-check.ts';

/** What every official client of these tests polls with. */
export const QUICK = { updateIntervalInMs: 10 };

export const credential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** A server that official clients reach over TLS, unmodified; `close` also checks all bodies against the type data. */
export interface SdkBench {
  readonly azure: LocalAzure;
  /** Options of every client. */
  readonly options: { readonly endpoint: string; readonly retryOptions: { readonly maxRetries: number } };
  close(): Promise<void>;
}

export async function startSdkBench(options: LocalAzureOptions = {}): Promise<SdkBench> {
  const trusted = tls.getCACertificates('default');
  const azure = await startLocalAzure({
    tls: true,
    timing: { operationMs: 30, revisionMs: 30, jobMs: 30 },
    ...options,
  });
  tls.setDefaultCACertificates([...trusted, azure.tls?.certificate ?? '']);
  return {
    azure,
    options: { endpoint: azure.tls?.url ?? '', retryOptions: { maxRetries: 0 } },
    close: async () => {
      tls.setDefaultCACertificates(trusted);
      checkTraffic(azure.requests());
      await azure.close();
    },
  };
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}

/** Asks again until the answer is what is waited for; gives up after some seconds and returns the last one. */
export async function eventually<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isDone(answer) || attempt >= 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
