import type { Engine } from '../../arm/contract.ts';
import { defined, member, objectAt, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { epoch } from '../shared/project-documents.ts';
import { lastChange, phaseOf, type Phase } from '../shared/progress.ts';
import { itemCollection, type Eval, type EvalRun, type OutputItem } from './store.ts';

export function showEval(evaluation: Eval): JsonObject {
  const { id, created, modified, createdBy, name, metadata, properties, dataSourceConfig, testingCriteria } =
    evaluation;
  return {
    object: 'eval',
    id,
    created_at: epoch(created),
    modified_at: epoch(modified),
    created_by: createdBy,
    name,
    metadata,
    properties,
    data_source_config: dataSourceConfig,
    testing_criteria: testingCriteria,
  };
}

const STATUSES: Readonly<Record<Phase, string>> = {
  queued: 'queued',
  running: 'in_progress',
  succeeded: 'completed',
  failed: 'failed',
  canceled: 'canceled',
};

/** queued, in_progress, completed, failed or canceled. */
export function runStatus({ clock }: Engine, { progress, isComputed }: EvalRun): string {
  const phase = phaseOf(progress, clock.now());
  return STATUSES[phase === 'succeeded' && !isComputed ? 'running' : phase];
}

/** The items of a run once it is completed. */
export function itemsOf(engine: Engine, project: Resource, run: EvalRun): OutputItem[] {
  if (runStatus(engine, run) !== 'completed') return [];
  return itemCollection(project, run.evalId, run.id).list(engine.documents);
}

/** A run with what it has found so far: nothing before it is completed. */
export function showRun(engine: Engine, project: Resource, evaluation: Eval, run: EvalRun): JsonObject {
  const status = runStatus(engine, run);
  const items = itemsOf(engine, project, run);
  const count = (outcome: OutputItem['outcome']): number => items.filter((item) => item.outcome === outcome).length;
  const { code, message } = run.progress.error ?? { code: '', message: '' };
  return {
    object: 'eval.run',
    id: run.id,
    eval_id: run.evalId,
    name: run.name,
    status,
    created_at: epoch(run.created),
    modified_at: epoch(Math.max(run.modified ?? 0, lastChange(run.progress, engine.clock.now()))),
    created_by: run.createdBy,
    model: run.model,
    report_url: `https://ai.azure.com/build/evaluations/${run.evalId}/run/${run.id}`,
    error: status === 'failed' ? { code, message } : null,
    metadata: run.metadata,
    properties: run.properties,
    data_source: run.dataSource,
    result_counts: {
      total: items.length,
      passed: count('passed'),
      failed: count('failed'),
      errored: count('errored'),
      skipped: 0,
    },
    per_testing_criteria_results: status === 'completed' ? perCriterion(evaluation, items) : [],
    per_model_usage: usageByModel(items),
  };
}

function perCriterion({ testingCriteria }: Eval, items: readonly OutputItem[]): Json[] {
  return testingCriteria.map((criterion, index) => {
    const results = items.map(({ results: all }) => member(all[index], 'passed'));
    return {
      testing_criteria: textAt(criterion, 'name') ?? '',
      passed: results.filter((passed) => passed === true).length,
      failed: results.filter((passed) => passed === false).length,
      errored: results.filter((passed) => passed === null).length,
      skipped: 0,
    };
  });
}

function usageByModel(items: readonly OutputItem[]): Json[] {
  const models = new Map<string, JsonObject[]>();
  for (const { sample } of items) {
    const model = textAt(sample ?? undefined, 'model');
    if (model !== undefined) models.set(model, [...(models.get(model) ?? []), objectAt(sample ?? undefined, 'usage')]);
  }
  return [...models].map(([model_name, usages]) => {
    const sum = (key: string): number => usages.reduce((total, usage) => total + Number(usage[key] ?? 0), 0);
    return {
      model_name,
      invocation_count: usages.length,
      prompt_tokens: sum('prompt_tokens'),
      completion_tokens: sum('completion_tokens'),
      total_tokens: sum('total_tokens'),
      cached_tokens: sum('cached_tokens'),
    };
  });
}

export function showItem(run: EvalRun, { id, number, created, item, results, sample }: OutputItem): JsonObject {
  return defined({
    object: 'eval.run.output_item',
    id,
    run_id: run.id,
    eval_id: run.evalId,
    created_at: epoch(created),
    status: member(sample ?? undefined, 'error') ? 'error' : 'completed',
    datasource_item_id: number,
    datasource_item: item,
    results,
    sample,
  });
}
