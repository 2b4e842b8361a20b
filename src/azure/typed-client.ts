import { isRestError } from '@azure/core-rest-pipeline';
import { AzureError } from '../model/azure.ts';
import type { ClientOptions } from './connect.ts';
import { tooLate, type Deadline } from './bounded.ts';

/**
 * Options of a typed client that only reads: the token is for the control plane of this cloud, whatever the client takes
 * for it, and passing faults are met again, as long as the deadline lets them.
 */
export function forReading({ endpoint, httpClient, userAgentOptions }: ClientOptions) {
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
    throw deadline.signal.aborted ? tooLate(error, url, deadline) : typedError(error, url);
  }
}

function typedError(error: unknown, url: string): unknown {
  // The clients read answers without looking at their types.
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
    return new AzureError({ code: 'BadResponse', message: NOT_UNDERSTOOD, method: 'GET', url }, { cause: error });
  if (!isRestError(error)) return error;
  const { statusCode: status, code, response } = error;
  const requestId = response?.headers.get('x-ms-request-id');
  const message = error.message.split('\n', 1)[0] ?? '';
  if (status === undefined) return new AzureError({ code: 'Network', message, method: 'GET', url }, { cause: error });
  return new AzureError(
    { code: code ?? `Http${status}`, message, method: 'GET', url, status, requestId },
    { cause: error },
  );
}
