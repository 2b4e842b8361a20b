import type { ScheduleReport } from '../../reconcilers/evaluation-schedule/history.ts';
import { count, styled, type Line } from '../text.ts';
import { withBounds } from './evaluation-report.ts';
import { code } from './markdown.ts';
import { tableLines, tableMarkdown } from './table.ts';

/** What the table is about. */
export function scheduleText({ runs }: ScheduleReport): string {
  return runs.length === 0
    ? 'no run yet'
    : `${count(runs.length, 'run')}, the newest first; pass rates with 95 % exact intervals`;
}

/** What a reader has to know besides the table. */
export function scheduleRemarks({ missed }: ScheduleReport): string[] {
  return missed.map(({ at, reason }) => `${at}: no run was started${reason === '' ? '' : `: ${reason}`}`);
}

/** Names of all metrics of the runs. */
export function metricsOf({ runs }: ScheduleReport): string[] {
  return [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)))];
}

/** Rows of the table, with its head first: when, what became of the run, each metric. */
export function scheduleTable(report: ScheduleReport): string[][] {
  const names = metricsOf(report);
  return [
    ['started', 'status', ...names],
    ...report.runs.map(({ at, status, metrics }) => [
      at,
      status.replace('_', ' '),
      ...names.map((name) => withBounds(metrics.find(({ metric }) => metric === name)?.rate)),
    ]),
  ];
}

/** A schedule in the terminal. */
export function scheduleLines(report: ScheduleReport): Line[] {
  return [
    [styled('strong', report.schedule), `  ${scheduleText(report)}`],
    ...(report.runs.length === 0 ? [] : tableLines(scheduleTable(report))),
    ...scheduleRemarks(report).map((text): Line => ['  ', styled('warning', text)]),
    [],
  ];
}

/** The same for a pull request. */
export function scheduleMarkdown(report: ScheduleReport): string {
  return [
    `### ${code(report.schedule)}`,
    '',
    code(scheduleText(report)),
    '',
    ...(report.runs.length === 0 ? [] : [...tableMarkdown(scheduleTable(report)), '']),
    ...scheduleRemarks(report).map((text) => `- ${code(text)}`),
    '',
  ].join('\n');
}
