import { json, type Reply } from '../../http/reply.ts';

/** A refusal of the Foundry data plane. `param` names the member that is wrong. */
export class FoundryError extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;

  constructor(status: number, code: string, message: string, param?: string) {
    super(message);
    this.name = 'FoundryError';
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

export function foundryErrorReply({ status, code, message, param }: FoundryError): Reply {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return json(status, { error: { code, message, param: param ?? null, type, details: [], additionalInfo: {} } });
}

/** 400 for a value that the service does not take. */
export function invalid(message: string, param: string): FoundryError {
  return new FoundryError(400, 'invalid_request_error', message, param);
}

/** 404; OpenAI-like routes write `not_found`, the others `NotFound`. */
export function missing(what: string, code: 'not_found' | 'NotFound' = 'not_found'): FoundryError {
  return new FoundryError(404, code, `${what} not found`);
}
