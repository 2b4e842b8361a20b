import { checkName, limitText, shown, withBounds, worstSlices, type GateReport } from '../../gates/report/document.ts';
import { digestTexts, usageTexts } from '../../gates/report/usage.ts';
import { styled, type Line } from '../text.ts';
import { code } from './markdown.ts';

const MOST_FLIPS = 10;

/** A gate's report in the terminal. */
export function gateLines(report: GateReport): Line[] {
  const { gate, verdict, candidate, baseline, items } = report;
  const style = verdict === 'pass' ? 'add' : verdict === 'fail' ? 'error' : 'warning';
  return [
    [
      styled('strong', gate),
      '  ',
      styled(style, verdict.toUpperCase()),
      `  ${candidate.label}${baseline ? ` against ${baseline.label}` : ''}, ${items} items`,
    ],
    ...report.checks.map((check): Line => {
      const mark =
        check.verdict === 'pass'
          ? styled('add', 'ok')
          : styled(check.verdict === 'fail' ? 'error' : 'warning', check.verdict);
      const tier = check.tier === 'advisory' ? ' (advisory)' : '';
      return [
        '  ',
        mark,
        `  ${checkName(check)}${tier}: ${withBounds(check)}, limit ${limitText(check)}, n ${check.n}; ${check.reason}`,
      ];
    }),
    ...report.problems.map((text): Line => ['  ', styled('error', text)]),
    ...flipLines(report),
    ...[...foundryTexts(report), ...factTexts(report)].map((text): Line => [styled('dim', `  ${text}`)]),
    [],
  ];
}

/** Foundry's own comparison, for whoever knows it from the portal. It decides nothing. */
export function foundryTexts({ foundry }: GateReport): string[] {
  if (!foundry) return [];
  const number = (value: number | null): string => (value === null ? '–' : shown(value));
  return [
    ...(foundry.note === undefined ? [] : [foundry.note]),
    ...foundry.comparisons.map(
      ({ metric, delta, p, effect }) => `Foundry on ${metric}: ${effect}, ${number(delta)} (p ${number(p)})`,
    ),
  ];
}

/** Digits of a digest that tell two apart for people. */
const SHORT = 12;

function factTexts(report: GateReport): string[] {
  return [...usageTexts(report), ...digestTexts(report, SHORT)];
}

function flipLines({ flips }: GateReport): Line[] {
  const worse = flips.filter(({ to }) => to === 'fail').map(({ item }) => item);
  if (worse.length === 0) return [];
  const more = worse.length > MOST_FLIPS ? ` and ${worse.length - MOST_FLIPS} more` : '';
  return [[styled('dim', `  Passed before, fail now: ${worse.slice(0, MOST_FLIPS).join(', ')}${more}`)]];
}

/** The same for a pull request. Items are named by id; no answer of a model is in it. */
export function gateMarkdown(report: GateReport): string {
  const rows = report.checks.map(
    (check) =>
      `| ${code(check.metric)} ${check.kind}${check.slice === undefined ? '' : ` of ${code(check.slice)}`} | ${shown(check.baseline)} | ${shown(check.candidate)} | ${withBounds(check)} | ${limitText(check)} | ${check.n} | ${check.verdict}${check.tier === 'advisory' ? ' (advisory)' : ''} |`,
  );
  const slices = worstSlices(report).map(
    ({ metric, slice, value, n, candidate, baseline }) =>
      `| ${code(metric)} | ${code(`${slice}=${value}`)} | ${n} | ${shown(baseline)} | ${shown(candidate)} |`,
  );
  const worse = [...new Set(report.flips.filter(({ to }) => to === 'fail').map(({ item }) => item))];
  return [
    `### ${code(report.gate)}: ${report.verdict.toUpperCase()}`,
    '',
    `${code(report.candidate.label)}${report.baseline ? ` against ${code(report.baseline.label)}` : ''}, ${report.items} items`,
    '',
    '| check | baseline | candidate | estimate | limit | n | verdict |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    ...(slices.length > 0
      ? ['| metric | slice | n | baseline | candidate |', '|---|---|---|---|---|', ...slices, '']
      : []),
    ...(worse.length > 0
      ? [
          `Passed before, fail now: ${worse.slice(0, MOST_FLIPS).map(code).join(', ')}${worse.length > MOST_FLIPS ? ` and ${worse.length - MOST_FLIPS} more` : ''}`,
          '',
        ]
      : []),
    ...foundryTexts(report).map((text) => `- ${code(text)}`),
    ...report.problems.map((text) => `- ${code(text)}`),
    ...factTexts(report).map((text) => `- ${code(text)}`),
    '',
  ].join('\n');
}
