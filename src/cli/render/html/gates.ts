import { checkName, limitText, shown as number, type GateReport } from '../../../gates/report/document.ts';
import type { Distribution } from '../../../gates/report/distributions.ts';
import { digestTexts, usageTexts } from '../../../gates/report/usage.ts';
import type { Check } from '../../../gates/verdict/types.ts';
import { TOOL } from '../../version.ts';
import { foundryTexts } from '../gate-report.ts';
import { anchor, html } from './escape.ts';
import { intervalPlot, PLOT_STYLE } from './intervals.ts';
import { listOf, tableOf } from './parts.ts';
import { pageOf } from './shell.ts';

const STYLE = `${PLOT_STYLE}
.pass { border-left-color: var(--add); } .fail, .error { border-left-color: var(--remove); } .inconclusive { border-left-color: var(--change); } .card h3 { margin-top: 1rem; }
.bars rect { fill: var(--run); } .bars rect.base { fill: var(--dim); } .bars text { fill: var(--fg); font: 12px system-ui, sans-serif; }
`;

/** Evaluation gates as one page: checks with their intervals and limits, distributions, slices and flips. No model's answer. */
export function gatesPage(environment: string, reports: readonly GateReport[]): string {
  return pageOf({
    title: `ingate gates: ${environment}`,
    skipTo: { anchor: 'gates', text: 'Skip to the gates' },
    header:
      '<p class="dim">Only a pass lets through. Where evidence is by interval, the whole interval has to be on the right side of the limit; where it is by point, the estimate has to be.</p>',
    main: `<div id="gates">${reports.map(section).join('\n')}</div>`,
    tool: TOOL,
    style: STYLE,
  });
}

function section(report: GateReport): string {
  const { gate, verdict, candidate, baseline, items } = report;
  const id = anchor(gate);
  const against = baseline ? ` against ${baseline.label}` : '';
  return `<section class="card ${verdict}" aria-labelledby="${id}">
<h2 id="${id}">${html(gate)}: ${html(verdict)}</h2>
<p>${html(`${candidate.label}${against}, ${items} items`)}</p>
${listOf([...report.problems, ...unscored(report)])}${checks(report.checks)}
${report.checks.map(picture).join('\n')}
${distributions(report)}${slices(report)}${flips(report)}${listOf([...foundryTexts(report), ...usageTexts(report), ...digestTexts(report)])}
<p class="dim">Evaluation ${html(report.evaluation)} in Foundry.</p>
</section>`;
}

function unscored({ unscored: all }: GateReport): string[] {
  return all.flatMap(({ metric, items }) =>
    items.length === 0 ? [] : [`${metric}: ${items.length} items have no grade: ${items.slice(0, 20).join(', ')}`],
  );
}

function checks(all: readonly Check[]): string {
  const rows = all.map((check) => [
    `${checkName(check)}${check.tier === 'advisory' ? ' (advisory)' : ''}`,
    check.verdict,
    number(check.baseline),
    number(check.candidate),
    `${number(check.estimate)} [${number(check.lower)}, ${number(check.upper)}]`,
    limitText(check),
    String(check.n),
    check.reason,
  ]);
  return tableOf([['check', 'verdict', 'baseline', 'candidate', 'estimate', 'limit', 'n', 'reason'], ...rows]);
}

/** The interval of a check, with its limit as a line. */
function picture(check: Check): string {
  const { kind, estimate, lower, upper, limit, range: possible } = check;
  if (estimate === undefined) return '';
  const bounds = {
    value: estimate,
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  };
  const rows = [{ name: kind === 'regression' ? 'difference' : 'estimate', estimate: bounds }];
  const isShare = possible?.[0] === 0 && possible[1] === 1;
  const open = [...(lower === undefined ? ['lower'] : []), ...(upper === undefined ? ['upper'] : [])];
  const note = open.length === 0 ? '' : `<p class="dim">no ${open.join(' and no ')} bound</p>`;
  return `<h3>${html(checkName(check))}, limit ${html(limitText(check))}</h3>${intervalPlot(rows, { range: isShare ? possible : undefined, possible, limit })}${note}`;
}

const BAR = 26;
const HEIGHT = 70;

function distributions({ distributions: all = [] }: GateReport): string {
  return all.map((one) => `<h3>${html(`${one.metric}, ${one.arm}`)}</h3>${bars(one)}${barTable(one)}`).join('\n');
}

/** Hidden from screen readers; the table says the same. */
function bars({ arm, from, to, counts }: Distribution): string {
  const most = Math.max(1, ...counts);
  const width = counts.length * BAR + 60;
  const drawn = counts.map((count, index) => {
    const height = (count / most) * HEIGHT;
    const x = 30 + index * BAR;
    return `<rect class="${arm === 'baseline' ? 'base' : 'cand'}" x="${x}" y="${(HEIGHT - height + 14).toFixed(1)}" width="${BAR - 3}" height="${height.toFixed(1)}"/><text x="${x + BAR / 2}" y="${(HEIGHT - height + 10).toFixed(1)}" text-anchor="middle">${count === 0 ? '' : count}</text>`;
  });
  const ends = `<text x="30" y="${HEIGHT + 30}">${html(number(from))}</text><text x="${width - 30}" y="${HEIGHT + 30}" text-anchor="end">${html(number(to))}</text>`;
  return `<div class="plot bars"><svg aria-hidden="true" width="${width}" height="${HEIGHT + 36}" viewBox="0 0 ${width} ${HEIGHT + 36}">${drawn.join('')}${ends}</svg></div>`;
}

function barTable({ from, to, counts }: Distribution): string {
  const step = (to - from) / counts.length;
  const rows = counts.flatMap((count, index) =>
    count === 0 ? [] : [[`${number(from + step * index)} to ${number(from + step * (index + 1))}`, String(count)]],
  );
  return `<details><summary>the same as numbers</summary>${tableOf([['score', 'items'], ...rows])}</details>`;
}

function slices({ slices: all }: GateReport): string {
  if (all.length === 0) return '';
  const rows = all.map(({ metric, slice, value, n, baseline, candidate }) => [
    `${slice}=${value}`,
    metric,
    String(n),
    number(baseline),
    number(candidate),
  ]);
  return `<h3>Slices</h3>${tableOf([['slice', 'metric', 'n', 'baseline', 'candidate'], ...rows])}`;
}

function flips({ flips: all }: GateReport): string {
  if (all.length === 0) return '';
  const rows = all.map(({ item, metric, to }) => [
    item,
    metric,
    to === 'fail' ? 'passed before, fails now' : 'failed before, passes now',
  ]);
  return `<h3>Items that flipped</h3>${tableOf([['item', 'metric', 'how'], ...rows])}`;
}
