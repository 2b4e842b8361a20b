import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { problem, ProblemError } from '../model/diagnostic.ts';
import { member, textAt, textOf, type JsonObject } from '../model/json.ts';
import type { Connection } from './connect.ts';

/** Key Vault keys, api-version 7.4: `GET {key}` and `POST {key}/sign` with alg ES256 and a digest. */
const VAULT_API_VERSION = '7.4';

/** A P-256 key of a Key Vault. The private key never leaves it. */
export interface VaultKey {
  readonly publicKey: KeyObject;
  /** Resolves to the signature as two numbers one after the other. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** `https://vault.vault.azure.net/keys/name`, with or without a version. */
export async function vaultKey({ azure, vaultSuffix }: Connection, url: string): Promise<VaultKey> {
  const { host, pathname } = parseUrl(url);
  if (!host.endsWith(vaultSuffix) || !/^\/keys\/[0-9A-Za-z-]{1,127}(\/[0-9a-f]{32})?$/.test(pathname))
    throw refusal(`The key must be https://NAME${vaultSuffix}/keys/KEY`);
  const key = await azure.get({ path: `https://${host}${pathname}`, apiVersion: VAULT_API_VERSION });
  const jwk = member(key, 'key');
  const version = textAt(key, '/key/kid').split('/').at(-1) ?? '';
  if (key === undefined || textOf(jwk, 'crv') !== 'P-256' || version === '')
    throw refusal(`The Key Vault has no P-256 key ${pathname}`);
  const [, , name = ''] = pathname.split('/');
  const address = { path: `https://${host}/keys/${name}/${version}/sign`, apiVersion: VAULT_API_VERSION };
  return {
    publicKey: createPublicKey({ key: publicPart(jwk as JsonObject), format: 'jwk' }),
    async sign(bytes) {
      const body = { alg: 'ES256', value: createHash('sha256').update(bytes).digest('base64url') };
      const reply = await azure.post(address, body, { repeatable: true });
      return Buffer.from(textOf(reply.body, 'value'), 'base64url');
    },
  };
}

function publicPart(jwk: JsonObject) {
  return { kty: 'EC', crv: 'P-256', x: textOf(jwk, 'x'), y: textOf(jwk, 'y') };
}

function parseUrl(url: string): Pick<URL, 'host' | 'pathname'> {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' ? parsed : { host: '', pathname: '' };
}

function refusal(message: string): ProblemError {
  return new ProblemError(problem('ING8212', message));
}
