import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { isArray, isObject, textOf } from '../model/json.ts';

/** Type of the payload: an in-toto statement. */
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** DSSE v1: signed bytes that need no canonical form. All values are Base64 but `payloadType` and `keyid`. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Something that signs. `sign` takes the bytes of the pre-authentication encoding. */
export interface Signer {
  /** sha256 of the public key as SPKI in DER, in hexadecimal. */
  readonly keyid: string;
  readonly publicKey: KeyObject;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** The signed bytes: type and payload with their lengths, so that neither can pass for the other (DSSE protocol 1.0). */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, 'utf8'), payload]);
}

export async function signEnvelope(payload: Uint8Array, signer: Signer): Promise<Envelope> {
  const signature = await signer.sign(preAuthenticationEncoding(PAYLOAD_TYPE, payload));
  return {
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: signer.keyid, sig: Buffer.from(signature).toString('base64') }],
  };
}

/** The envelope that a text holds; undefined when it holds something else. */
export function parseEnvelope(text: string): Envelope | undefined {
  const value = parsed(text);
  if (!isObject(value) || textOf(value, 'payloadType') !== PAYLOAD_TYPE || textOf(value, 'payload') === '')
    return undefined;
  const signatures = value['signatures'];
  if (!isArray(signatures)) return undefined;
  return {
    payloadType: PAYLOAD_TYPE,
    payload: textOf(value, 'payload'),
    signatures: signatures.filter(isObject).map((one) => ({ keyid: textOf(one, 'keyid'), sig: textOf(one, 'sig') })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function payloadOf({ payload }: Envelope): Buffer {
  return Buffer.from(payload, 'base64');
}

/** How evidence is named when it is revoked: sha256 of its payload in hexadecimal. */
export function payloadDigest(envelope: Envelope): string {
  return createHash('sha256').update(payloadOf(envelope)).digest('hex');
}

/** sha256 of a public key as SPKI in DER. */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** A public key of a kind that evidence may be signed with; undefined for every other. */
export function readPublicKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    const isCurve = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    return key.asymmetricKeyType === 'ed25519' || isCurve ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether any signature of the envelope is one of this key. The key id that it claims only narrows the search. */
export function isSignedBy(envelope: Envelope, key: KeyObject): boolean {
  const bytes = preAuthenticationEncoding(envelope.payloadType, payloadOf(envelope));
  const id = keyIdOf(key);
  return envelope.signatures
    .filter(({ keyid }) => keyid === '' || keyid === id)
    .some(({ sig }) => isSignature(bytes, Buffer.from(sig, 'base64'), key));
}

/** ed25519, or ES256 with the two numbers one after the other, as Key Vault gives it (RFC 7518, 3.4). */
function isSignature(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  if (signature.length !== 64) return false;
  return key.asymmetricKeyType === 'ed25519'
    ? verify(null, bytes, key, signature)
    : verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
