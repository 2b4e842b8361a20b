import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { keyIdOf, type Signer } from './dsse.ts';

/**
 * Signs with an ed25519 key in PEM (PKCS #8). Undefined when the text is not such a key; the text is never part of a message.
 */
export function localSigner(pem: string): Signer | undefined {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') return undefined;
    const publicKey = createPublicKey(key);
    return {
      keyid: keyIdOf(publicKey),
      publicKey,
      sign: (bytes) => Promise.resolve(sign(null, bytes, key)),
    };
  } catch {
    return undefined;
  }
}
