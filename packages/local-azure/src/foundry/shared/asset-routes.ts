import { mergePatch, isObject, textAt, type JsonObject } from '../../engine/json.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import type { ObjectNode } from '../../shape/notation.ts';
import { assetsOf, type Assets, type AssetVersion } from './assets.ts';
import { readBody, requireShape } from './body.ts';
import { FoundryError, missing } from './foundry-error.ts';
import { linkedPage } from './paging.ts';
import type { FoundryCall, Route } from './route.ts';

/** A kind of asset whose versions a client names, and which is written by merge patch. */
export interface AssetKind {
  /** In paths: `datasets`. */
  readonly plural: string;
  /** In messages: `Dataset`. */
  readonly title: string;
  /** Of a version once patched. */
  readonly shape: ObjectNode;
  /** Checks and completes what a client wrote. */
  readonly prepare?: (call: FoundryCall, body: JsonObject, previous: AssetVersion | undefined) => JsonObject;
  readonly show: (call: FoundryCall, asset: AssetVersion) => JsonObject;
}

/** List (the latest of each), versions, GET, PATCH (201 or 200) and DELETE (204, also when there is none). */
export function assetRoutes(kind: AssetKind): Route[] {
  const { plural } = kind;
  const one = `${plural}/{name}/versions/{version}`;
  return [
    { method: 'GET', path: plural, handle: (call) => page(call, kind, storeOf(call, kind).latest()) },
    { method: 'GET', path: `${plural}/{name}/versions`, handle: (call) => listVersions(call, kind) },
    { method: 'GET', path: one, handle: (call) => json(200, kind.show(call, requireAsset(call, kind))) },
    { method: 'PATCH', path: one, handle: (call) => patch(call, kind) },
    { method: 'DELETE', path: one, handle: (call) => remove(call, kind) },
  ];
}

function storeOf({ engine, project }: FoundryCall, { plural }: AssetKind): Assets {
  return assetsOf(engine, project, plural);
}

function placeOf({ names }: FoundryCall): { readonly name: string; readonly version: string } {
  return { name: names['name'] ?? '', version: names['version'] ?? '' };
}

/** The version that the path names; 404 when there is none. */
export function requireAsset(call: FoundryCall, kind: AssetKind): AssetVersion {
  const { name, version } = placeOf(call);
  const found = storeOf(call, kind).find(name, version);
  if (found) return found;
  throw missing(`${kind.title} '${name}' version '${version}'`, 'NotFound');
}

function page(call: FoundryCall, kind: AssetKind, assets: readonly AssetVersion[]): Reply {
  return linkedPage(
    call.request,
    assets.map((asset) => kind.show(call, asset)),
  );
}

function listVersions(call: FoundryCall, kind: AssetKind): Reply {
  const { name } = placeOf(call);
  const versions = storeOf(call, kind).versions(name);
  if (versions.length === 0) throw missing(`${kind.title} '${name}'`, 'NotFound');
  return page(call, kind, versions);
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/u;

function patch(call: FoundryCall, kind: AssetKind): Reply {
  const place = placeOf(call);
  for (const [key, value] of Object.entries(place)) {
    if (!NAME.test(value))
      throw new FoundryError(
        400,
        'UserError',
        `The ${key} '${value}' is invalid: letters, digits, '_', '.' and '-'`,
        key,
      );
  }
  const store = storeOf(call, kind);
  const previous = store.find(place.name, place.version);
  const merged = mergePatch(previous?.body, readBody(call));
  const body = requireShape(kind.shape, isObject(merged) ? merged : {});
  requireSame('name', place.name, textAt(body, 'name'));
  requireSame('version', place.version, textAt(body, 'version'));
  const asset = { ...place, body: kind.prepare?.(call, body, previous) ?? body };
  store.save(asset);
  return json(previous ? 200 : 201, kind.show(call, asset));
}

function requireSame(key: string, inPath: string, inBody: string | undefined): void {
  if (inBody === undefined || inBody === inPath) return;
  throw new FoundryError(
    400,
    'UserError',
    `The ${key} '${inBody}' of the body is not that of the path, '${inPath}'`,
    key,
  );
}

function remove(call: FoundryCall, kind: AssetKind): Reply {
  const { name, version } = placeOf(call);
  storeOf(call, kind).remove(name, version);
  return empty(204);
}
