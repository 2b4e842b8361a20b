import { member, objectAt, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import { findBuiltin } from '../evaluators/builtin.ts';
import type { Eval, EvalRun, OutputItem } from '../evals/store.ts';
import { summarise, welch, type Summary } from './statistics.ts';

/** A completed run and what it found. */
export interface RunResults {
  readonly run: EvalRun;
  readonly items: readonly OutputItem[];
}

/** The result of an EvaluationComparison: for each criterion the scores of the baseline against those of every treatment. */
export function compareRuns(
  evaluation: Eval,
  baseline: RunResults,
  treatments: readonly RunResults[],
  directionOf: (criterion: JsonObject) => string,
): JsonObject {
  return {
    type: 'EvaluationComparison',
    method: 't-test',
    comparisons: evaluation.testingCriteria.map((criterion, index) => {
      const before = summarise(scoresOf(baseline, index));
      const direction = directionOf(criterion);
      return {
        testingCriteria: textAt(criterion, 'name') ?? '',
        metric: metricOf(baseline, index) ?? textAt(criterion, 'name') ?? '',
        evaluator: textAt(criterion, 'evaluator_name') ?? textAt(criterion, 'type') ?? '',
        baselineRunSummary: showSummary(baseline, before),
        compareItems: treatments.map((treatment) => compareItem(treatment, index, before, direction)),
      };
    }),
  };
}

function scoresOf({ items }: RunResults, index: number): number[] {
  return items.map(({ results }) => member(results[index], 'score')).filter((score) => typeof score === 'number');
}

function metricOf({ items }: RunResults, index: number): string | undefined {
  return textAt(items[0]?.results[index], 'metric');
}

function showSummary({ run }: RunResults, { count, mean, deviation }: Summary): JsonObject {
  return { runId: run.id, sampleCount: count, average: mean, standardDeviation: deviation };
}

const FEWEST_SAMPLES = 10;
const SIGNIFICANT = 0.05;

function compareItem(treatment: RunResults, index: number, before: Summary, direction: string): Json {
  const after = summarise(scoresOf(treatment, index));
  const pValue = welch(before, after);
  return {
    treatmentRunId: treatment.run.id,
    treatmentRunSummary: showSummary(treatment, after),
    deltaEstimate: after.mean - before.mean,
    pValue,
    treatmentEffect: effectOf(before, after, pValue, direction),
  };
}

function effectOf(before: Summary, after: Summary, pValue: number, direction: string): string {
  if (Math.min(before.count, after.count) < FEWEST_SAMPLES) return 'TooFewSamples';
  if (pValue >= SIGNIFICANT) return 'Inconclusive';
  if (direction === 'neutral') return 'Changed';
  return after.mean > before.mean === (direction === 'increase') ? 'Improved' : 'Degraded';
}

/** Whether more is better for a criterion: increase, decrease or neutral. `custom` is the definition of a custom evaluator. */
export function directionOf(criterion: JsonObject, custom: JsonObject | undefined): string {
  const builtin = findBuiltin(textAt(criterion, 'evaluator_name') ?? '');
  if (builtin) return builtin.scale.better;
  const metrics = Object.values(objectAt(custom, 'metrics'));
  const primary = metrics.find((metric) => member(metric, 'is_primary') === true) ?? metrics[0];
  return textAt(primary, 'desirable_direction') ?? 'increase';
}
