import { defined, type Json, type JsonObject } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';

export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** A refusal in ARM's terms. `gateway`: ARM itself refused, the resource provider was not asked. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly details: readonly ErrorDetail[];
  readonly gateway: boolean;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, extra: ErrorExtra = {}) {
    super(message);
    this.name = 'ArmError';
    this.status = status;
    this.code = code;
    this.target = extra.target;
    this.details = extra.details ?? [];
    this.gateway = extra.gateway ?? false;
    this.headers = extra.headers ?? {};
  }
}

export interface ErrorExtra {
  readonly target?: string;
  readonly details?: readonly ErrorDetail[];
  readonly gateway?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a provider writes its errors: in `{error}`, as `{code,message}`, or as `{Code,Message}`. */
export type ErrorDialect = 'error' | 'bare' | 'pascal';

export function gatewayError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ArmError {
  return new ArmError(status, code, message, { gateway: true, headers });
}

/** ARM's own errors always use the `error` envelope, whatever the dialect of the provider. */
export function errorReply(error: ArmError, dialect: ErrorDialect = 'error'): Reply {
  const headers = error.gateway ? { ...error.headers, 'x-ms-failure-cause': 'gateway' } : error.headers;
  return json(error.status, errorBody(error, error.gateway ? 'error' : dialect), headers);
}

function errorBody({ code, message, target, details }: ArmError, dialect: ErrorDialect): Json {
  if (dialect === 'pascal')
    return { Code: code, Message: message, Target: target ?? null, Details: null, Innererror: null };
  const content: JsonObject = defined({
    code,
    message,
    target,
    details: details.length === 0 ? undefined : details.map((detail) => defined({ ...detail })),
  });
  return dialect === 'bare' ? content : { error: content };
}
