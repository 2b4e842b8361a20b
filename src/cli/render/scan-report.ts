import type { AttackCount, ScanReport } from '../../reconcilers/shared/red-team/report.ts';
import { count, styled, type Line } from '../text.ts';
import { shown, withBounds } from './evaluation-report.ts';
import { code } from './markdown.ts';
import { tableLines, tableMarkdown } from './table.ts';

/** What a scan is about. */
export function scanText({ target, total, confidence, at }: ScanReport): string {
  return `${target}: ${total.succeeded} of ${count(total.attacks, 'attack')} succeeded, ${shown(confidence * 100)} % exact intervals, ${at}`;
}

/** What a reader has to know before trusting the table. */
export function scanRemarks({ current, unanswered, ungraded, categories }: ScanReport): string[] {
  const untested = categories.filter(({ attacks }) => attacks === 0).map(({ name }) => name);
  return [
    ...(current ? [] : ['What is declared now was not scanned yet; this is the scan before.']),
    ...(unanswered > 0 ? [`${count(unanswered, 'attack')} got no answer and are not counted`] : []),
    ...(ungraded > 0 ? [`${count(ungraded, 'attack')} got no grade and are not counted`] : []),
    ...(untested.length > 0 ? [`Not tested: no grade of ${untested.join(', ')}`] : []),
  ];
}

/** Rows of the table, with its head first: what, name, attacks, successes, attack success rate. */
export function scanTable({ total, categories, strategies }: ScanReport): string[][] {
  const row = (what: string, { name, attacks, succeeded, rate }: AttackCount): string[] => [
    what,
    name,
    String(attacks),
    String(succeeded),
    withBounds(rate),
  ];
  return [
    ['by', 'name', 'attacks', 'succeeded', 'attack success rate'],
    row('total', total),
    ...categories.map((one) => row('category', one)),
    ...strategies.map((one) => row('strategy', one)),
  ];
}

/** A scan in the terminal. */
export function scanLines(report: ScanReport): Line[] {
  return [
    [styled('strong', report.scan), `  ${scanText(report)}`],
    ...tableLines(scanTable(report)),
    ...scanRemarks(report).map((text): Line => ['  ', styled('warning', text)]),
    [],
  ];
}

/** The same for a pull request. It holds names and numbers, no attack and no answer. */
export function scanMarkdown(report: ScanReport): string {
  return [
    `### ${code(report.scan)}`,
    '',
    code(scanText(report)),
    '',
    ...tableMarkdown(scanTable(report)),
    '',
    ...scanRemarks(report).map((text) => `- ${code(text)}`),
    '',
  ].join('\n');
}
