import { isObject, objectAt, sameText, textAt, valueAt, type Json, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { accountConnections, projectConnections } from '../providers/cognitive-services/connections.ts';
import { json, type Reply } from '../http/reply.ts';
import { missing } from './shared/foundry-error.ts';
import { linkedPage } from './shared/paging.ts';
import type { FoundryCall, Route } from './shared/route.ts';

/** Connections, which are written through ARM and can only be read here. */
export const CONNECTION_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'connections', handle: listConnections },
  {
    method: 'GET',
    path: 'connections/{name}',
    handle: (call) => json(200, show(call, requireConnection(call), false)),
  },
  {
    method: 'POST',
    path: 'connections/{name}/getConnectionWithCredentials',
    handle: (call) => json(200, show(call, requireConnection(call), true)),
  },
];

/** The project's own connections, and those that its account shares. */
function visibleConnections({ engine, account, project }: FoundryCall): StoredResource[] {
  const own = engine.resources.list({ type: projectConnections.type, parent: project.id });
  const ofAccount = engine.resources.list({ type: accountConnections.type, parent: account.id });
  return [...own, ...ofAccount.filter(({ writable }) => valueAt(writable, 'properties.isSharedToAll') === true)];
}

function listConnections(call: FoundryCall): Reply {
  const { query } = call.request;
  const type = query.get('connectionType');
  const defaultOnly = query.get('defaultConnection')?.toLowerCase() === 'true';
  const shown = visibleConnections(call).map((connection) => show(call, connection, false));
  return linkedPage(
    call.request,
    shown.filter(
      (each) =>
        (type === undefined || sameText(textAt(each, 'type') ?? '', type)) &&
        (!defaultOnly || each['isDefault'] === true),
    ),
  );
}

function requireConnection(call: FoundryCall): StoredResource {
  const name = call.names['name'] ?? '';
  const found = visibleConnections(call).find((connection) => sameText(connection.name, name));
  if (found) return found;
  throw missing(`Connection '${name}'`, 'NotFound');
}

/** Names of categories that differ between the two planes. */
const TYPES: Readonly<Record<string, string>> = { CosmosDb: 'CosmosDB', RemoteTool: 'RemoteTool_Preview' };

/** The first connection of a type is its default. */
function show(call: FoundryCall, connection: StoredResource, withCredentials: boolean): JsonObject {
  const category = textAt(connection.writable, 'properties.category') ?? '';
  const first = visibleConnections(call).find(({ writable }) => textAt(writable, 'properties.category') === category);
  return {
    name: connection.name,
    id: connection.id,
    type: TYPES[category] ?? category,
    target: textAt(connection.writable, 'properties.target') ?? '',
    isDefault: first?.id === connection.id,
    credentials: {
      type: textAt(connection.writable, 'properties.authType') ?? 'None',
      ...(withCredentials ? credentials(connection) : {}),
    },
    metadata: objectAt(connection.writable, 'properties.metadata'),
  };
}

/** `keys` of CustomKeys stand at the top, and the key of SAS is in capitals. */
function credentials({ secret }: StoredResource): Record<string, Json> {
  const { keys, sas, ...others } = objectAt(secret, 'properties.credentials');
  return { ...others, ...(isObject(keys) ? keys : {}), ...(sas === undefined ? {} : { SAS: sas }) };
}
