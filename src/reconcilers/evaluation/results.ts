import type { JsonObject } from '../../model/json.ts';
import { gradeOf, rowIdOf, tokensOf, type EvalGrade } from '../shared/eval-grades.ts';
import { differenceOf, meanOf, rateOf, type Estimate, type ItemValues } from '../shared/eval-intervals.ts';
import { idFieldOf, rankingMetric, type Metric } from './content.ts';
import type { EvaluationSpec } from './spec.ts';

/** What the runs of a candidate hold. */
export interface Answers {
  readonly name: string;
  /** What was asked, for people. */
  readonly label: string;
  readonly runs: readonly string[];
  /** Output items, one list per repeat. */
  readonly items: readonly (readonly JsonObject[])[];
}

/** A candidate in one metric. */
export interface MetricResult {
  readonly metric: string;
  readonly data: 'passFail' | 'score';
  readonly direction: 'increase' | 'decrease';
  /** Pass rate (0 to 1) or mean score; absent when nothing was graded. */
  readonly estimate?: Estimate;
  /** Items with a grade. */
  readonly n: number;
  /** Items without one. */
  readonly ungraded: number;
  /** Against the candidate that came first, item by item; absent for that one. */
  readonly difference?: Estimate;
}

export interface CandidateResult {
  /** From 1. */
  readonly rank: number;
  readonly name: string;
  readonly label: string;
  readonly runs: readonly string[];
  /** Items that got no answer at least once. */
  readonly unanswered: number;
  /** Mean tokens per answer; absent where Foundry does not tell. */
  readonly tokens?: number;
  /** `best`: came first; `worse`: shown to be worse in the metric that decides; `similar`: not shown to differ. */
  readonly standing: 'best' | 'worse' | 'similar';
  readonly metrics: readonly MetricResult[];
}

/** Scores of a judge where a grader says nothing else. */
const USUAL_RANGE = [1, 5] as const;

/** Ranks candidates by one metric, and says what the items show of the differences. Pure. */
export function rank(spec: EvaluationSpec, answers: readonly Answers[]): CandidateResult[] {
  const confidence = spec.confidence ?? 0.95;
  const measured = answers.map((one) => {
    const values = new Map(spec.metrics.map((metric) => [metric.name, valuesOf(spec, metric, one)]));
    return { one, values, tokens: meanTokens(one) };
  });
  const deciding = rankingMetric(spec);
  const order = [deciding, ...spec.metrics.map(({ name }) => name).filter((name) => name !== deciding)];
  const estimate = (values: ItemValues, { data = 'passFail' }: Metric): Estimate | undefined =>
    data === 'score' ? meanOf(values, confidence) : rateOf(values, confidence);
  const goodness = (values: ReadonlyMap<string, ItemValues>, name: string): number => {
    const metric = spec.metrics.find((each) => each.name === name);
    if (!metric) return -Infinity;
    const value = estimate(values.get(name) ?? new Map(), metric)?.value;
    return value === undefined ? -Infinity : isLowerBetter(metric) ? -value : value;
  };
  const ranked = measured.toSorted((a, b) => {
    const decided = order.map((name) => compare(goodness(b.values, name), goodness(a.values, name)));
    return decided.find((sign) => sign !== 0) ?? (a.tokens ?? Infinity) - (b.tokens ?? Infinity);
  });
  const [best] = ranked;
  return ranked.map(({ one, values, tokens }, index): CandidateResult => {
    const metrics = spec.metrics.map((metric): MetricResult => {
      const own = values.get(metric.name) ?? new Map<string, number>();
      const other = best?.values.get(metric.name) ?? new Map<string, number>();
      const { name, data = 'passFail', direction = 'increase' } = metric;
      const found = estimate(own, metric);
      const difference = index === 0 ? undefined : differenceOf(own, other, data, confidence);
      return {
        metric: name,
        data,
        direction: data === 'score' ? direction : 'increase',
        ...(found === undefined ? {} : { estimate: found }),
        n: own.size,
        ungraded: idsOf(spec, one).size - own.size,
        ...(difference === undefined ? {} : { difference }),
      };
    });
    return {
      rank: index + 1,
      name: one.name,
      label: one.label,
      runs: one.runs,
      unanswered: unansweredOf(spec, one),
      ...(tokens === undefined ? {} : { tokens }),
      standing: index === 0 ? 'best' : standingOf(metrics.find(({ metric }) => metric === deciding)),
      metrics,
    };
  });
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function isLowerBetter(metric: Metric): boolean {
  return metric.data === 'score' && metric.direction === 'decrease';
}

/** Worse when the whole interval of the difference is on the wrong side of zero. */
function standingOf(result: MetricResult | undefined): CandidateResult['standing'] {
  if (!result?.difference) return 'similar';
  const { lower = -Infinity, upper = Infinity } = result.difference;
  return (result.direction === 'decrease' ? lower > 0 : upper < 0) ? 'worse' : 'similar';
}

/** Values of one metric by item, averaged over repeats. No answer is a failure, or the worst score; no grade leaves the item out. */
function valuesOf(spec: EvaluationSpec, metric: Metric, { items }: Answers): Map<string, number> {
  const found = new Map<string, number[]>();
  const incomplete = new Set<string>();
  for (const item of items.flat()) {
    const id = rowIdOf(item, idFieldOf(spec));
    if (id === undefined) continue;
    const value = valueOf(metric, gradeOf(item, metric.name));
    if (value === undefined) incomplete.add(id);
    else found.set(id, [...(found.get(id) ?? []), value]);
  }
  return new Map(
    [...found]
      .filter(([id]) => !incomplete.has(id))
      .map(([id, values]) => [id, values.reduce((total, value) => total + value, 0) / values.length]),
  );
}

function valueOf(metric: Metric, grade: EvalGrade): number | undefined {
  if (grade.state === 'no-grade') return undefined;
  if (metric.data !== 'score') return grade.state === 'graded' && grade.passed ? 1 : 0;
  if (grade.state === 'graded') return grade.score;
  const range = metric.grader.range ?? USUAL_RANGE;
  return isLowerBetter(metric) ? Math.max(...range) : Math.min(...range);
}

function idsOf(spec: EvaluationSpec, { items }: Answers): Set<string> {
  return new Set(items.flat().flatMap((item) => rowIdOf(item, idFieldOf(spec)) ?? []));
}

function unansweredOf(spec: EvaluationSpec, { items }: Answers): number {
  const without = items.flat().filter((item) => gradeOf(item, '').state === 'no-answer');
  return new Set(without.map((item) => rowIdOf(item, idFieldOf(spec)))).size;
}

function meanTokens({ items }: Answers): number | undefined {
  const all = items.flat().flatMap((item) => tokensOf(item) ?? []);
  return all.length === 0 ? undefined : all.reduce((total, value) => total + value, 0) / all.length;
}
