import { member, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { Eval } from '../evals/store.ts';
import type { RunResults } from './compare.ts';

/** The result of an EvaluationRunClusterInsight: failed results, one cluster for each criterion that failed somewhere. */
export function clusterFailures(evaluation: Eval, runs: readonly RunResults[]): JsonObject {
  const clusters = evaluation.testingCriteria.flatMap((criterion, index) => {
    const samples = runs.flatMap(({ run, items }) =>
      items
        .filter(({ results }) => member(results[index], 'passed') === false)
        .map(({ id, item, results }) => sample(id, run.id, item, results[index] ?? null)),
    );
    return samples.length === 0 ? [] : [cluster(textAt(criterion, 'name') ?? '', index, samples)];
  });
  const weight = clusters.reduce((sum, each) => sum + Number(each['weight']), 0);
  return {
    type: 'EvaluationRunClusterInsight',
    clusterInsight: {
      summary: {
        sampleCount: weight,
        uniqueClusterCount: clusters.length,
        uniqueSubclusterCount: 0,
        method: 'by-testing-criterion',
        usage: { inputTokenUsage: 0, outputTokenUsage: 0, totalTokenUsage: 0 },
      },
      clusters,
    },
  };
}

function cluster(name: string, index: number, samples: readonly Json[]): JsonObject {
  return {
    id: `cluster-${index}`,
    label: name,
    suggestion: `Look at the rows that fail '${name}'.`,
    suggestionTitle: name,
    description: `${samples.length} results of '${name}' failed.`,
    weight: samples.length,
    subClusters: [],
    samples,
  };
}

function sample(id: string, runId: string, item: JsonObject, result: Json): JsonObject {
  return {
    id,
    type: 'EvaluationResultSample',
    features: item,
    correlationInfo: { runId },
    evaluationResult: {
      name: textAt(result, 'name') ?? '',
      type: textAt(result, 'type') ?? '',
      score: member(result, 'score') ?? 0,
      passed: false,
    },
  };
}
