import { isObject, type Json, type JsonObject } from '../../model/json.ts';

const MOST_RECORDS = 8;

/** What is kept of results: in the metadata of an evaluation, by what they are about. */
export interface Kept {
  /** ISO 8601. */
  readonly at: string;
}

/** How records of one kind are written: at most 512 characters, `at` left out. */
export interface RecordFormat<Record extends Kept> {
  readonly prefix: string;
  readonly encode: (record: Record) => string;
  /** Undefined for what no record of this kind is. */
  readonly decode: (text: string, at: string) => Record | undefined;
}

/** Reads and writes records of one kind. */
export interface Records<Record extends Kept> {
  /** The record with this key (a hex digest), if there is one. */
  find(metadata: Json | undefined, key: string): Record | undefined;
  /** The record that was made last. */
  newest(metadata: Json | undefined): Record | undefined;
  /** The metadata with one more record; the oldest goes when there are too many. */
  add(metadata: Json | undefined, key: string, record: Record): JsonObject;
}

export function recordsOf<Record extends Kept>({ prefix, encode, decode }: RecordFormat<Record>): Records<Record> {
  const keyName = (key: string): string => `${prefix}${key.slice(0, 32)}`;
  const textOf = (record: Record): string => `${record.at}|${encode(record)}`;
  const parsed = (text: string): Record | undefined => {
    const [at = ''] = text.split('|', 1);
    return Number.isNaN(Date.parse(at)) ? undefined : decode(text.slice(at.length + 1), at);
  };
  const all = (metadata: Json | undefined): (readonly [string, Record])[] =>
    Object.entries(isObject(metadata) ? metadata : {})
      .flatMap(([name, text]) => {
        const record = name.startsWith(prefix) && typeof text === 'string' ? parsed(text) : undefined;
        return record ? [[name, record] as const] : [];
      })
      .toSorted(([, a], [, b]) => b.at.localeCompare(a.at));
  return {
    find: (metadata, key) => all(metadata).find(([name]) => name === keyName(key))?.[1],
    newest: (metadata) => all(metadata)[0]?.[1],
    add(metadata, key, record) {
      const kept = all(metadata).filter(([name]) => name !== keyName(key));
      const others = Object.entries(isObject(metadata) ? metadata : {}).filter(([name]) => !name.startsWith(prefix));
      return {
        ...Object.fromEntries(others),
        ...Object.fromEntries(kept.slice(0, MOST_RECORDS - 1).map(([name, one]) => [name, textOf(one)])),
        [keyName(key)]: textOf(record),
      };
    },
  };
}

/** When results stop to count, in milliseconds since 1970; undefined: never. */
export function expiryOf({ at }: Kept, days: number | undefined): number | undefined {
  return days === undefined ? undefined : Date.parse(at) + days * 86_400_000;
}

/** Runs that were made before do not count any more, in milliseconds since 1970. */
export function oldestThatCounts(days: number | undefined, now: number): number {
  return days === undefined ? 0 : now - days * 86_400_000;
}
