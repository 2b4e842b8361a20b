import { createHash } from 'node:crypto';
import { ArmError } from '../../arm/arm-error.ts';
import { notFound } from '../../arm/existence.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { collectionOf } from '../../engine/documents.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { SEARCH_TYPE, SEARCH_VERSIONS } from './shared.ts';

/** The keys of one service: how often the admin keys were regenerated, and its query keys by value. */
interface Keys {
  readonly renewed: Readonly<Record<string, number>>;
  readonly query: readonly { readonly name: string | null; readonly key: string }[];
}

const keys = collectionOf<Keys>('search-keys');
const MOST_QUERY_KEYS = 50;

function keysOf({ engine }: Call, service: StoredResource): Keys {
  const known = keys.get(engine.documents, `${service.id}|${service.created.at}`);
  return known ?? { renewed: {}, query: [{ name: null, key: valueOf(service, 'query', 0) }] };
}

function store({ engine }: Call, service: StoredResource, value: Keys): void {
  keys.put(engine.documents, `${service.id}|${service.created.at}`, value);
}

/** 52 letters and digits, as keys of Azure AI Search are. */
function valueOf({ id, created }: StoredResource, kind: string, count: number): string {
  const digest = createHash('sha512').update(`${id.toLowerCase()}|${created.at}|${kind}|${count}`).digest('base64url');
  return digest.replaceAll(/[-_]/gu, 'A').slice(0, 52);
}

export function listAdminKeys(call: Call): Reply {
  return adminKeys(call, requireResource(call));
}

function adminKeys(call: Call, service: StoredResource): Reply {
  const { renewed } = keysOf(call, service);
  const key = (kind: string): string => valueOf(service, kind, renewed[kind] ?? 0);
  return json(200, { primaryKey: key('primary'), secondaryKey: key('secondary') });
}

export function listQueryKeys(call: Call): Reply {
  return json(200, { value: keysOf(call, requireResource(call)).query.map((each) => ({ ...each })) });
}

function parentOf(call: Call): StoredResource {
  const found = call.engine.resources.get(call.target.parent);
  if (found) return found;
  throw notFound(call.target, call.type);
}

function action(name: string, method: 'POST' | 'DELETE', handle: (call: Call) => Reply): ResourceType {
  return {
    type: `${SEARCH_TYPE}/${name}`,
    apiVersions: SEARCH_VERSIONS,
    placement: 'none',
    handlers: { [method]: handle },
  };
}

/** `POST …/regenerateAdminKey/{primary|secondary}` */
export const regenerateAdminKey = action('regenerateAdminKey', 'POST', (call) => {
  const service = parentOf(call);
  const kind = (call.target.names.at(-1) ?? '').toLowerCase();
  if (kind !== 'primary' && kind !== 'secondary')
    throw new ArmError(400, 'BadRequest', `The key kind '${kind}' is not valid.`);
  const before = keysOf(call, service);
  store(call, service, { ...before, renewed: { ...before.renewed, [kind]: (before.renewed[kind] ?? 0) + 1 } });
  return adminKeys(call, service);
});

/** `POST …/createQueryKey/{name}` */
export const createQueryKey = action('createQueryKey', 'POST', (call) => {
  const service = parentOf(call);
  const before = keysOf(call, service);
  if (before.query.length >= MOST_QUERY_KEYS)
    throw new ArmError(400, 'BadRequest', `A service has at most ${MOST_QUERY_KEYS} query keys.`);
  const name = call.target.names.at(-1) ?? '';
  const made = { name, key: valueOf(service, `query|${name}`, call.engine.clock.now()) };
  store(call, service, { ...before, query: [...before.query, made] });
  return json(200, made);
});

/** `DELETE …/deleteQueryKey/{key}` */
export const deleteQueryKey = action('deleteQueryKey', 'DELETE', (call) => {
  const service = parentOf(call);
  const before = keysOf(call, service);
  const query = before.query.filter(({ key }) => key !== call.target.names.at(-1));
  store(call, service, { ...before, query });
  return empty(query.length < before.query.length ? 200 : 204);
});
