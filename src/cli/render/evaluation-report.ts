import type { Estimate } from '../../reconcilers/shared/eval-intervals.ts';
import type { EvaluationReport } from '../../reconcilers/evaluation/report.ts';
import type { CandidateResult, MetricResult } from '../../reconcilers/evaluation/results.ts';
import { count, styled, type Line } from '../text.ts';
import { code } from './markdown.ts';
import { tableLines, tableMarkdown } from './table.ts';

/** A number as people read it. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `0.92 [0.83, 0.97]`; a dash where nothing was graded. */
export function withBounds(estimate: Estimate | undefined): string {
  if (!estimate) return '–';
  const { value, lower, upper } = estimate;
  return lower === undefined || upper === undefined
    ? shown(value)
    : `${shown(value)} [${shown(lower)}, ${shown(upper)}]`;
}

/** What the items show of a candidate against the first one, in the metric that decides. */
function standing(candidate: CandidateResult, rankedBy: string): string {
  if (candidate.standing === 'best') return 'first';
  const { difference } = candidate.metrics.find(({ metric }) => metric === rankedBy) ?? {};
  const text = candidate.standing === 'worse' ? 'worse' : 'not shown to differ';
  return difference ? `${text}: ${withBounds(difference)}` : text;
}

/** What the table is about. */
export function aboutText({ items, repeats, confidence, rankedBy, at }: EvaluationReport): string {
  const answers = repeats > 1 ? `, ${repeats} answers each` : '';
  return `${count(items, 'item')}${answers}, ranked by ${rankedBy}, ${shown(confidence * 100)} % intervals, ${at}`;
}

/** What a reader has to know before trusting the table. */
export function remarks({ current, candidates }: EvaluationReport): string[] {
  const ungraded = (one: CandidateResult): string[] =>
    one.metrics
      .filter((metric) => metric.ungraded > 0)
      .map((metric) => `${one.name}: ${count(metric.ungraded, 'item')} without a grade of ${metric.metric}`);
  return [
    ...(current ? [] : ['What is declared now was not evaluated yet; these are the results before.']),
    ...candidates
      .filter(({ unanswered }) => unanswered > 0)
      .map(({ name, unanswered }) => `${name}: ${count(unanswered, 'item')} without an answer, counted as failed`),
    ...candidates.flatMap(ungraded),
  ];
}

/** Rows of the table, with its head first: rank, candidate, each metric, tokens per answer, against the first. */
export function tableOf({ candidates, rankedBy }: EvaluationReport): string[][] {
  const metrics = candidates[0]?.metrics ?? [];
  return [
    ['#', 'candidate', ...metrics.map(heading), 'tokens', 'against the first'],
    ...candidates.map((one) => [
      String(one.rank),
      one.name,
      ...one.metrics.map(({ estimate }) => withBounds(estimate)),
      one.tokens === undefined ? '–' : shown(one.tokens),
      standing(one, rankedBy),
    ]),
  ];
}

function heading({ metric, data, direction }: MetricResult): string {
  if (data === 'passFail') return `${metric} (rate)`;
  return `${metric} (mean${direction === 'decrease' ? ', less is better' : ''})`;
}

/** An evaluation in the terminal. */
export function evaluationLines(report: EvaluationReport): Line[] {
  return [
    [styled('strong', report.evaluation), `  ${aboutText(report)}`],
    ...tableLines(tableOf(report)),
    ...remarks(report).map((text): Line => ['  ', styled('warning', text)]),
    [],
  ];
}

/** The same for a pull request. It holds names and numbers, no answer of a model. */
export function evaluationMarkdown(report: EvaluationReport): string {
  return [
    `### ${code(report.evaluation)}`,
    '',
    code(aboutText(report)),
    '',
    ...tableMarkdown(tableOf(report)),
    '',
    ...remarks(report).map((text) => `- ${code(text)}`),
    '',
  ].join('\n');
}
