import { accountConnections, projectConnections } from '../../providers/cognitive-services/connections.ts';
import { sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { missing } from '../shared/foundry-error.ts';
import type { FoundryCall } from '../shared/route.ts';
import { signContainer } from './sas.ts';
import { createContainer, findContainer } from './store.ts';

/** A container for one upload, as `startPendingUpload` returns it. `connectionName` names a storage connection of the project. */
export function startUpload(call: FoundryCall, version: string, request: JsonObject): JsonObject {
  const { engine } = call;
  const id = textAt(request, 'pendingUploadId') ?? engine.ids.guid();
  const { account, armId } = storageOf(call, textAt(request, 'connectionName'));
  const container = `${engine.ids.guidOf(call.project.id).slice(0, 8)}-${id}`.toLowerCase().slice(0, 63);
  createContainer(engine, account, container);
  return {
    blobReference: reference(call, account, container, armId, 'racwdl'),
    pendingUploadId: id,
    version,
    pendingUploadType: textAt(request, 'pendingUploadType') ?? 'BlobReference',
  };
}

/** Leave to read the container of a blob on this server; undefined when the address is of somewhere else. */
export function readCredentials(call: FoundryCall, address: string): JsonObject | undefined {
  const place = placeOf(address);
  if (!place || !findContainer(call.engine, place.account, place.container)) return undefined;
  const { armId } = storageOf(call, undefined);
  return { blobReference: reference(call, place.account, place.container, armId, 'rl') };
}

function reference(
  call: FoundryCall,
  account: string,
  container: string,
  armId: string,
  permissions: string,
): JsonObject {
  const uri = `${call.request.origin}/${account}.blob/${container}`;
  const query = signContainer(call.engine, account, container, permissions);
  return { blobUri: uri, storageAccountArmId: armId, credential: { type: 'SAS', sasUri: `${uri}?${query}` } };
}

/** The storage account of a connection, by default one that Foundry keeps itself. */
function storageOf(
  { engine, project, account }: FoundryCall,
  name: string | undefined,
): { readonly account: string; readonly armId: string } {
  const managed = `sa${engine.ids.guidOf(`storage of ${account.id}`).replaceAll('-', '').slice(0, 16)}`;
  if (name === undefined) {
    const group = `/subscriptions/${project.subscription}/resourceGroups/${project.resourceGroup}`;
    return { account: managed, armId: `${group}/providers/Microsoft.Storage/storageAccounts/${managed}` };
  }
  const connections = [
    ...engine.resources.list({ type: projectConnections.type, parent: project.id }),
    ...engine.resources
      .list({ type: accountConnections.type, parent: account.id })
      .filter(({ writable }) => valueAt(writable, 'properties.isSharedToAll') === true),
  ];
  const found = connections.find((connection) => sameText(connection.name, name));
  if (!found) throw missing(`Connection '${name}'`, 'NotFound');
  return {
    account: accountOf(found) ?? managed,
    armId: textAt(found.writable, 'properties.metadata.ResourceId') ?? '',
  };
}

function accountOf({ writable }: StoredResource): string | undefined {
  const target = textAt(writable, 'properties.target') ?? '';
  return /^https?:\/\/(?<name>[a-z0-9]{3,24})\./u.exec(target)?.groups?.['name'];
}

/** Account, container and blob of an address on this server, whatever its host and query. */
export function placeOf(
  address: string,
): { readonly account: string; readonly container: string; readonly blob: string } | undefined {
  if (!URL.canParse(address)) return undefined;
  const [host = '', container, ...blob] = new URL(address).pathname.split('/').slice(1).map(decodeURIComponent);
  const account = /^(?<account>[a-z0-9]{3,24})\.blob$/u.exec(host)?.groups?.['account'];
  return account === undefined || container === undefined ? undefined : { account, container, blob: blob.join('/') };
}
