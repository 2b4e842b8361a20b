import type { Verified } from '../../evidence/verify.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { equal, isArray, isObject } from '../../model/json.ts';
import { durationText } from '../../model/promotion/duration.ts';
import type { Approval, Release, ReleaseContents } from '../../model/promotion/types.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { printLine } from '../text.ts';
import { code, fenced } from './markdown.ts';
import { textDiff } from './text-diff.ts';

/** What the text of a pull request says. */
export interface PromotionText {
  readonly release: Release;
  readonly environment: string;
  readonly from: string | undefined;
  /** What the environment has now. */
  readonly before: { readonly id: string; readonly contents: ReleaseContents };
  readonly since: Date | undefined;
  readonly verified: readonly Verified[];
  readonly approvals: readonly Approval[];
  readonly rollback: boolean;
  readonly now: Date;
}

/** The text of a promotion's pull request: what changes, why it may, and how to go back. Holds no answer of a model. */
export function promotionMarkdown(one: PromotionText): string {
  const { release, environment, from, before, rollback } = one;
  const way = rollback ? `goes back in ${code(environment)}` : `from ${code(from ?? '')} to ${code(environment)}`;
  return [
    `## ${code(`${release.name} ${release.id}`)} ${way}`,
    '',
    rollback
      ? `${code(environment)} had this release before. It is held afterwards: ${code('ingate promote --release-hold')} lets others in again.`
      : `${code(from ?? '')} has it as Git declares it${one.since ? ` since ${code(one.since.toISOString())}` : ''}.`,
    '',
    ...differences(before.contents, release.contents, before.id),
    ...(rollback ? [] : evidenceTable(one)),
    ...approvalList(one.approvals),
    '### Way back',
    '',
    ...(before.id === 'source'
      ? ['Revert this change; the files of the environment count again.']
      : [fenced([`ingate promote --release ${release.name} --to ${environment} --id ${before.id} --rollback`], 'sh')]),
  ].join('\n');
}

function differences(before: ReleaseContents, after: ReleaseContents, id: string): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted() as ResourceId[];
  const changed = names.filter((name) => !equal(before[name], after[name]));
  const same = names.filter((name) => !changed.includes(name));
  return [
    `### Contents, against ${code(id)}`,
    '',
    ...changed.flatMap((name) => [
      code(name),
      '',
      fenced(
        textDiff(linesOf(before[name]), linesOf(after[name]), '').map((line) => printLine(line, false)),
        'diff',
      ),
      '',
    ]),
    ...(same.length > 0 ? [`Unchanged: ${same.map(code).join(', ')}.`, ''] : []),
  ];
}

/** A value as lines, one per leaf, with long texts line by line. */
function linesOf(value: JsonObject | undefined): string {
  const lines: string[] = [];
  const visit = (inner: Json, path: string): void => {
    if (isArray(inner)) inner.forEach((item, index) => visit(item, `${path}[${index}]`));
    else if (isObject(inner))
      for (const key of Object.keys(inner).toSorted()) visit(inner[key] ?? null, path === '' ? key : `${path}.${key}`);
    else if (typeof inner === 'string' && inner.includes('\n'))
      lines.push(
        `${path}:`,
        ...inner
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`),
      );
    else lines.push(`${path}: ${typeof inner === 'string' ? inner : JSON.stringify(inner)}`);
  };
  if (value !== undefined) visit(value, '');
  return lines.join('\n');
}

function evidenceTable({ verified, now }: PromotionText): string[] {
  if (verified.length === 0) return [];
  const rows = verified.flatMap(({ key, digest, statement }) => {
    const { gate, estimates, items, finished, judge } = statement.predicate.ingate;
    const age = durationText(Math.max(0, now.getTime() - Date.parse(finished)));
    const judged = judge ? code(`${judge.model} ${judge.version}`) : '–';
    return estimates.map(
      ({ metric, check, verdict, blocking, candidate, baseline, lower, upper }) =>
        `| ${code(nameOf(gate as ResourceId))} | ${code(`${metric} ${check}`)} | ${shown(candidate)} | ${shown(baseline)} | ${shown(lower)} to ${shown(upper)} | ${code(String(items))} | ${judged} | ${code(verdict)}${blocking ? '' : ' (advisory)'} | ${age} | ${code(key)} ${code(digest.slice(0, 12))} |`,
    );
  });
  return [
    '### Evidence',
    '',
    '| gate | check | value | baseline | bounds | items | judge | verdict | age | signed by |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function shown(value: number | null): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : '–';
}

function approvalList(approvals: readonly Approval[]): string[] {
  if (approvals.length === 0) return [];
  const rows = approvals.map(({ by, reason, expires, insteadOf }) => {
    const instead = insteadOf.length > 0 ? `, instead of ${insteadOf.join(' and ')}` : '';
    return `- ${code(by)} until ${code(expires)}${instead}: ${code(reason)}`;
  });
  return ['### Approvals', '', ...rows, ''];
}
