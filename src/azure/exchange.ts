import { AzureError, type Reply } from '../model/azure.ts';
import { isArray, isObject, member, type Json } from '../model/json.ts';

export type Method = 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

/** One request and what came back, as tests record it and `--debug` shows it. Holds no header that could be secret. */
export interface Exchange {
  readonly method: Method;
  readonly url: string;
  readonly requestBody: Json | undefined;
  readonly status: number | undefined;
  readonly responseBody: Json | undefined;
  readonly requestId: string | undefined;
  readonly milliseconds: number;
}

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Call {
  readonly method: Method;
  readonly url: string;
  readonly correlationId: string;
}

/** Reads an answer. Anything that is neither JSON nor empty, such as a proxy's HTML page, is an error of ours. */
export function parseReply(call: Call, raw: RawReply): Reply {
  const requestId = raw.headers['x-ms-request-id'] ?? raw.headers['x-request-id'];
  const body = raw.text === '' ? undefined : parseJson(raw.text);
  if (body === null && raw.text.trim() !== 'null' && raw.status < 300) {
    const message = `The answer (${raw.headers['content-type'] ?? 'no content type'}) is not JSON`;
    throw new AzureError({ ...call, code: 'BadResponse', message, status: raw.status, requestId });
  }
  return { status: raw.status, headers: raw.headers, body: body ?? undefined, requestId };
}

/** An answer whose body is text of any form. */
export function textReply({ status, headers, text }: RawReply): Reply {
  return { status, headers, body: text, requestId: headers['x-ms-request-id'] ?? headers['x-request-id'] };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** The error that a reply of 400 or above stands for; reads the forms of all providers. Storage has its code in a header. */
export function errorOf(call: Call, reply: Reply): AzureError {
  const { code, message } = errorBody(reply.body) ?? {
    code: reply.headers['x-ms-error-code'] ?? `Http${reply.status}`,
    message: `Azure answered ${reply.status} without saying why`,
  };
  return new AzureError({ ...call, code, message, status: reply.status, requestId: reply.requestId });
}

/** `{error: {code, message, details}}`, `{code, message}` or `{Code, Message}`; undefined when a body is none of these. */
export function errorBody(body: Json | undefined): { code: string; message: string } | undefined {
  const error = member(body, 'error') ?? body;
  if (!isObject(error)) return undefined;
  const code = member(error, 'code') ?? member(error, 'Code');
  const message = member(error, 'message') ?? member(error, 'Message');
  if (typeof code !== 'string' && typeof message !== 'string') return undefined;
  const details = member(error, 'details') ?? member(error, 'Details');
  const inner = isArray(details) ? details.flatMap((one) => errorBody(one)?.message ?? []) : [];
  const main = typeof message === 'string' ? message : '';
  const text = [main, ...inner.filter((one) => !main.includes(one))].filter((one) => one !== '').join(' ');
  return { code: typeof code === 'string' ? code : 'Unknown', message: text };
}
