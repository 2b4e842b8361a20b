import type { Change, Plan } from '../../model/plan.ts';
import { harmless, printLine, type Line, type Sign } from '../text.ts';
import { planLines } from './plan-text.ts';
import { countChanges, deletedOutside, driftedFields } from './summary.ts';

/** A plan as Markdown: the verdict, what destroys first, and all details in a fence that no value can end. */
export function planMarkdown(plan: Plan): string {
  const counts = countChanges(plan);
  const drift = driftedFields(plan) + deletedOutside(plan);
  const older = plan.warnings.filter((one) => one.code === 'ING3026');
  const cautions = [...older.map((one) => `${one.code} ${code(one.message)}`), ...plan.changes.flatMap(cautionOf)];
  const caution = cautions.length === 0 ? [] : ['> [!CAUTION]', ...cautions.map((line) => `> - ${line}`), ''];
  const refusals =
    plan.refusals.length === 0
      ? []
      : [
          '> [!WARNING]',
          '> This plan must not be applied:',
          '>',
          ...plan.refusals.map((one) => `> - ${one.code} ${code(one.message)}`),
          '',
        ];
  const details = planLines(plan).map(diffLine);
  return [
    `## ingate plan: ${code(plan.environment.name)}`,
    '',
    '| add | change | destroy | run | drift |',
    '|---|---|---|---|---|',
    `| ${counts.add} | ${counts.change} | ${counts.destroy} | ${counts.run} | ${drift} |`,
    '',
    ...caution,
    ...refusals,
    fenced(details, 'diff'),
    '',
    `Plan ${code(plan.digest.slice(0, 16))}, commit ${code(plan.head.commit?.slice(0, 10) ?? 'none')}${plan.head.dirty ? ' with uncommitted changes' : ''}, ${code(plan.tool)}`,
    '',
  ].join('\n');
}

/** Inline code that a value cannot leave, on one line, with mentions and references inert. */
export function code(text: string): string {
  const plain = harmless(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map((match) => match[0].length));
  const ticks = '`'.repeat(longest + 1);
  const space = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return ticks + space + plain + space + ticks;
}

/** A fence longer than any run of backticks in it. */
export function fenced(lines: readonly string[], language: string): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map((match) => match[0].length)));
  const fence = '`'.repeat(longest + 1);
  return [fence + language, ...lines, fence].join('\n');
}

/** What a reviewer must not miss of a change: that it destroys, and its high risks. Empty for others. */
function cautionOf(change: Change): string[] {
  const verb = change.action === 'delete' ? ['is deleted'] : change.action === 'replace' ? ['is replaced'] : [];
  const risks = change.risk.filter(({ level }) => level === 'high').map(({ id, message }) => `${id} ${code(message)}`);
  const reasons = [...verb, ...risks];
  return reasons.length === 0 ? [] : [`${code(change.id)}: ${reasons.join('; ')}`];
}

/** What GitHub colours a line of a diff by. */
const SIGNS: Readonly<Record<Sign, string>> = { '+': '+', '-': '-', '-/+': '-', '~': '!', '>': ' ', '=': ' ' };

/** GitHub colours a diff by the first character of each line, so that is the sign of the line and never of its text. */
function diffLine(line: Line): string {
  const at = line.findIndex((piece) => typeof piece !== 'string' && piece.sign !== undefined);
  const piece = line[at];
  if (piece === undefined || typeof piece === 'string' || piece.sign === undefined) return ` ${printLine(line, false)}`;
  return SIGNS[piece.sign] + printLine(line, false);
}
