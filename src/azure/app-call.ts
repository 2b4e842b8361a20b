import { createHttpHeaders, createPipelineRequest, type HttpMethods } from '@azure/core-rest-pipeline';
import { AzureError } from '../model/azure.ts';
import type { ClientOptions } from './connect.ts';

export interface AppRequest {
  readonly method: HttpMethods;
  /** https, of the app or of one of its revisions. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface AppReply {
  readonly status: number;
  readonly contentType: string;
  readonly requestId?: string;
  /** Undefined where the answer is no text; `bytes` says how long it is. */
  readonly text?: string;
  readonly bytes: number;
}

/**
 * Sends one request to a container app, once, and without any token: an app is not Azure. Redirects are not followed.
 * `onText` is told the text as it arrives. Rejects with AzureError where no answer arrived.
 */
export async function callApp(
  { httpClient }: Pick<ClientOptions, 'httpClient'>,
  { method, url, headers, body, timeout }: AppRequest,
  onText?: (piece: string) => void,
): Promise<AppReply> {
  const signal = AbortSignal.timeout(timeout);
  const outgoing = createPipelineRequest({
    url,
    method,
    headers: createHttpHeaders({ ...headers }),
    abortSignal: signal,
    streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
    ...(body === undefined ? {} : { body }),
  });
  try {
    const reply = await httpClient.sendRequest(outgoing);
    const contentType = reply.headers.get('content-type') ?? '';
    const decoder = isText(contentType) ? new TextDecoder() : undefined;
    let text = '';
    let bytes = 0;
    const take = (piece: string): void => {
      text += piece;
      if (piece !== '') onText?.(piece);
    };
    for await (const chunk of reply.readableStreamBody ?? []) {
      const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += part.length;
      if (decoder) take(decoder.decode(part, { stream: true }));
    }
    if (decoder) take(decoder.decode());
    const requestId = reply.headers.get('x-ms-request-id') ?? reply.headers.get('x-request-id');
    return {
      status: reply.status,
      contentType,
      bytes,
      ...(decoder ? { text } : {}),
      ...(requestId === undefined ? {} : { requestId }),
    };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    const message = signal.aborted ? `No whole answer within ${timeout / 1000} seconds` : why;
    throw new AzureError({ code: 'Network', message, method, url }, { cause: error });
  }
}

function isText(contentType: string): boolean {
  return contentType === '' || /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|x-ndjson|yaml))/i.test(contentType);
}
