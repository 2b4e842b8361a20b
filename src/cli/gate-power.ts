import type { GateReport } from '../gates/report/document.ts';
import { itemsWithoutDefect, neededPasses } from '../gates/stats/proportions.ts';
import { itemsForPassRates, itemsForScores } from '../gates/verdict/satisfiable.ts';
import { rowsOf } from '../reconcilers/evaluation-gate/items.ts';
import type { EvaluationGateSpec } from '../reconcilers/evaluation-gate/spec.ts';
import { styled, type Line } from './text.ts';

type Metric = EvaluationGateSpec['metrics'][number];

/** Share of items in which two versions differ, where no run has shown it. */
const ASSUMED_DIFFERENCE = 0.1;

/** Standard deviation of differences of scores, where no run has shown it. */
const ASSUMED_DEVIATION = 0.8;

const SEEN = 'seen in the last run';

/** How many items each check of a gate needs, by what the last run has shown, else by usual numbers. */
export function powerLines(id: string, spec: EvaluationGateSpec, report: GateReport | undefined): Line[] {
  const n = rowsOf(spec).rows.length;
  const alpha = spec.alpha ?? 0.05;
  const lines = spec.metrics.flatMap((metric): Line[] => [
    ...absoluteLine(metric, n, alpha),
    ...regressionLine(metric, n, alpha, report),
  ]);
  const safety = (spec.safety ?? []).map(({ name, maxDefectRate }): Line => [
    `  ${name} defects of at most ${maxDefectRate}: ${itemsWithoutDefect(maxDefectRate, alpha)} items without a defect; there are ${n}`,
  ]);
  return [[styled('strong', id), `  ${n} items`], ...lines, ...safety, []];
}

function absoluteLine({ name, data = 'passFail', atLeast, evidence }: Metric, n: number, alpha: number): Line[] {
  if (atLeast === undefined || data !== 'passFail' || evidence === 'point') return [];
  const passes = neededPasses(n, atLeast, alpha);
  return [[`  ${name} at least ${atLeast}: ${passes} of ${n} items have to pass`]];
}

function regressionLine(metric: Metric, n: number, alpha: number, report: GateReport | undefined): Line[] {
  const { name, data = 'passFail', maxDrop, maxDropPercent, maxIncreasePercent } = metric;
  const percent = maxDropPercent ?? maxIncreasePercent;
  const what =
    percent === undefined
      ? `drop of at most ${maxDrop ?? 0}`
      : `${maxDropPercent === undefined ? 'rise' : 'drop'} of at most ${percent} %`;
  const line = (text: string): Line[] => [[`  ${name} ${what}: ${text}; there are ${n}`]];
  if ((maxDrop === undefined && percent === undefined) || data === 'quantile') return [];
  const last = report?.checks.find(
    ({ metric: other, kind, slice }) => other === name && kind === 'regression' && slice === undefined,
  );
  const margin = percent === undefined ? maxDrop : last?.baseline && (last.baseline * percent) / 100;
  if (margin === undefined) return line('how many items it needs is not known before a run has shown the baseline');
  if (margin === 0) return line('no number of items shows a margin of 0 for versions that are equally good');
  if (data === 'score') {
    const deviation = last?.deviation ?? 0;
    const [used, source] = deviation > 0 ? [deviation, SEEN] : [ASSUMED_DEVIATION, 'assumed'];
    const needed = itemsForScores(used, margin, alpha);
    const by = `when scores differ with a deviation of ${Number(used.toPrecision(3))} (${source})`;
    return line(`${needed} items to show it with 80 % power ${by}`);
  }
  const flips = report?.flips.filter((flip) => flip.metric === name).length ?? 0;
  const ungraded = report?.unscored.find((one) => one.metric === name)?.items.length ?? 0;
  const compared = (report?.items ?? 0) - ungraded;
  const [psi, source] =
    flips > 0 && compared > 0 ? [Math.min(1, flips / compared), SEEN] : [ASSUMED_DIFFERENCE, 'assumed'];
  return line(
    `${itemsForPassRates(psi, margin, alpha)} items to show it with 80 % power when ${Math.round(psi * 100)} % of items differ (${source})`,
  );
}
