import type { Engine } from '../../arm/contract.ts';
import type { Json, JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import type { Progress } from '../shared/progress.ts';
import { projectCollection } from '../shared/project-documents.ts';

/** An evaluation; times are milliseconds of the clock. */
export interface Eval {
  readonly id: string;
  readonly created: number;
  readonly modified: number;
  readonly createdBy: string;
  readonly name: string;
  readonly metadata: JsonObject;
  readonly properties: JsonObject;
  /** As returned, with `schema`. */
  readonly dataSourceConfig: JsonObject;
  readonly testingCriteria: readonly JsonObject[];
}

/** A run of an evaluation. Its results are stored separately, and shown once its time is over. */
export interface EvalRun {
  readonly id: string;
  readonly evalId: string;
  readonly created: number;
  readonly createdBy: string;
  readonly name: string;
  readonly metadata: JsonObject;
  readonly properties: JsonObject;
  readonly dataSource: JsonObject;
  readonly model: string;
  readonly progress: Progress;
  /** False while answers are still being fetched from a real model. */
  readonly isComputed: boolean;
  readonly modified?: number;
}

/** A row of a run: what was asked and answered, and what each criterion says, in the form of output items. */
export interface OutputItem {
  readonly id: string;
  readonly number: number;
  readonly created: number;
  readonly item: JsonObject;
  readonly results: readonly Json[];
  readonly sample: JsonObject | null;
  readonly outcome: 'passed' | 'failed' | 'errored';
}

type Collection<T extends object> = ReturnType<typeof projectCollection<T>>;

export function evalCollection(project: Pick<Resource, 'id'>): Collection<Eval> {
  return projectCollection(project, 'evals');
}

export function runCollection(project: Pick<Resource, 'id'>, evalId: string): Collection<EvalRun> {
  return projectCollection(project, `evals/${evalId}/runs`);
}

export function itemCollection(project: Pick<Resource, 'id'>, evalId: string, runId: string): Collection<OutputItem> {
  return projectCollection(project, `evals/${evalId}/items/${runId}`);
}

/** 404 when there is none. */
export function requireEval({ documents }: Engine, project: Pick<Resource, 'id'>, id: string): Eval {
  const found = evalCollection(project).get(documents, id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `Evaluation with id '${id}' not found.`);
}

/** 404 when the evaluation or the run does not exist. */
export function requireRun(engine: Engine, project: Pick<Resource, 'id'>, evalId: string, id: string): EvalRun {
  requireEval(engine, project, evalId);
  const found = runCollection(project, evalId).get(engine.documents, id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `Run with id '${id}' of evaluation '${evalId}' not found.`);
}
