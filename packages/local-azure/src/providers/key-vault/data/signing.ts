import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  type JsonWebKey,
} from 'node:crypto';
import { signDigest, verifyDigest } from './p256.ts';
import { badParameter, VaultError } from './vault-error.ts';

/** RFC 8017, 9.2: what stands before the digest in a signature by PKCS #1 v1.5. */
const DIGEST_INFO: Readonly<Record<string, { readonly prefix: Buffer; readonly bytes: number }>> = {
  RS256: { prefix: Buffer.from('3031300d060960864801650304020105000420', 'hex'), bytes: 32 },
  RS384: { prefix: Buffer.from('3041300d060960864801650304020205000430', 'hex'), bytes: 48 },
  RS512: { prefix: Buffer.from('3051300d060960864801650304020305000440', 'hex'), bytes: 64 },
};

const NOT_IMITATED: ReadonlySet<string> = new Set(['PS256', 'PS384', 'PS512', 'RSNULL', 'ES384', 'ES512', 'ES256K']);

/** Signs a digest as `alg` says. Throws a VaultError where key and algorithm do not go together. */
export function sign(jwk: JsonWebKey, algorithm: string, digest: Buffer): Buffer {
  requireFit(jwk, algorithm, digest);
  if (algorithm === 'ES256') return signDigest(digest, part(jwk.d));
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encoded(algorithm, digest));
}

export function verify(jwk: JsonWebKey, algorithm: string, digest: Buffer, signature: Buffer): boolean {
  requireFit(jwk, algorithm, digest);
  if (algorithm === 'ES256') return verifyDigest(digest, signature, { x: part(jwk.x), y: part(jwk.y) });
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(encoded(algorithm, digest));
  } catch {
    return false;
  }
}

function encoded(algorithm: string, digest: Buffer): Buffer {
  return Buffer.concat([DIGEST_INFO[algorithm]?.prefix ?? Buffer.alloc(0), digest]);
}

function requireFit({ kty, crv }: JsonWebKey, algorithm: string, digest: Buffer): void {
  if (NOT_IMITATED.has(algorithm))
    throw new VaultError(501, 'NotImplemented', `The embedded Azure does not imitate signatures by ${algorithm}.`);
  const info = DIGEST_INFO[algorithm];
  const fits = info ? kty === 'RSA' : algorithm === 'ES256' && kty === 'EC' && crv === 'P-256';
  if (!fits) throw badParameter(`The key type and the algorithm '${algorithm}' do not go together.`);
  const bytes = info?.bytes ?? 32;
  if (digest.length !== bytes) throw badParameter(`The digest for ${algorithm} must have ${bytes} bytes.`);
}

function part(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url');
}
