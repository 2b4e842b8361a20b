import { objectAt, textAt, textsAt, type JsonObject } from '../../engine/json.ts';
import { assetsOf } from '../shared/assets.ts';
import { requireShape } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { requireEval, requireRun } from '../evals/store.ts';
import { itemsOf, runStatus } from '../evals/view.ts';
import { phaseOf, startProgress, type Phase, type Progress } from '../shared/progress.ts';
import { projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall } from '../shared/route.ts';
import { compileObject } from '../../shape/notation.ts';
import { clusterFailures } from './clusters.ts';
import { compareRuns, directionOf, type RunResults } from './compare.ts';

/** An insight with its result, which is shown once its time is over. */
export interface Insight {
  readonly id: string;
  readonly displayName: string;
  readonly request: JsonObject;
  readonly result: JsonObject;
  readonly progress: Progress;
  /** The client's Repeatability-Request-ID. */
  readonly repeatability: string | undefined;
}

export function insightCollection(project: FoundryCall['project']): ReturnType<typeof projectCollection<Insight>> {
  return projectCollection(project, 'insights');
}

const modelConfiguration = { 'modelDeploymentName!': 'string' } as const;

const CREATE = compileObject({
  'displayName!': 'string',
  'request!': {
    'type!': 'EvaluationComparison|EvaluationRunClusterInsight|AgentClusterInsight',
    '?type': {
      EvaluationComparison: { 'evalId!': 'string', 'baselineRunId!': 'string', 'treatmentRunIds!': ['string'] },
      EvaluationRunClusterInsight: { 'evalId!': 'string', 'runIds!': ['string'], modelConfiguration },
      AgentClusterInsight: { 'agentName!': 'string', modelConfiguration },
    },
  },
  id: 'readonly',
  state: 'readonly',
  metadata: 'readonly',
  result: 'readonly',
});

/** Starts an insight from the body of `POST /insights`. 404 for runs that do not exist, 400 for those that are not completed. */
export function startInsight(call: FoundryCall, content: JsonObject): Insight {
  const body = requireShape(CREATE, content);
  const { engine, project, directives } = call;
  const request = objectAt(body, 'request');
  const insight: Insight = {
    id: engine.ids.guid(),
    displayName: textAt(body, 'displayName') ?? '',
    request,
    result: resultOf(call, request),
    progress: startProgress(engine, engine.timing.jobMs, directives),
    repeatability: call.request.headers['repeatability-request-id'],
  };
  insightCollection(project).put(engine.documents, insight.id, insight);
  return insight;
}

function resultOf(call: FoundryCall, request: JsonObject): JsonObject {
  const type = textAt(request, 'type') ?? '';
  if (type === 'AgentClusterInsight')
    throw new FoundryError(501, 'not_imitated', `The embedded Azure does not imitate insights of type '${type}'`);
  const { engine, project } = call;
  const evaluation = requireEval(engine, project, textAt(request, 'evalId') ?? '');
  const results = (id: string): RunResults => resultsOf(call, evaluation.id, id);
  if (type === 'EvaluationRunClusterInsight')
    return clusterFailures(evaluation, textsAt(request, 'runIds').map(results));
  const baseline = results(textAt(request, 'baselineRunId') ?? '');
  const evaluators = assetsOf(engine, project, 'evaluators');
  return compareRuns(evaluation, baseline, textsAt(request, 'treatmentRunIds').map(results), (criterion) => {
    const name = textAt(criterion, 'evaluator_name') ?? '';
    const version = textAt(criterion, 'evaluator_version');
    const custom = version === undefined ? evaluators.versions(name).at(-1) : evaluators.find(name, version);
    return directionOf(criterion, custom && objectAt(custom.body, 'definition'));
  });
}

function resultsOf({ engine, project }: FoundryCall, evalId: string, id: string): RunResults {
  const run = requireRun(engine, project, evalId, id);
  const status = runStatus(engine, run);
  if (status === 'completed') return { run, items: itemsOf(engine, project, run) };
  throw new FoundryError(400, 'UserError', `The evaluation run '${id}' is ${status}, not completed`);
}

const STATES: Readonly<Record<Phase, string>> = {
  queued: 'NotStarted',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
};

export function showInsight(
  { engine }: FoundryCall,
  { id, displayName, request, result, progress }: Insight,
): JsonObject {
  const phase = phaseOf(progress, engine.clock.now());
  const isOver = phase === 'succeeded' || phase === 'failed';
  return {
    id,
    state: STATES[phase],
    displayName,
    metadata: {
      createdAt: new Date(progress.started).toISOString(),
      ...(isOver ? { completedAt: new Date(progress.ends ?? progress.started).toISOString() } : {}),
    },
    request,
    ...(phase === 'succeeded' ? { result } : {}),
  };
}
