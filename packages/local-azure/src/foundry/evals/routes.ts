import { member, objectAt, textAt } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { invalid } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { cursorPage } from '../shared/paging.ts';
import { deleteCollections } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { newEval } from './create.ts';
import { UPDATE_EVAL } from './shape.ts';
import { evalCollection, requireEval, type Eval } from './store.ts';
import { showEval } from './view.ts';

/** Evaluations (OpenAI-compatible). */
export const EVAL_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'openai/v1/evals', withoutApiVersion: true, handle: createEval },
  { method: 'GET', path: 'openai/v1/evals', withoutApiVersion: true, handle: listEvals },
  {
    method: 'GET',
    path: 'openai/v1/evals/{eval}',
    withoutApiVersion: true,
    handle: (call) => json(200, showEval(evalOf(call))),
  },
  { method: 'POST', path: 'openai/v1/evals/{eval}', withoutApiVersion: true, handle: updateEval },
  { method: 'DELETE', path: 'openai/v1/evals/{eval}', withoutApiVersion: true, handle: deleteEval },
];

function evalOf({ engine, project, names }: FoundryCall): Eval {
  return requireEval(engine, project, names['eval'] ?? '');
}

/** 201, as the service answers; names need not be unique. */
function createEval(call: FoundryCall): Reply {
  const evaluation = newEval(call);
  evalCollection(call.project).put(call.engine.documents, evaluation.id, evaluation);
  return json(201, showEval(evaluation));
}

function listEvals({ engine, project, request }: FoundryCall): Reply {
  const by = request.query.get('order_by') ?? 'created_at';
  if (by !== 'created_at' && by !== 'updated_at')
    throw invalid('order_by must be created_at or updated_at', 'order_by');
  const all = evalCollection(project).list(engine.documents);
  const ordered = by === 'updated_at' ? all.toSorted((a, b) => a.modified - b.modified) : all;
  return cursorPage(
    request,
    ordered.map((evaluation) => ({ id: evaluation.id, body: showEval(evaluation) })),
    { order: 'asc' },
  );
}

/** Name, metadata and properties can change, nothing else. */
function updateEval(call: FoundryCall): Reply {
  const before = evalOf(call);
  const body = requireOpenAiShape(UPDATE_EVAL, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  const changed: Eval = {
    ...before,
    name: textAt(body, 'name') ?? before.name,
    metadata: hasOwn(call, 'metadata') ? objectAt(body, 'metadata') : before.metadata,
    properties: hasOwn(call, 'properties') ? objectAt(body, 'properties') : before.properties,
    modified: call.engine.clock.now(),
  };
  evalCollection(call.project).put(call.engine.documents, changed.id, changed);
  return json(200, showEval(changed));
}

function hasOwn(call: FoundryCall, key: string): boolean {
  return member(readBody(call), key) !== undefined;
}

function deleteEval(call: FoundryCall): Reply {
  const { id } = evalOf(call);
  evalCollection(call.project).delete(call.engine.documents, id);
  deleteCollections(call.engine, call.project, `evals/${id}/`);
  return json(200, { object: 'eval.deleted', deleted: true, eval_id: id });
}
