import { createECDH, randomBytes } from 'node:crypto';

/** A point of the curve P-256, in affine coordinates; undefined is the point at infinity. */
type Point = { readonly x: bigint; readonly y: bigint } | undefined;

const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const BYTES = 32;

/**
 * Signs a digest of 32 bytes (FIPS 186-5, ECDSA on P-256): r and s, 32 bytes each. node:crypto hashes what it signs, which
 * a vault must not: clients send the digest.
 */
export function signDigest(digest: Buffer, privateKey: Buffer): Buffer {
  const secret = toNumber(privateKey);
  const hash = toNumber(digest) % ORDER;
  for (;;) {
    const nonce = toNumber(randomBytes(BYTES)) % ORDER;
    const r = nonce === 0n ? 0n : multiplyBase(nonce).x % ORDER;
    const s = r === 0n ? 0n : modulo(invert(nonce, ORDER) * (hash + r * secret), ORDER);
    if (s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)]);
  }
}

/** True when the signature of the digest was made with the private key of this public one. */
export function verifyDigest(digest: Buffer, signature: Buffer, publicKey: { x: Buffer; y: Buffer }): boolean {
  if (signature.length !== 2 * BYTES) return false;
  const r = toNumber(signature.subarray(0, BYTES));
  const s = toNumber(signature.subarray(BYTES));
  if (r === 0n || r >= ORDER || s === 0n || s >= ORDER) return false;
  const inverse = invert(s, ORDER);
  const base = multiply(generator(), modulo(toNumber(digest) * inverse, ORDER));
  const other = multiply({ x: toNumber(publicKey.x), y: toNumber(publicKey.y) }, modulo(r * inverse, ORDER));
  const sum = add(base, other);
  return sum !== undefined && sum.x % ORDER === r;
}

function generator(): NonNullable<Point> {
  return multiplyBase(1n);
}

function multiplyBase(factor: bigint): NonNullable<Point> {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(toBytes(factor));
  const point = curve.getPublicKey();
  return { x: toNumber(point.subarray(1, 1 + BYTES)), y: toNumber(point.subarray(1 + BYTES)) };
}

function multiply(point: Point, factor: bigint): Point {
  let result: Point;
  let addend = point;
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = add(result, addend);
    addend = add(addend, addend);
  }
  return result;
}

function add(a: Point, b: Point): Point {
  if (!a) return b;
  if (!b) return a;
  if (a.x === b.x && modulo(a.y + b.y, PRIME) === 0n) return undefined;
  const slope =
    a.x === b.x
      ? (3n * a.x * a.x - 3n) * invert(2n * a.y, PRIME)
      : (b.y - a.y) * invert(modulo(b.x - a.x, PRIME), PRIME);
  const x = modulo(slope * slope - a.x - b.x, PRIME);
  return { x, y: modulo(slope * (a.x - x) - a.y, PRIME) };
}

/** By the extended algorithm of Euclid. */
function invert(value: bigint, modulus: bigint): bigint {
  let [low, high] = [modulo(value, modulus), modulus];
  let [first, second] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [first, second] = [second - quotient * first, first];
  }
  return modulo(first, modulus);
}

function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function toNumber(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * BYTES, '0'), 'hex');
}
