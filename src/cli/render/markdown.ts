import type { Plan } from '../../model/plan.ts';
import { harmless, printLine } from '../text.ts';
import { planLines } from './plan-text.ts';
import { countChanges, deletedOutside, driftedFields } from './summary.ts';

/** A plan as Markdown: the verdict, what destroys first, and all details in a fence that no value can end. */
export function planMarkdown(plan: Plan): string {
  const counts = countChanges(plan);
  const drift = driftedFields(plan) + deletedOutside(plan);
  const destructive = plan.changes.filter((change) => change.action === 'delete' || change.action === 'replace');
  const caution =
    destructive.length === 0
      ? []
      : [
          '> [!CAUTION]',
          ...destructive.map(
            (change) => `> ${code(change.id)} is ${change.action === 'delete' ? 'deleted' : 'replaced'}`,
          ),
          '',
        ];
  const refusals =
    plan.refusals.length === 0
      ? []
      : [
          '> [!WARNING]',
          '> This plan must not be applied:',
          ...plan.refusals.map((one) => `> ${one.code} ${code(one.message)}`),
          '',
        ];
  const details = planLines(plan).map((line) => symbolFirst(printLine(line, false)));
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

/** GitHub colours a diff by the first character of each line; changes are `!` there. */
function symbolFirst(line: string): string {
  const match = /^(\s*)(-\/\+|[+~>-])( .*)$/.exec(line);
  if (!match) return line.startsWith('+') || line.startsWith('-') ? ` ${line}` : line;
  const [, indent = '', symbol = '', rest = ''] = match;
  return `${symbol.replace('~', '!')}${indent}${rest}`;
}
