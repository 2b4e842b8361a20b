import { defined, objectAt, sameText, textAt, valueAt, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { deployments } from '../providers/cognitive-services/deployments.ts';
import { json, type Reply } from '../http/reply.ts';
import { missing } from './shared/foundry-error.ts';
import { linkedPage } from './shared/paging.ts';
import type { FoundryCall, Route } from './shared/route.ts';

/** Model deployments of the account, which are written through ARM and can only be read here. */
export const DEPLOYMENT_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'deployments', handle: listDeployments },
  { method: 'GET', path: 'deployments/{name}', handle: getDeployment },
];

function all({ engine, account }: FoundryCall): StoredResource[] {
  return engine.resources.list({ type: deployments.type, parent: account.id });
}

function listDeployments(call: FoundryCall): Reply {
  const filters = { modelPublisher: 'modelPublisher', modelName: 'modelName', deploymentType: 'type' } as const;
  const shown = all(call).map(show);
  return linkedPage(
    call.request,
    shown.filter((deployment) =>
      Object.entries(filters).every(([parameter, field]) => {
        const wanted = call.request.query.get(parameter);
        return wanted === undefined || sameText(textAt(deployment, field) ?? '', wanted);
      }),
    ),
  );
}

function getDeployment(call: FoundryCall): Reply {
  const name = call.names['name'] ?? '';
  const found = all(call).find((deployment) => sameText(deployment.name, name));
  if (found) return json(200, show(found));
  throw missing(`Deployment '${name}'`, 'NotFound');
}

function show({ name, writable, readOnly }: StoredResource): JsonObject {
  return defined({
    type: 'ModelDeployment',
    name,
    modelName: textAt(writable, 'properties.model.name'),
    modelVersion: textAt(writable, 'properties.model.version'),
    modelPublisher: textAt(writable, 'properties.model.publisher') ?? textAt(writable, 'properties.model.format'),
    capabilities: objectAt(readOnly, 'properties.capabilities'),
    sku: valueAt(writable, 'sku'),
  });
}
