import { objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import { agentsOf } from '../agents/store.ts';
import { invalid, missing } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { requireDeployment } from '../models/deployment.ts';
import { startProgress } from '../shared/progress.ts';
import { newId } from '../shared/project-documents.ts';
import type { FoundryCall } from '../shared/route.ts';
import { requireOpenAiShape } from '../shared/body.ts';
import { requireColumns } from './create.ts';
import { rowsOf } from './rows.ts';
import { CREATE_RUN } from './shape.ts';
import { runCollection, type Eval, type EvalRun } from './store.ts';
import { workOff } from './work.ts';

const LONGEST_RUN = 5000;

/** Starts a run from the body of `POST /evals/{id}/runs`. Its results are computed at once and shown when its time is over. */
export async function startRun(call: FoundryCall, evaluation: Eval, content: JsonObject): Promise<EvalRun> {
  const body = requireOpenAiShape(CREATE_RUN, content);
  const { engine, project, caller, directives } = call;
  const dataSource = objectAt(body, 'data_source');
  requireMetadata(objectAt(body, 'metadata'));
  requireTarget(call, dataSource);
  const rows = rowsOf(call, dataSource);
  if (rows.length === 0) throw invalid('The data source has no rows', 'data_source');
  if (rows.length > LONGEST_RUN) throw invalid(`The embedded Azure grades at most ${LONGEST_RUN} rows`, 'data_source');
  requireColumns(
    evaluation,
    rows.map(({ item }) => item),
  );
  const id = newId(engine, 'evalrun_').slice(0, 40);
  const run: EvalRun = {
    id,
    evalId: evaluation.id,
    created: engine.clock.now(),
    createdBy: caller.name,
    name: textAt(body, 'name') ?? id,
    metadata: objectAt(body, 'metadata'),
    properties: objectAt(body, 'properties'),
    dataSource,
    model: modelOf(call, dataSource),
    progress: startProgress(engine, engine.timing.evaluationRunMs, directives),
    isComputed: false,
  };
  const runs = runCollection(project, evaluation.id);
  runs.put(engine.documents, id, run);
  const work = workOff(call, evaluation, run, rows);
  if (engine.models.endpoint) ignoreEnd(work);
  else await work;
  return runs.get(engine.documents, id) ?? run;
}

/** The server may be closed before a real model has answered: there is nothing left to keep the results in then. */
function ignoreEnd(work: Promise<void>): void {
  work.catch(() => undefined);
}

function requireTarget({ engine, project, account }: FoundryCall, dataSource: JsonObject): void {
  const target = objectAt(dataSource, 'target');
  const agent = textAt(target, 'name');
  if (textAt(target, 'type') === 'azure_ai_agent') {
    const store = agentsOf(engine, project);
    const found = store.find(agent ?? '');
    if (!found) throw missing(`Agent ${agent ?? ''}`);
    const version = textAt(target, 'version');
    if (version !== undefined && !store.versions(found.name).some((each) => each.version === version))
      throw missing(`Version ${version} of agent ${found.name}`);
  }
  const model = textAt(target, 'model') ?? textAt(dataSource, 'model');
  if (model !== undefined) requireDeployment(engine, account, model);
}

function modelOf({ engine, project }: FoundryCall, dataSource: JsonObject): string {
  const target = objectAt(dataSource, 'target');
  const model = textAt(target, 'model') ?? textAt(dataSource, 'model');
  if (model !== undefined) return model;
  const versions = agentsOf(engine, project).versions(textAt(target, 'name') ?? '');
  const wanted = textAt(target, 'version');
  const version = versions.find((each) => each.version === wanted) ?? versions.at(-1);
  return textAt(version?.definition, 'model') ?? '';
}
