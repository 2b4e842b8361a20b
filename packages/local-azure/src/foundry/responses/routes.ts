import { json, type Reply } from '../../http/reply.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { textAt } from '../../engine/json.ts';
import { CONVERSATION_ROUTES } from './conversations.ts';
import { createAgentResponse, createProjectResponse } from './create.ts';
import { requireResponse, responseCollection } from '../response-data/store.ts';

const STORED: readonly Route[] = [
  { method: 'GET', path: 'responses/{id}', handle: getResponse },
  { method: 'DELETE', path: 'responses/{id}', handle: deleteResponse },
  { method: 'POST', path: 'responses/{id}/cancel', handle: cancelResponse },
  { method: 'GET', path: 'responses/{id}/input_items', handle: listInput },
  ...CONVERSATION_ROUTES,
];

/** Responses and conversations of a project, below `openai/v1`, and of each agent, below its endpoint with an api-version. */
export const RESPONSE_ROUTES: readonly Route[] = [
  ...below('openai/v1', [{ method: 'POST', path: 'responses', handle: createProjectResponse }, ...STORED]).map(
    (route) => ({
      ...route,
      withoutApiVersion: true,
    }),
  ),
  ...below('agents/{name}/endpoint/protocols/openai', [
    { method: 'POST', path: 'responses', handle: createAgentResponse },
    ...STORED,
  ]),
];

function below(prefix: string, routes: readonly Route[]): Route[] {
  return routes.map((route) => ({ ...route, path: `${prefix}/${route.path}` }));
}

function getResponse({ engine, project, names }: FoundryCall): Reply {
  return json(200, requireResponse(engine, project, names['id'] ?? '').body);
}

function deleteResponse({ engine, project, names }: FoundryCall): Reply {
  const { body } = requireResponse(engine, project, names['id'] ?? '');
  const id = textAt(body, 'id') ?? '';
  responseCollection(project).delete(engine.documents, id);
  return json(200, { id, object: 'response', deleted: true });
}

/** Only background responses can be cancelled, and there are none. */
function cancelResponse({ engine, project, names }: FoundryCall): Reply {
  requireResponse(engine, project, names['id'] ?? '');
  throw new FoundryError(400, 'invalid_request_error', 'Cannot cancel a synchronous response.');
}

function listInput({ engine, project, names, request }: FoundryCall): Reply {
  const { input } = requireResponse(engine, project, names['id'] ?? '');
  return cursorPage(
    request,
    input.map((body) => ({ id: textAt(body, 'id') ?? '', body })),
  );
}
