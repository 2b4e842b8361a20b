import { defined } from '../../../engine/json.ts';
import { json, type Reply } from '../../../http/reply.ts';

/** A refusal in the terms of a vault's data plane. */
export class VaultError extends Error {
  readonly status: number;
  readonly code: string;
  readonly inner: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { readonly inner?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'VaultError';
    this.status = status;
    this.code = code;
    this.inner = extra.inner;
    this.headers = extra.headers ?? {};
  }
}

export function badParameter(message: string): VaultError {
  return new VaultError(400, 'BadParameter', message);
}

export function vaultErrorReply({ status, code, message, inner, headers }: VaultError): Reply {
  const innererror = inner === undefined ? undefined : { code: inner };
  return json(status, { error: defined({ code, message, innererror }) }, headers);
}
