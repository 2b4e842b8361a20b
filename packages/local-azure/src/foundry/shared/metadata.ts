import type { JsonObject } from '../../engine/json.ts';
import { invalid } from './foundry-error.ts';

const MOST_PAIRS = 16;
const LONGEST_KEY = 64;
const LONGEST_VALUE = 512;

/** 16 pairs, names of 64 and values of 512 characters; 400 otherwise. */
export function requireMetadata(metadata: JsonObject, name = 'metadata'): void {
  const pairs = Object.entries(metadata);
  if (pairs.length > MOST_PAIRS)
    throw invalid(`${name} has ${pairs.length} pairs, at most ${MOST_PAIRS} are possible`, name);
  for (const [key, value] of pairs) {
    if (key.length > LONGEST_KEY)
      throw invalid(`The ${name} key '${key}' is longer than ${LONGEST_KEY} characters`, name);
    if (typeof value === 'string' && value.length > LONGEST_VALUE)
      throw invalid(`The ${name} value of '${key}' is longer than ${LONGEST_VALUE} characters`, `${name}.${key}`);
  }
}
