import { createHash } from 'node:crypto';
import type { EvaluationReport } from '../../../reconcilers/evaluation/report.ts';
import type { ScheduleReport } from '../../../reconcilers/evaluation-schedule/history.ts';
import type { ScanReport } from '../../../reconcilers/red-team-scan/report.ts';
import { TOOL } from '../../version.ts';
import { aboutText, remarks, tableOf } from '../evaluation-report.ts';
import { scanRemarks, scanTable, scanText } from '../scan-report.ts';
import { metricsOf, scheduleRemarks, scheduleTable, scheduleText } from '../schedule-report.ts';
import { anchor, html } from './escape.ts';
import { intervalPlot, PLOT_STYLE } from './intervals.ts';
import { STYLE } from './style.ts';

/** Evaluations as one page that needs no network: everything is in it, and only its own style may take effect. */
export function evaluationPage(
  environment: string,
  {
    evaluations = [],
    schedules = [],
    scans = [],
  }: {
    readonly evaluations?: readonly EvaluationReport[];
    readonly schedules?: readonly ScheduleReport[];
    readonly scans?: readonly ScanReport[];
  },
): string {
  const style = STYLE + PLOT_STYLE;
  const hash = createHash('sha256').update(style).digest('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<title>ingate evaluations: ${html(environment)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#results">Skip to the results</a>
<header>
<h1>ingate evaluations: ${html(environment)}</h1>
<p class="dim">Candidates on the same items, quality over time, and attacks. Nothing waits for these results.</p>
</header>
<main id="results">
${[...evaluations.map(section), ...schedules.map(scheduleSection), ...scans.map(scanSection)].join('\n')}
</main>
<footer class="dim">${html(TOOL)}</footer>
</body>
</html>
`;
}

function section(report: EvaluationReport): string {
  const id = anchor(report.evaluation);
  return `<section class="card run" aria-labelledby="${id}">
<h2 id="${id}">${html(report.evaluation)}</h2>
<p>${html(aboutText(report))}</p>
${list(remarks(report))}${table(tableOf(report))}
${plots(report)}
<p class="dim">Evaluation ${html(report.evaluationId)} in Foundry. A candidate is called worse when the whole interval of its difference from the first, item by item, is on the wrong side of zero.</p>
</section>`;
}

function scheduleSection(report: ScheduleReport): string {
  const id = anchor(report.schedule);
  const oldestFirst = report.runs.toReversed();
  const plotted = metricsOf(report).map((name) => {
    const rows = oldestFirst.map(({ at, metrics }) => ({
      name: at.slice(0, 16).replace('T', ' '),
      estimate: metrics.find(({ metric }) => metric === name)?.rate,
    }));
    return `<h3>${html(name)}</h3>${intervalPlot(rows, [0, 1])}`;
  });
  return `<section class="card run" aria-labelledby="${id}">
<h2 id="${id}">${html(report.schedule)}</h2>
<p>${html(scheduleText(report))}</p>
${list(scheduleRemarks(report))}${report.runs.length === 0 ? '' : table(scheduleTable(report), 0)}
${plotted.join('\n')}
<p class="dim">Evaluation ${html(report.evaluationId)} in Foundry. Times are UTC.</p>
</section>`;
}

function scanSection(report: ScanReport): string {
  const id = anchor(report.scan);
  const rows = [report.total, ...report.categories, ...report.strategies];
  return `<section class="card run" aria-labelledby="${id}">
<h2 id="${id}">${html(report.scan)}</h2>
<p>${html(scanText(report))}</p>
${list(scanRemarks(report))}${table(scanTable(report))}
<h3>attack success rate</h3>${intervalPlot(
    rows.map(({ name, rate }) => ({ name, estimate: rate })),
    [0, 1],
  )}
<p class="dim">Run ${html(report.run)} of evaluation ${html(report.evaluationId)} in Foundry. An attack succeeded when its answer fails the check of a category; lower is better.</p>
</section>`;
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${html(text)}</li>`).join('')}</ul>\n`;
}

/** `name`: the column that says what a row is about. */
function table([head = [], ...rows]: readonly (readonly string[])[], name = 1): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === name ? `<th scope="row">${html(cell)}</th>` : `<td>${html(cell)}</td>`))
      .join('');
  return `<table><thead><tr>${head.map((cell) => `<th scope="col">${html(cell)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`;
}

/** One picture for each metric; rates share an axis from 0 to 1. */
function plots({ candidates }: EvaluationReport): string {
  const metrics = candidates[0]?.metrics ?? [];
  return metrics
    .map(({ metric, data }, index) => {
      const rows = candidates.map(({ name, metrics: own }) => ({ name, estimate: own[index]?.estimate }));
      return `<h3>${html(metric)}</h3>${intervalPlot(rows, data === 'passFail' ? [0, 1] : undefined)}`;
    })
    .join('\n');
}
