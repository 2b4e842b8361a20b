import type { EvaluationReport } from '../../../reconcilers/evaluation/report.ts';
import type { ScheduleReport } from '../../../reconcilers/evaluation-schedule/history.ts';
import type { ScanReport } from '../../../reconcilers/shared/red-team/report.ts';
import { TOOL } from '../../version.ts';
import { aboutText, remarks, tableOf as resultTable } from '../evaluation-report.ts';
import { scanRemarks, scanTable, scanText } from '../scan-report.ts';
import { metricsOf, scheduleRemarks, scheduleTable, scheduleText } from '../schedule-report.ts';
import { anchor, html } from './escape.ts';
import { intervalPlot, PLOT_STYLE } from './intervals.ts';
import { listOf, tableOf } from './parts.ts';
import { pageOf } from './shell.ts';

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
  return pageOf({
    title: `ingate evaluations: ${environment}`,
    skipTo: { anchor: 'results', text: 'Skip to the results' },
    header:
      '<p class="dim">Candidates on the same items, quality over time, and attacks. Nothing waits for these results.</p>',
    main: `<div id="results">${[...evaluations.map(section), ...schedules.map(scheduleSection), ...scans.map(scanSection)].join('\n')}</div>`,
    tool: TOOL,
    style: PLOT_STYLE,
  });
}

function section(report: EvaluationReport): string {
  const id = anchor(report.evaluation);
  return `<section class="card run" aria-labelledby="${id}">
<h2 id="${id}">${html(report.evaluation)}</h2>
<p>${html(aboutText(report))}</p>
${listOf(remarks(report))}${tableOf(resultTable(report), 1)}
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
    return `<h3>${html(name)}</h3>${intervalPlot(rows, { range: [0, 1] })}`;
  });
  return `<section class="card run" aria-labelledby="${id}">
<h2 id="${id}">${html(report.schedule)}</h2>
<p>${html(scheduleText(report))}</p>
${listOf(scheduleRemarks(report))}${report.runs.length === 0 ? '' : tableOf(scheduleTable(report))}
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
${listOf(scanRemarks(report))}${tableOf(scanTable(report), 1)}
<h3>attack success rate</h3>${intervalPlot(
    rows.map(({ name, rate }) => ({ name, estimate: rate })),
    { range: [0, 1] },
  )}
<p class="dim">Run ${html(report.run)} of evaluation ${html(report.evaluationId)} in Foundry. An attack succeeded when its answer fails the check of a category; lower is better.</p>
</section>`;
}

/** One picture for each metric; rates share an axis from 0 to 1. */
function plots({ candidates }: EvaluationReport): string {
  const metrics = candidates[0]?.metrics ?? [];
  return metrics
    .map(({ metric, data }, index) => {
      const rows = candidates.map(({ name, metrics: own }) => ({ name, estimate: own[index]?.estimate }));
      return `<h3>${html(metric)}</h3>${intervalPlot(rows, data === 'passFail' ? { range: [0, 1] } : {})}`;
    })
    .join('\n');
}
