import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { collectionOf } from '../engine/documents.ts';
import type { Engine } from '../arm/contract.ts';
import type { JsonObject } from '../engine/json.ts';

interface StoredKey {
  /** PKCS #8, PEM. */
  readonly pem: string;
}

const keys = collectionOf<StoredKey>('signing-keys');

/** The key that signs tokens: made at its first use and kept with the state, so that old tokens stay verifiable. */
function privateKeyOf({ documents }: Engine): KeyObject {
  const found = keys.get(documents, 'rs256');
  if (found) return createPrivateKey(found.pem);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  keys.put(documents, 'rs256', { pem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) });
  return privateKey;
}

/** The public key as RFC 7517 writes it, with the members that Microsoft Entra adds. */
export function publicKey(engine: Engine, issuer: string): JsonObject {
  const { kty, n, e } = createPublicKey(privateKeyOf(engine)).export({ format: 'jwk' });
  const kid = thumbprint(n ?? '', e ?? '');
  return { kty: kty ?? 'RSA', use: 'sig', kid, x5t: kid, n: n ?? '', e: e ?? '', alg: 'RS256', issuer };
}

/** A compact JWS (RFC 7515) over the claims, RS256. */
export function signToken(engine: Engine, claims: JsonObject): string {
  const key = privateKeyOf(engine);
  const { n, e } = createPublicKey(key).export({ format: 'jwk' });
  const kid = thumbprint(n ?? '', e ?? '');
  const signed = `${encode({ typ: 'JWT', alg: 'RS256', x5t: kid, kid })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** RFC 7638. */
function thumbprint(n: string, e: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
}
