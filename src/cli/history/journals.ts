import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { warning, type Diagnostic } from '../../model/diagnostic.ts';
import { isObject, member, textOf, type Json, type JsonObject } from '../../model/json.ts';

/** `unfinished`: the journal has no end, because the process was killed or still runs. */
export type RunResult = 'complete' | 'incomplete' | 'interrupted' | 'unfinished';

/** One apply as its journal tells it. Members are absent where the journal was written before they were. */
export interface AppliedRun {
  /** ISO 8601, when it began. */
  readonly time: string;
  readonly result: RunResult;
  /** Commit whose files were applied; null outside of a repository. */
  readonly commit: string | null;
  /** Files differed from that commit. */
  readonly dirty: boolean;
  /** Digest of the plan. */
  readonly plan: string;
  readonly tool: string;
  readonly by?: string;
  readonly run?: string;
  readonly correlation?: string;
  /** Changes that were made. */
  readonly done: number;
  /** Ids of resources that failed. */
  readonly failed: readonly string[];
}

export interface Journals {
  /** Newest first. */
  readonly runs: readonly AppliedRun[];
  readonly problems: readonly Diagnostic[];
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Reads the newest journals of a folder. A file that is no journal is told and passed over. */
export function readJournals(folder: string, limit: number): Journals {
  const files = journalFiles(folder).slice(0, limit);
  const read = files.map((name) => ({ name, run: readRun(join(folder, name)) }));
  return {
    runs: read.flatMap(({ run }) => run ?? []),
    problems: read.flatMap(({ name, run }) =>
      run ? [] : [warning('ING6302', `${join(folder, name)} is not a journal of an apply`)],
    ),
  };
}

function journalFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ndjson'))
      .toSorted()
      .toReversed();
  } catch {
    return [];
  }
}

function readRun(path: string): AppliedRun | undefined {
  try {
    if (statSync(path).size > MAX_BYTES) return undefined;
    return runOf(parseLines(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A crash may have cut the last line off; what is whole counts. */
function parseLines(text: string): JsonObject[] {
  return text.split('\n').flatMap((line): JsonObject[] => {
    try {
      const value = JSON.parse(line) as Json;
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

/** The run that entries tell of; undefined where they do not begin as a journal does. */
export function runOf(entries: readonly JsonObject[]): AppliedRun | undefined {
  const [begin] = entries;
  if (textOf(begin, 'type') !== 'begin' || Number.isNaN(Date.parse(textOf(begin, 'time')))) return undefined;
  const commit = member(begin, 'commit');
  const by = member(begin, 'by');
  const optional = {
    by: textOf(by, 'name'),
    run: textOf(by, 'run'),
    correlation: textOf(begin, 'correlation'),
  };
  const ids = (type: string): string[] =>
    entries.filter((entry) => textOf(entry, 'type') === type).map((entry) => textOf(entry, 'id'));
  return {
    time: textOf(begin, 'time'),
    result: resultOf(entries.findLast((entry) => textOf(entry, 'type') === 'end')),
    commit: typeof commit === 'string' ? commit : null,
    dirty: member(begin, 'dirty') === true,
    plan: textOf(begin, 'plan'),
    tool: textOf(begin, 'tool'),
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
    done: ids('finished').length,
    failed: ids('failed'),
  };
}

function resultOf(end: JsonObject | undefined): RunResult {
  if (!end) return 'unfinished';
  if (member(end, 'interrupted') === true) return 'interrupted';
  return member(end, 'complete') === true ? 'complete' : 'incomplete';
}
