import { textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { deployments } from '../../providers/cognitive-services/deployments.ts';
import { json, type Reply } from '../../http/reply.ts';
import { epoch } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { requireDeployment } from './deployment.ts';

/** Models as OpenAI clients list them: the deployments of the account. */
export const MODEL_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'openai/v1/models', withoutApiVersion: true, handle: listModels },
  { method: 'GET', path: 'openai/v1/models/{name}', withoutApiVersion: true, handle: getModel },
];

function show({ name, created, writable }: StoredResource): JsonObject {
  return {
    id: name,
    object: 'model',
    created: epoch(created.at),
    owned_by: textAt(writable, 'properties.model.format') ?? '',
  };
}

function listModels({ engine, account }: FoundryCall): Reply {
  const all = engine.resources.list({ type: deployments.type, parent: account.id });
  return json(200, { object: 'list', data: all.map(show) });
}

function getModel({ engine, account, names }: FoundryCall): Reply {
  return json(200, show(requireDeployment(engine, account, names['name'] ?? '')));
}
