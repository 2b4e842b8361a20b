import { isRestError } from '@azure/core-rest-pipeline';
import { AzureError } from '../model/azure.ts';
import type { ClientOptions } from './connect.ts';
import { tooLate, type Deadline } from './bounded.ts';

/**
 * Options of a typed client whose calls can be made twice: the token is for the control plane of this cloud, whatever the
 * client takes for it, and calls are repeated after transient failures, as long as the deadline allows.
 */
export function repeatable({ endpoint, httpClient, userAgentOptions }: ClientOptions) {
  const credentials = { scopes: [`${endpoint}/.default`] };
  const same = { endpoint, httpClient, userAgentOptions, credentials };
  return { ...same, retryOptions: { maxRetries: 3, retryDelayInMs: 300, maxRetryDelayInMs: 3000 } };
}

/** The text that an answer holds, whatever the type of its client promises; undefined for anything else and where it is empty. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const NOT_UNDERSTOOD = 'The answer is not of the form that its API describes';

/** A read through one of Microsoft's typed clients; rejects with AzureError as everything else does. `url` names it in errors. */
export async function readTyped<T>(url: string, deadline: Deadline, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw deadline.signal.aborted ? tooLate(error, url, deadline) : typedError(error, { method: 'GET', url });
  }
}

/** What a typed client rejects with, as an AzureError; anything that is not about the call stays as it is. */
export function typedError(error: unknown, call: { readonly method: string; readonly url: string }): unknown {
  // The clients read answers without looking at their types.
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
    return new AzureError({ code: 'BadResponse', message: NOT_UNDERSTOOD, ...call }, { cause: error });
  if (!isRestError(error)) return error;
  const { statusCode: status, code, response } = error;
  const requestId = response?.headers.get('x-ms-request-id');
  const message = error.message.split('\n', 1)[0] ?? '';
  if (status === undefined) return new AzureError({ code: 'Network', message, ...call }, { cause: error });
  return new AzureError({ code: code ?? `Http${status}`, message, ...call, status, requestId }, { cause: error });
}
