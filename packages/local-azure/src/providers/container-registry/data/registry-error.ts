import { json, type Reply } from '../../../http/reply.ts';

/** A refusal in the terms of the distribution API (OCI distribution specification, error codes). */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'RegistryError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function registryErrorReply({ status, code, message, headers }: RegistryError): Reply {
  return json(status, { errors: [{ code, message, detail: null }] }, headers);
}
