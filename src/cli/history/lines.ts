import type { Commit } from '../../git/log.ts';
import type { AppliedMark } from '../../model/kind.ts';
import { count, styled, type Line, type Style } from '../text.ts';
import type { RunResult } from './journals.ts';
import type { Timeline, TimelineEntry } from './timeline.ts';

/** Commits of one apply that are shown. */
const SHOWN = 10;

const STYLES: Readonly<Record<RunResult, Style>> = {
  complete: 'add',
  incomplete: 'error',
  interrupted: 'warning',
  unfinished: 'warning',
};

/** What was applied, by whom, and what is not known, for people. */
export function historyLines(name: string, applied: AppliedMark | undefined, timeline: Timeline): Line[] {
  return [
    [styled('title', `Environment ${name}`)],
    ...appliedLines(name, applied),
    ...pendingLines(timeline.pending),
    [],
    [styled('title', 'Applies from here')],
    ...(timeline.entries.length === 0 ? [['  none']] : timeline.entries.flatMap(entryLines)),
    [],
    [styled('title', 'Not known')],
    ...timeline.unknown.map((text): Line => [`  ${text}`]),
  ];
}

function appliedLines(name: string, applied: AppliedMark | undefined): Line[] {
  if (!applied) return [['  The resource group names no commit that was applied.']];
  const other = applied.environment === name ? '' : `, as environment ${applied.environment}`;
  return [
    [
      `  Applied last: commit ${short(applied.commit)} by ingate ${applied.version}${other}, as the resource group says.`,
    ],
  ];
}

function pendingLines(pending: Timeline['pending']): Line[] {
  if (!pending) return [];
  if (pending.length === 0) return [['  Every commit of the environment is applied.']];
  return [[`  Not applied yet: ${count(pending.length, 'commit')}`], ...commitLines(pending)];
}

function entryLines({ run, commits }: TimelineEntry): Line[] {
  const commit =
    run.commit === null ? 'no commit' : `commit ${short(run.commit)}${run.dirty ? ' with uncommitted changes' : ''}`;
  const facts = [commit, run.by === undefined ? 'by somebody' : `by ${run.by}`, `${run.done} done`, run.tool];
  return [
    ['  ', run.time.replace(/\.\d+Z$/, 'Z'), '  ', styled(STYLES[run.result], run.result), `  ${facts.join(', ')}`],
    ...(run.failed.length === 0 ? [] : [[`      failed: ${run.failed.join(', ')}`]]),
    ...(run.run === undefined ? [] : [[styled('dim', `      ${run.run}`)]]),
    ...(run.correlation === undefined ? [] : [[styled('dim', `      correlation id ${run.correlation}`)]]),
    ...commitLines(commits ?? []),
  ];
}

function commitLines(commits: readonly Commit[]): Line[] {
  const lines = commits
    .slice(0, SHOWN)
    .map(({ hash, time, author, subject }): Line => [
      `      ${short(hash)}  ${time.slice(0, 10)}  ${author}: ${subject}`,
    ]);
  return commits.length > SHOWN ? [...lines, [`      and ${commits.length - SHOWN} more`]] : lines;
}

function short(hash: string): string {
  return hash.slice(0, 10);
}
