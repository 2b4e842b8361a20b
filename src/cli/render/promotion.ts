import type { Verified } from '../../evidence/verify.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { equal, isArray, isObject } from '../../model/json.ts';
import { durationText } from '../../model/promotion/duration.ts';
import type { Approval, Release, ReleaseContents } from '../../model/promotion/types.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { printLine } from '../text.ts';
import { composeComment, type Reviewed } from './comment.ts';
import { code, fenced } from './markdown.ts';
import { fileDiff } from './text-diff.ts';
import { isoTime } from '../../model/time.ts';

/** On to the next environment, back to what was there before, or others let in again after that. */
export type Way = 'promotion' | 'rollback' | 'lift';

/** The title of a promotion's pull request and commit. */
export function promotionTitle(way: Way, what: string, environment: string): string {
  if (way === 'lift') return `Lift the hold on ${what} in ${environment}`;
  return way === 'rollback' ? `Roll back to ${what} in ${environment}` : `Promote ${what} to ${environment}`;
}

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
  readonly way: Way;
  readonly now: Date;
  /** The plan of the environment with the release, or why there is none. */
  readonly plan: Reviewed;
  /** Most characters of the text. */
  readonly limit: number;
}

export interface PromotionBody {
  readonly text: string;
  /** Not even what is destroyed fits; the text says so. */
  readonly overflow: boolean;
}

/** Characters that a plan gets at least, whatever else there is to say. */
const PLAN_AT_LEAST = 1500;

/**
 * The text of a promotion's pull request: what changes, why it may, what an apply would do, and how to go back. Holds no answer
 * of a model. Where it is too long, differences are left to the commit, and then what comes last is cut: never what is destroyed.
 */
export function promotionMarkdown(one: PromotionText): PromotionBody {
  const { release, environment, before, way, limit } = one;
  const head = [`## ${code(promotionTitle(way, `${release.name} ${release.id}`, environment))}`, '', reason(one), ''];
  const contents = (isLong: boolean): string[] =>
    way === 'lift' ? [] : differences(before.contents, release.contents, before.id, isLong);
  const reasons = [...evidenceTable(one), ...approvalList(one.approvals)];
  const back = wayBack(one);
  const text = (...parts: readonly (readonly string[])[]): string => parts.flat().join('\n');
  for (const isLong of [true, false]) {
    const rest = text(head, contents(isLong), reasons, back).length;
    const plan = planSection(one.plan, limit - rest - 2);
    const isWhole = !plan.overflow && (plan.isWhole || !isLong);
    if (isWhole) return { text: text(head, contents(isLong), reasons, plan.lines, back), overflow: false };
  }
  const room = Math.max(PLAN_AT_LEAST, limit - text(head, back, contents(false), reasons).length - 2);
  const plan = planSection(
    one.plan,
    Math.max(0, Math.min(limit - text(head, back).length - 200, Math.max(room, limit / 2))),
  );
  return { text: text(head, plan.lines, back, ['', ''], contents(false), reasons), overflow: plan.overflow };
}

/** The plan as comments show it, one level deeper. */
function planSection(plan: Reviewed, budget: number) {
  const { text, withoutDetails, overflow } = composeComment([plan], Math.max(0, budget - 1));
  const lines = [text.replace(/^## /, '### '), ''];
  return { lines, isWhole: withoutDetails.length === 0, overflow };
}

function wayBack({ release, environment, before, way }: PromotionText): string[] {
  const command = `ingate promote --release ${release.name} --to ${environment} --id ${before.id} --rollback`;
  const isFirst = before.id === 'source' || way === 'lift';
  return ['### Way back', '', isFirst ? 'Revert this change.' : fenced([command], 'sh')];
}

function reason({ way, environment, from, since }: PromotionText): string {
  if (way === 'lift') return `${code(environment)} keeps this release, and others may come again.`;
  if (way === 'promotion')
    return `${code(from ?? '')} has it as Git declares it${since ? ` since ${code(isoTime(since.getTime()))}` : ''}.`;
  const lift = code('ingate promote --release-hold');
  return `${code(environment)} had this release before. It is held afterwards: ${lift} lets others in again.`;
}

function differences(before: ReleaseContents, after: ReleaseContents, id: string, isLong: boolean): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted() as ResourceId[];
  const changed = names.filter((name) => !equal(before[name], after[name]));
  const same = names.filter((name) => !changed.includes(name));
  const heading = [`### Contents, against ${code(id)}`, ''];
  const unchanged = same.length > 0 ? [`Unchanged: ${same.map(code).join(', ')}.`, ''] : [];
  if (!isLong && changed.length > 0)
    return [...heading, `Changed, as the commit shows: ${changed.map(code).join(', ')}.`, '', ...unchanged];
  return [
    ...heading,
    ...changed.flatMap((name) => [
      code(name),
      '',
      fenced(
        fileDiff(linesOf(before[name]), linesOf(after[name]), '').map((line) => printLine(line, false)),
        'diff',
      ),
      '',
    ]),
    ...unchanged,
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
      ({ metric, check, verdict, blocking, candidate, baseline, lower, upper, limit, by }) =>
        `| ${code(nameOf(gate as ResourceId))} | ${code(`${metric} ${check}`)} | ${shown(candidate)} | ${shown(baseline)} | ${shown(lower)} to ${shown(upper)} | ${limitOf(limit, by)} | ${code(String(items))} | ${judged} | ${code(verdict)}${blocking ? '' : ' (advisory)'} | ${age} | ${code(key)} ${code(digest.slice(0, 12))} |`,
    );
  });
  return [
    '### Evidence',
    '',
    '| gate | check | value | baseline | bounds | limit | items | judge | verdict | age | signed by |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

/** From a signed file, so nothing of it is printed that is not a number or one of our words. */
function limitOf(limit: unknown, by: unknown): string {
  if (typeof limit !== 'number') return '–';
  return `${shown(limit)} by ${by === 'point' ? 'point' : 'interval'}`;
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
