import {
  textOf,
  isArray,
  isObject,
  member,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { Location, Reconciler, Site } from '../../model/kind.ts';
import { compileArmKind, writeArm, type ArmKind, type CompiledArmKind } from '../shared/arm-kind.ts';
import { parentFieldOf, parentPath } from '../shared/arm-location.ts';
import { observeArm } from '../shared/arm-observation.ts';
import { neededSecrets } from '../shared/needed-secrets.ts';
import { apiVersionTag } from '../shared/marks.ts';
import { unanswered } from './unanswered.ts';
import schema from './schema.json' with { type: 'json' };

/** Written for types that have no location; children and extensions have none unless they say so. */
const NO_LOCATION = 'none';

/** Any ARM type. Type and api-version come from the manifest, so everything that other kinds declare is computed here. */
const template: ArmKind = {
  kind: 'AzureResource',
  schema,
  type: 'any',
  apiVersion: '',
  // Rules of names are not known for any type, so the name is taken as it is written.
  nameRule: { scope: 'parent', pattern: /^[^<>%&\\?/]{1,260}$/, maxLength: 260, style: 'as-is' },
};

const compiled = compileArmKind(template);

function compiledFor(site: Site): CompiledArmKind {
  const spec = site.spec as JsonObject;
  return {
    ...compiled,
    type: textOf(spec, 'type'),
    apiVersion: textOf(spec, 'apiVersion'),
    ownership: isMarked(spec) ? 'tags' : 'none',
    readOnly: pointers(member(spec, 'readOnly')),
    writeOnly: pointers(member(spec, 'writeOnly')),
    // Without a manifest nobody would know how to read the resource that is left over.
    markMore: apiVersionTag(textOf(spec, 'apiVersion')),
    toArm: withoutLocation,
  };
}

function withoutLocation(body: JsonObject): JsonObject {
  return member(body, 'location') === NO_LOCATION ? without(body, 'location') : body;
}

function isMarked(spec: JsonObject): boolean {
  return member(spec, 'marked') !== false;
}

/** Fields of the manifest that say how, not what: Azure does not have them, so live has what the manifest has. */
const OWN_FIELDS = new Set([
  'type',
  'apiVersion',
  'parent',
  'extension',
  'marked',
  'immutable',
  'writeOnly',
  'readOnly',
]);

export const azureResource: Reconciler = {
  kind: 'AzureResource',
  schema,
  azureType: 'any',
  apiVersion: '',
  nameRule: template.nameRule,
  ownership: 'tags',
  stateful: false,
  outputs: {
    id: 'Resource id.',
    name: 'Name in Azure.',
    '*': 'Any property, by its path with dots, such as properties.hostName.',
  },
  parts: {},
  locate,
  identify: (item) => textOf(item, 'id'),
  observe(body, site) {
    const observation = observeArm(compiledFor(site), body, site);
    const own = Object.entries(site.spec as JsonObject).filter(([name]) => OWN_FIELDS.has(name));
    const outputs = { ...flattened(body), ...observation.outputs };
    return { ...observation, spec: { ...observation.spec, ...Object.fromEntries(own) }, outputs };
  },
  canonical: (spec) =>
    member(spec, 'parent') !== undefined && member(spec, 'location') === undefined
      ? { ...spec, location: NO_LOCATION }
      : spec,
  neededSecrets: (spec, fields) =>
    neededSecrets({ ...compiled, ownership: isMarked(spec) ? 'tags' : 'none' }, spec, fields),
  ownershipOf: (spec) => (isMarked(spec) ? 'tags' : 'none'),
  immutable: (spec) => pointers(member(spec, 'immutable')),
  tolerate: (desired, live) => [...pointers(member(desired, 'writeOnly')), ...unanswered(desired, live)],
  async write(context, site, live, fields) {
    const { address } = locate(site);
    if (!address) throw new Error(`The address of ${site.id} is not known although everything it needs was applied`);
    return writeArm(compiledFor(site), context, site, { path: address.path, live: live?.body, fields });
  },
  remove: ({ azure, signal, report }, live) => azure.delete(live.address, { signal, report }),
};

function pointers(value: Json | undefined): Pointer[] {
  return isArray(value)
    ? value.filter((one) => typeof one === 'string').map((one): Pointer => `/properties${one}`)
    : [];
}

function locate(site: Site): Location {
  const spec = site.spec as JsonObject;
  const type = member(spec, 'type');
  const apiVersion = member(spec, 'apiVersion');
  const base =
    member(spec, 'parent') === undefined
      ? site.environment.groupPath
      : parentPath(parentFieldOf(compiled.fields), site);
  if (typeof type !== 'string' || typeof apiVersion !== 'string' || base === undefined)
    return { address: undefined, collection: undefined };
  const child = type.split('/').length > 2 && member(spec, 'extension') !== true;
  const folder = child ? `${base}/${type.slice(type.lastIndexOf('/') + 1)}` : `${base}/providers/${type}`;
  return { address: { path: `${folder}/${site.azureName}`, apiVersion }, collection: { path: folder, apiVersion } };
}

/** Every scalar of a body by its dotted path, for `valueFrom`. */
function flattened(body: JsonObject, prefix = ''): JsonObject {
  const entries = Object.entries(body).flatMap(([key, value]): [string, Json][] => {
    return isObject(value) ? Object.entries(flattened(value, `${prefix}${key}.`)) : [[`${prefix}${key}`, value]];
  });
  return Object.fromEntries(entries);
}
