import { json, type Reply } from '../../http/reply.ts';
import { readBody } from '../shared/body.ts';
import { FoundryError, invalid } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import { canceledNow, isOver } from '../shared/progress.ts';
import { deleteCollections } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { startRun } from './run-create.ts';
import { requireEval, requireRun, runCollection, type EvalRun } from './store.ts';
import { itemsOf, runStatus, showItem, showRun } from './view.ts';

const RUNS = 'openai/v1/evals/{eval}/runs';

/** Runs of evaluations and their output items. Both ways to cancel a run are taken. */
export const EVAL_RUN_ROUTES: readonly Route[] = [
  { method: 'POST', path: RUNS, withoutApiVersion: true, handle: createRun },
  { method: 'GET', path: RUNS, withoutApiVersion: true, handle: listRuns },
  { method: 'GET', path: `${RUNS}/{run}`, withoutApiVersion: true, handle: (call) => reply(call, 200, runOf(call)) },
  { method: 'POST', path: `${RUNS}/{run}`, withoutApiVersion: true, handle: cancelRun },
  { method: 'POST', path: `${RUNS}/{run}/cancel`, withoutApiVersion: true, handle: cancelRun },
  { method: 'DELETE', path: `${RUNS}/{run}`, withoutApiVersion: true, handle: deleteRun },
  { method: 'GET', path: `${RUNS}/{run}/output_items`, withoutApiVersion: true, handle: listItems },
  { method: 'GET', path: `${RUNS}/{run}/output_items/{item}`, withoutApiVersion: true, handle: getItem },
];

function runOf({ engine, project, names }: FoundryCall): EvalRun {
  return requireRun(engine, project, names['eval'] ?? '', names['run'] ?? '');
}

function reply({ engine, project }: FoundryCall, status: number, run: EvalRun): Reply {
  return json(status, showRun(engine, project, requireEval(engine, project, run.evalId), run));
}

async function createRun(call: FoundryCall): Promise<Reply> {
  const evaluation = requireEval(call.engine, call.project, call.names['eval'] ?? '');
  return reply(call, 201, await startRun(call, evaluation, readBody(call)));
}

function listRuns(call: FoundryCall): Reply {
  const { engine, project, request, names } = call;
  const evaluation = requireEval(engine, project, names['eval'] ?? '');
  const status = request.query.get('status');
  const runs = runCollection(project, evaluation.id)
    .list(engine.documents)
    .filter((run) => status === undefined || runStatus(engine, run) === status);
  return cursorPage(
    request,
    runs.map((run) => ({ id: run.id, body: showRun(engine, project, evaluation, run) })),
    { order: 'asc' },
  );
}

function cancelRun(call: FoundryCall): Reply {
  const run = runOf(call);
  const now = call.engine.clock.now();
  if (isOver(run.progress, now))
    throw new FoundryError(
      400,
      'invalid_request_error',
      `The run is ${runStatus(call.engine, run)} and cannot be canceled`,
    );
  const canceled = { ...run, progress: canceledNow(run.progress, now) };
  runCollection(call.project, run.evalId).put(call.engine.documents, run.id, canceled);
  return reply(call, 200, canceled);
}

function deleteRun(call: FoundryCall): Reply {
  const { id, evalId } = runOf(call);
  runCollection(call.project, evalId).delete(call.engine.documents, id);
  deleteCollections(call.engine, call.project, `evals/${evalId}/items/${id}`);
  return json(200, { object: 'eval.run.deleted', deleted: true, run_id: id });
}

/** `status` is pass or fail; rows that could not be graded have failed. */
function listItems(call: FoundryCall): Reply {
  const run = runOf(call);
  const wanted = call.request.query.get('status');
  if (wanted !== undefined && wanted !== 'pass' && wanted !== 'fail')
    throw invalid('status must be pass or fail', 'status');
  const items = itemsOf(call.engine, call.project, run).filter(
    ({ outcome }) => wanted === undefined || (outcome === 'passed') === (wanted === 'pass'),
  );
  return cursorPage(
    call.request,
    items.map((item) => ({ id: item.id, body: showItem(run, item) })),
    { order: 'asc' },
  );
}

function getItem(call: FoundryCall): Reply {
  const run = runOf(call);
  const found = itemsOf(call.engine, call.project, run).find(({ id }) => id === call.names['item']);
  if (found) return json(200, showItem(run, found));
  throw new FoundryError(404, 'not_found', `Output item with id '${call.names['item'] ?? ''}' not found.`);
}
