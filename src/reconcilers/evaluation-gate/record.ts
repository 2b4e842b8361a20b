import type { Verdict } from '../../gates/verdict/types.ts';
import { isObject, member, type Json, type JsonObject } from '../../model/json.ts';

/** Metadata of the evaluation of a gate. Foundry takes 16 entries of 512 characters. */
export const METADATA = { id: 'ingate.id', environment: 'ingate.environment', content: 'ingate.content' } as const;

const PREFIX = 'ingate.verdict.';
const MOST_VERDICTS = 10;

/** A verdict about one content, as it is kept beside the evaluation that showed it. */
export interface RecordedVerdict {
  readonly verdict: Exclude<Verdict, 'error'>;
  /** ISO 8601. */
  readonly at: string;
  readonly items: number;
  /** Ids of the runs of the candidate. */
  readonly runs: readonly string[];
  /** What was evaluated, for people. */
  readonly label: string;
}

/** The verdict about the content with this key, if there is one. */
export function recordedVerdict(metadata: Json | undefined, key: string): RecordedVerdict | undefined {
  const text = member(metadata, keyName(key));
  return typeof text === 'string' ? parsed(text) : undefined;
}

/** The metadata with one more verdict; the oldest goes when there are too many. */
export function withVerdict(metadata: Json | undefined, key: string, record: RecordedVerdict): JsonObject {
  const known = isObject(metadata) ? metadata : {};
  const others = Object.entries(known).filter(([name]) => name.startsWith(PREFIX) && name !== keyName(key));
  const kept = new Set(
    others
      .toSorted(([, a], [, b]) => timeOf(b).localeCompare(timeOf(a)))
      .slice(0, MOST_VERDICTS - 1)
      .map(([name]) => name),
  );
  const own = Object.entries(known).filter(([name]) => !name.startsWith(PREFIX) || kept.has(name));
  return { ...Object.fromEntries(own), [keyName(key)]: textOf(record) };
}

/** When a verdict stops to count, in milliseconds. */
export function expiryOf({ at }: RecordedVerdict, days: number): number {
  return Date.parse(at) + days * 86_400_000;
}

function keyName(key: string): string {
  return `${PREFIX}${key.slice(0, 32)}`;
}

function textOf({ verdict, at, items, runs, label }: RecordedVerdict): string {
  return [verdict, at, String(items), runs.slice(0, 4).join(' '), label.replaceAll('|', ' ').slice(0, 120)].join('|');
}

const VERDICTS: readonly RecordedVerdict['verdict'][] = ['pass', 'fail', 'inconclusive'];

function parsed(text: string): RecordedVerdict | undefined {
  const [name, at = '', items = '', runs = '', label = ''] = text.split('|');
  const verdict = VERDICTS.find((one) => one === name);
  if (!verdict || Number.isNaN(Date.parse(at)) || !/^\d+$/.test(items)) return undefined;
  return { verdict, at, items: Number(items), runs: runs.split(' ').filter((run) => run !== ''), label };
}

function timeOf(value: Json): string {
  return typeof value === 'string' ? (parsed(value)?.at ?? '') : '';
}

/** The newest verdict that the metadata of an evaluation keeps, about whatever content. */
export function newestVerdict(metadata: Json | undefined): RecordedVerdict | undefined {
  const records = isObject(metadata) ? Object.entries(metadata) : [];
  return records
    .filter(([name]) => name.startsWith(PREFIX))
    .flatMap(([, value]) => (typeof value === 'string' ? (parsed(value) ?? []) : []))
    .toSorted((a, b) => b.at.localeCompare(a.at))[0];
}
