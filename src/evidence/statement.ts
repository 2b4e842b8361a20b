import { isArray, isObject, member, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { Subject } from '../model/promotion/contents.ts';

/** https://in-toto.io/Statement/v1 with https://in-toto.io/attestation/test-result/v0.1, and facts of our own in it. */
export interface Statement {
  readonly _type: typeof STATEMENT;
  readonly subject: readonly Subject[];
  readonly predicateType: typeof PREDICATE;
  readonly predicate: Predicate;
}

export interface Predicate {
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  /** Gate and dataset that were used. */
  readonly configuration: readonly Subject[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  readonly ingate: Facts;
}

/** One measured number of a check. */
export interface Estimate {
  readonly metric: string;
  readonly check: string;
  readonly verdict: string;
  readonly blocking: boolean;
  readonly candidate: number | null;
  readonly baseline: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** The limit, and whether the estimate alone had to reach it. Absent in evidence of earlier versions. */
  readonly limit?: number;
  readonly by?: 'interval' | 'point';
  readonly items: number;
}

/** Facts that verification checks besides the subjects. Digests are sha256 in hexadecimal, times ISO 8601. */
export interface Facts {
  readonly gate: string;
  readonly environment: string;
  /** Resource id of the resource group, so that no other environment of the same name can stand in. */
  readonly group: string;
  readonly verdict: string;
  readonly gateSha256: string;
  readonly datasetSha256: string;
  /** Digest of what was evaluated, and of what it was compared with. */
  readonly candidate: string;
  readonly baseline: string | null;
  readonly judge: { readonly model: string; readonly version: string } | null;
  readonly items: number;
  readonly estimates: readonly Estimate[];
  readonly started: string;
  readonly finished: string;
  /** sha256 of the file with the results, byte by byte. */
  readonly resultsSha256: string;
  /** `ingate/0.1.0`. */
  readonly tool: string;
}

const STATEMENT = 'https://in-toto.io/Statement/v1';
const PREDICATE = 'https://in-toto.io/attestation/test-result/v0.1';

/** The statement about one gate. */
export function gateStatement(subject: readonly Subject[], facts: Facts): Statement {
  const names = (wanted: (one: Estimate) => boolean): string[] =>
    facts.estimates.filter(wanted).map(({ metric, check }) => `${metric} ${check}`);
  return {
    _type: STATEMENT,
    subject,
    predicateType: PREDICATE,
    predicate: {
      result: facts.verdict === 'pass' ? 'PASSED' : 'FAILED',
      configuration: [
        { name: facts.gate, digest: { sha256: facts.gateSha256 } },
        { name: 'dataset', digest: { sha256: facts.datasetSha256 } },
      ],
      passedTests: names(({ verdict }) => verdict === 'pass'),
      warnedTests: names(({ verdict, blocking }) => verdict !== 'pass' && !blocking),
      failedTests: names(({ verdict, blocking }) => verdict !== 'pass' && blocking),
      ingate: facts,
    },
  };
}

export function encodeStatement(statement: Statement): Buffer {
  return Buffer.from(JSON.stringify(statement), 'utf8');
}

const TEXTS = [
  'gate',
  'environment',
  'group',
  'verdict',
  'gateSha256',
  'datasetSha256',
  'candidate',
  'started',
  'finished',
  'resultsSha256',
  'tool',
] as const;

/** The statement that bytes hold, with every member that verification reads checked to be there. */
export function parseStatement(payload: Uint8Array): Statement | undefined {
  const value = parsed(payload);
  const predicate = member(value, 'predicate');
  const facts = member(predicate, 'ingate');
  const subject = member(value, 'subject');
  const isKnown = textOf(value, '_type') === STATEMENT && textOf(value, 'predicateType') === PREDICATE;
  if (!isKnown || !isArray(subject) || !subject.every(isSubject) || !isObject(facts)) return undefined;
  const estimates = member(facts, 'estimates');
  if (TEXTS.some((name) => textOf(facts, name) === '') || !isArray(estimates) || !estimates.every(isEstimate))
    return undefined;
  if (['started', 'finished'].some((name) => Number.isNaN(Date.parse(textOf(facts, name))))) return undefined;
  return value as unknown as Statement;
}

function isSubject(value: Json): boolean {
  return textOf(value, 'name') !== '' && /^[0-9a-f]{64}$/.test(textOf(member(value, 'digest'), 'sha256'));
}

function isEstimate(value: Json): boolean {
  return textOf(value, 'metric') !== '' && textOf(value, 'check') !== '' && textOf(value, 'verdict') !== '';
}

function parsed(payload: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
