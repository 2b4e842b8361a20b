import {
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { AzureError } from '../model/azure.ts';
import type { Probe } from '../model/kind.ts';

const MOST_CHARACTERS = 1_000_000;

/** Plain requests to what is deployed. No token goes with them, nothing is repeated and no redirect is followed. */
export function createProbe(httpClient: HttpClient, userAgentPrefix: string): Probe {
  const pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix },
  });
  return async (url, { method, body, timeoutMs }) => {
    const request = createPipelineRequest({
      url,
      method: method as 'GET',
      headers: createHttpHeaders(body === undefined ? {} : { 'content-type': 'application/json' }),
      timeout: timeoutMs,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const started = Date.now();
    try {
      const { status, bodyAsText } = await pipeline.sendRequest(httpClient, request);
      const text = (bodyAsText ?? '').slice(0, MOST_CHARACTERS);
      return { status, body: text, milliseconds: Date.now() - started };
    } catch (error) {
      const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      throw new AzureError({ code: 'Network', message, method, url });
    }
  };
}
