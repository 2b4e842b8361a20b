import { isObject, type Json, type JsonObject } from '../../model/json.ts';

const PREFIX = 'ingate.result.';
const MOST_RECORDS = 8;

/** Where the results about one content are: the runs of each candidate. Kept in the metadata of the evaluation. */
export interface ResultRecord {
  /** ISO 8601. */
  readonly at: string;
  readonly items: number;
  readonly repeats: number;
  /** Name of the candidate that came first. */
  readonly best: string;
  /** Keys of the candidates by name. */
  readonly candidates: Readonly<Record<string, string>>;
}

/** The record of the results with this key, if there is one. */
export function recordedResult(metadata: Json | undefined, key: string): ResultRecord | undefined {
  return allRecords(metadata).get(keyName(key));
}

/** The record that was made last. */
export function newestResult(metadata: Json | undefined): ResultRecord | undefined {
  return [...allRecords(metadata).values()].toSorted((a, b) => b.at.localeCompare(a.at))[0];
}

/** The metadata with one more record; the oldest goes when there are too many. */
export function withResult(metadata: Json | undefined, key: string, record: ResultRecord): JsonObject {
  const kept = [...allRecords(metadata)]
    .filter(([name]) => name !== keyName(key))
    .toSorted(([, a], [, b]) => b.at.localeCompare(a.at))
    .slice(0, MOST_RECORDS - 1);
  const others = Object.entries(isObject(metadata) ? metadata : {}).filter(([name]) => !name.startsWith(PREFIX));
  return {
    ...Object.fromEntries(others),
    ...Object.fromEntries(kept.map(([name, one]) => [name, textOf(one)])),
    [keyName(key)]: textOf(record),
  };
}

/** When results stop to count, in milliseconds since 1970; undefined: never. */
export function expiryOf({ at }: ResultRecord, days: number | undefined): number | undefined {
  return days === undefined ? undefined : Date.parse(at) + days * 86_400_000;
}

function keyName(key: string): string {
  return `${PREFIX}${key.slice(0, 32)}`;
}

function allRecords(metadata: Json | undefined): Map<string, ResultRecord> {
  const found = new Map<string, ResultRecord>();
  for (const [name, text] of Object.entries(isObject(metadata) ? metadata : {})) {
    const record = name.startsWith(PREFIX) && typeof text === 'string' ? parsed(text) : undefined;
    if (record) found.set(name, record);
  }
  return found;
}

function textOf({ at, items, repeats, best, candidates }: ResultRecord): string {
  const keys = Object.entries(candidates).map(([name, key]) => `${name}=${key}`);
  return [at, String(items), String(repeats), best, keys.join(' ')].join('|');
}

function parsed(text: string): ResultRecord | undefined {
  const [at = '', items = '', repeats = '', best = '', keys = ''] = text.split('|');
  if (Number.isNaN(Date.parse(at)) || !/^\d+$/.test(items) || !/^\d+$/.test(repeats)) return undefined;
  const candidates = keys.split(' ').map((one) => one.split('='));
  if (candidates.some(({ length }) => length !== 2)) return undefined;
  return {
    at,
    items: Number(items),
    repeats: Number(repeats),
    best,
    candidates: Object.fromEntries(candidates as [string, string][]),
  };
}
