import { createHash } from 'node:crypto';

/** Namespace of our name-based UUIDs. Changing it would rename everything that is named by one. */
const NAMESPACE = Buffer.from('6f1d9a520c1e5f0e9d576c0f5b0a7a11', 'hex');

/** A version 5 UUID (RFC 9562) over texts, without regard to case: the same texts give the same UUID on every run. */
export function nameBasedUuid(...texts: readonly string[]): string {
  const text = texts.join('|').toLowerCase();
  const hash = createHash('sha1').update(NAMESPACE).update(text).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
