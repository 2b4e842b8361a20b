import {
  isObject,
  member,
  mergePatch,
  objectAt,
  sameText,
  textAt,
  without,
  type JsonObject,
} from '../../engine/json.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { assetId, assetsOf, type Assets, type AssetVersion } from '../shared/assets.ts';
import { startUpload } from '../blobs/upload.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError, invalid, missing } from '../shared/foundry-error.ts';
import { linkedPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { compileObject } from '../../shape/notation.ts';
import { BUILTINS } from './builtin.ts';
import { builtinVersion } from './builtin-version.ts';
import { CREATE_EVALUATOR, UPDATE_EVALUATOR } from './shape.ts';

const PAGE = 20;
const ONE = 'evaluators/{name}/versions/{version}';

/** Evaluators: the built-in ones, and custom ones whose versions the service counts. */
export const EVALUATOR_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'evaluators', handle: listEvaluators },
  { method: 'GET', path: 'evaluators/{name}/versions', handle: listVersions },
  { method: 'POST', path: 'evaluators/{name}/versions', handle: createVersion },
  { method: 'GET', path: ONE, handle: (call) => json(200, requireShown(call)) },
  { method: 'PATCH', path: ONE, handle: updateVersion },
  { method: 'DELETE', path: ONE, handle: deleteVersion },
  { method: 'POST', path: `${ONE}/startPendingUpload`, handle: upload },
];

function storeOf({ engine, project }: FoundryCall): Assets {
  return assetsOf(engine, project, 'evaluators');
}

function show({ account, project }: FoundryCall, { name, version, body }: AssetVersion): JsonObject {
  return { ...body, name, version, id: assetId(account, project, 'evaluators', { name, version }) };
}

function builtins(): JsonObject[] {
  return BUILTINS.map(builtinVersion);
}

/** `type` is builtin, custom or all (the default). */
function ofType(call: FoundryCall, builtin: readonly JsonObject[], custom: readonly AssetVersion[]): JsonObject[] {
  const type = call.request.query.get('type')?.toLowerCase() ?? 'all';
  if (!['all', 'builtin', 'custom'].includes(type)) throw invalid('type must be builtin, custom or all', 'type');
  return [
    ...(type === 'custom' ? [] : builtin),
    ...(type === 'builtin' ? [] : custom.map((version) => show(call, version))),
  ];
}

function listEvaluators(call: FoundryCall): Reply {
  return linkedPage(call.request, ofType(call, builtins(), storeOf(call).latest()), PAGE);
}

function listVersions(call: FoundryCall): Reply {
  const name = call.names['name'] ?? '';
  const builtin = builtins().filter((each) => sameText(textAt(each, 'name') ?? '', name));
  const custom = storeOf(call).versions(name);
  if (builtin.length + custom.length === 0) throw missing(`Evaluator '${name}'`, 'NotFound');
  return linkedPage(call.request, ofType(call, builtin, custom), PAGE);
}

function findCustom(call: FoundryCall): AssetVersion | undefined {
  return storeOf(call).find(call.names['name'] ?? '', call.names['version'] ?? '');
}

function requireShown(call: FoundryCall): JsonObject {
  const { name = '', version = '' } = call.names;
  const custom = findCustom(call);
  if (custom) return show(call, custom);
  const builtin = builtins().find((each) => textAt(each, 'name') === name && textAt(each, 'version') === version);
  if (builtin) return builtin;
  throw missing(`Evaluator '${name}' version '${version}'`, 'NotFound');
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/u;

/** 201 with the next number; numbers of deleted versions are not used again. */
function createVersion(call: FoundryCall): Reply {
  const name = call.names['name'] ?? '';
  requireCustomName(name);
  const body = requireShape(CREATE_EVALUATOR, readBody(call));
  const metrics = Object.keys(objectAt(body, 'definition.metrics'));
  if (textAt(body, 'definition.type') === 'prompt' && metrics.length === 0)
    throw invalid('A prompt evaluator needs metrics', 'definition.metrics');
  const { engine, caller } = call;
  const now = new Date(engine.clock.now()).toISOString();
  const store = storeOf(call);
  const asset = {
    name,
    version: nextVersion(call, name),
    body: { ...without(body, 'name', 'version'), created_by: caller.name, created_at: now, modified_at: now },
  };
  store.save(asset);
  return json(201, show(call, asset));
}

function requireCustomName(name: string): void {
  if (/^builtin\./iu.test(name))
    throw new FoundryError(400, 'UserError', "The prefix 'builtin.' is reserved for the service", 'name');
  if (!NAME.test(name)) throw new FoundryError(400, 'UserError', `The name '${name}' is invalid`, 'name');
}

/** Counted in a separate asset, so that a deleted last version leaves its number behind. */
function nextVersion({ engine, project }: FoundryCall, name: string): string {
  const counters = assetsOf(engine, project, 'evaluator-counters');
  const last = Number(textAt(counters.find(name, 'last')?.body, 'number') ?? 0);
  const number = String(last + 1);
  counters.save({ name, version: 'last', body: { number } });
  return number;
}

/** The description of a version can change, its definition cannot. */
function updateVersion(call: FoundryCall): Reply {
  const found = findCustom(call);
  if (!found)
    throw missing(`Evaluator '${call.names['name'] ?? ''}' version '${call.names['version'] ?? ''}'`, 'NotFound');
  const patch = readBody(call);
  const definition = member(patch, 'definition');
  const before = objectAt(found.body, 'definition');
  if (definition !== undefined && JSON.stringify(mergePatch(before, definition)) !== JSON.stringify(before))
    throw new FoundryError(400, 'UserError', 'The definition of an evaluator version cannot be changed', 'definition');
  requireShape(UPDATE_EVALUATOR, without(patch, 'definition'));
  const merged = mergePatch(found.body, without(patch, 'definition', 'id', 'name', 'version'));
  const modified_at = new Date(call.engine.clock.now()).toISOString();
  const changed = { ...found, body: { ...(isObject(merged) ? merged : {}), modified_at } };
  storeOf(call).save(changed);
  return json(200, show(call, changed));
}

/** Built-in ones stay: 400. */
function deleteVersion(call: FoundryCall): Reply {
  const { name = '', version = '' } = call.names;
  if (/^builtin\./iu.test(name))
    throw new FoundryError(400, 'UserError', 'Built-in evaluators cannot be deleted', 'name');
  storeOf(call).remove(name, version);
  return empty(204);
}

const UPLOAD = compileObject({
  connectionName: 'string',
  pendingUploadId: 'string',
  'pendingUploadType!': 'BlobReference',
});

function upload(call: FoundryCall): Reply {
  return json(200, startUpload(call, call.names['version'] ?? '', requireShape(UPLOAD, readBody(call))));
}
