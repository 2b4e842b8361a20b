import { notKnown } from '../../model/diagnostic.ts';
import type { Address, AzureReads } from '../../model/azure.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import { equal, isObject, member, segmentsOf, textAt, textOf, type Json, type JsonObject } from '../../model/json.ts';
import type { Live, Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import type { FieldChange } from '../../model/plan.ts';
import { removedFields } from '../shared/edit/undone.ts';
import { once, projectEndpoint } from '../shared/evals.ts';
import { markFromTags, markTags } from '../shared/marks.ts';
import { definitionHash, definitionOf, specOf } from './definition.ts';
import schema from './schema.json' with { type: 'json' };
import type { EvaluatorSpec } from './spec.ts';

const API_VERSION = 'v1';

/** Tag that says which definition a version has. */
const CONTENT_TAG = 'ingate-sha256';

/**
 * An evaluator of a Foundry project (data plane, api-version v1). The service counts versions and their definitions are
 * immutable, so what a manifest stands for is the version with its definition, not always the latest.
 */
export const evaluator: Reconciler = {
  kind: 'Evaluator',
  schema,
  azureType: 'Foundry/evaluators',
  apiVersion: API_VERSION,
  nameRule: {
    scope: 'parent',
    pattern: /^(?!builtin\.)[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/i,
    maxLength: 255,
    style: 'as-is',
  },
  ownership: 'tags',
  stateful: false,
  outputs: {
    id: 'Address in the project.',
    name: 'Name that graders use.',
    version: 'Version with the definition of the manifest.',
    versionId: 'Id of that version.',
  },
  parts: {},
  locate,
  identify: (item, { path }) => `${path}/${textOf(item, 'name')}`,
  observe,
  look: latestOf,
  claims: (body) => {
    const type = textAt(body, '/definition/type');
    return type === 'prompt' || textAt(body, '/definition/code_text') !== '' ? 'yes' : 'other';
  },
  // What is wanted may exist without being the latest.
  async inspect(reader, site, live) {
    const body = await versionOf(reader, site, live.address);
    if (!body) return live;
    const observation = observe(body, site);
    return { ...live, ...observation, body, fingerprint: fingerprintOf(observation) };
  },
  review(value) {
    const { prompt, code } = value as unknown as EvaluatorSpec;
    return (prompt === undefined) === (code === undefined)
      ? [{ field: '', code: 'ING7007', message: 'An evaluator is a prompt or code, one of the two' }]
      : [];
  },
  contentDigest: ({ spec }) => definitionHash(spec as EvaluatorSpec),
  explainUpdate: (site, live) => (hasDefinition(site, live.body) ? undefined : 'creates a new version'),
  write,
  remove: removeOurs,
};

function locate(site: Site): Location {
  const endpoint = projectEndpoint(site);
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const path = `${endpoint}/evaluators`;
  return {
    address: { path: `${path}/${site.azureName}`, apiVersion: API_VERSION },
    collection: { path, apiVersion: API_VERSION, query: { type: 'custom' } },
  };
}

function observe(version: JsonObject, site: Site) {
  return {
    spec: { project: member(site.spec as JsonObject, 'project') ?? null, ...specOf(version) },
    outputs: {
      id: locate(site).address?.path ?? '',
      name: textOf(version, 'name') || site.azureName,
      version: textOf(version, 'version'),
      versionId: textOf(version, 'id'),
    },
    mark: markFromTags(member(version, 'tags')),
  };
}

/** The latest version: only the list of all evaluators tells it. */
async function latestOf(reader: AzureReads, { path }: Address): Promise<JsonObject | undefined> {
  const end = path.lastIndexOf('/');
  const collection = { path: path.slice(0, end), apiVersion: API_VERSION, query: { type: 'custom' } };
  return (await reader.list(collection))?.find((one) => textOf(one, 'name') === path.slice(end + 1));
}

async function versionsOf(reader: AzureReads, { path }: Address): Promise<readonly JsonObject[]> {
  return (await reader.list({ path: `${path}/versions`, apiVersion: API_VERSION })) ?? [];
}

/** The newest version of ours that has the definition. */
async function versionOf(reader: AzureReads, site: Site, address: Address): Promise<JsonObject | undefined> {
  const ours = (await versionsOf(reader, address)).filter((one) => isOurs(one, site) && hasDefinition(site, one));
  return ours.toSorted((a, b) => Number(textOf(b, 'version')) - Number(textOf(a, 'version')))[0];
}

function isOurs(version: JsonObject, { environment, id }: Pick<Site, 'environment' | 'id'>): boolean {
  const mark = markFromTags(member(version, 'tags'));
  return mark?.environment === environment.name && mark.id === id;
}

/** By the tag, and for versions of others by the definition itself; the service may have added fields to it. */
function hasDefinition({ spec }: Site, version: JsonObject): boolean {
  const tag = textAt(version, `/tags/${CONTENT_TAG}`);
  const wanted = spec as EvaluatorSpec;
  return tag === '' ? isPartOf(definitionOf(wanted), member(version, 'definition')) : tag === definitionHash(wanted);
}

function isPartOf(wanted: Json, live: Json | undefined): boolean {
  if (!isObject(wanted) || !isObject(live)) return equal(wanted, live);
  return Object.entries(wanted).every(([key, value]) => isPartOf(value, member(live, key)));
}

async function write(
  context: WriteContext,
  site: Site,
  live: Live | undefined,
  fields: readonly FieldChange[],
): Promise<JsonObject> {
  const { azure, signal, report } = context;
  const { address } = locate(site);
  if (!address) throw notKnown(`The endpoint of the project of ${site.id} is not known although it was applied`);
  const spec = site.spec as EvaluatorSpec;
  const about: JsonObject = {
    ...(spec.displayName === undefined ? {} : { display_name: spec.displayName }),
    ...(spec.description === undefined ? {} : { description: spec.description }),
    categories: [...(spec.categories ?? ['quality'])],
    ...(spec.levels === undefined ? {} : { supported_evaluation_levels: [...spec.levels] }),
  };
  const marks = { ...markTags(site), [CONTENT_TAG]: definitionHash(spec) };
  let isNew = false;
  const version = await once(
    async () => (live && hasDefinition(site, live.body) ? live.body : versionOf(azure, site, address)),
    async () => {
      isNew = true;
      report('creating a version');
      const usual = { evaluator_type: 'custom', display_name: site.azureName };
      const body = { ...usual, ...about, tags: marks, definition: definitionOf(spec) };
      const versions = { path: `${address.path}/versions`, apiVersion: API_VERSION };
      return (await azure.post(versions, body, { signal })).body as JsonObject;
    },
  );
  if (isNew) return version;
  const name = textOf(version, 'version');
  report(`updating version ${name}`);
  const gone = new Set(removedFields(spec as unknown as JsonObject, fields));
  const cleared = {
    ...(gone.has('/displayName') ? { display_name: site.azureName } : {}),
    ...(gone.has('/description') ? { description: '' } : {}),
  };
  // Another version than the one that was looked at has to become as declared.
  const isSeen = live !== undefined && name === textOf(live.body, 'version');
  const changed = isSeen ? plannedMembers(about, fields) : about;
  const tags = { ...(member(version, 'tags') as JsonObject | undefined), ...marks };
  const place = { path: `${address.path}/versions/${name}`, apiVersion: API_VERSION };
  return azure.patch(place, { ...cleared, ...changed, tags }, { signal });
}

/** Members of a version by the field that says them. */
const MEMBERS: Readonly<Record<string, string>> = {
  '/displayName': 'display_name',
  '/description': 'description',
  '/categories': 'categories',
  '/levels': 'supported_evaluation_levels',
};

function plannedMembers(about: JsonObject, fields: readonly FieldChange[]): JsonObject {
  const planned = new Set(fields.map(({ field }) => MEMBERS[`/${segmentsOf(field)[0] ?? ''}`]));
  return Object.fromEntries(Object.entries(about).filter(([name]) => planned.has(name)));
}

/** Only versions with the mark of what is removed; those of others stay. */
async function removeOurs({ azure, signal }: WriteContext, live: Pick<Live, 'address' | 'body'>): Promise<void> {
  const own = markFromTags(member(live.body, 'tags'));
  for (const version of await versionsOf(azure, live.address)) {
    const mark = markFromTags(member(version, 'tags'));
    if (!own || mark?.environment !== own.environment || mark.id !== own.id) continue;
    const path = `${live.address.path}/versions/${textOf(version, 'version')}`;
    await azure.delete({ path, apiVersion: API_VERSION }, { signal });
  }
}
