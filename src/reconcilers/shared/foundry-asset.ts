import { notKnown } from '../../model/diagnostic.ts';
import type { Address, AzureReads } from '../../model/azure.ts';
import { member, pointer, textAt, textOf, without, type JsonObject } from '../../model/json.ts';
import type { Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import type { SpecSchema } from '../../model/schema.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import type { FieldChange } from '../../model/plan.ts';
import { removedFields } from './edit/undone.ts';
import { markFromTags, markTags, withoutMark } from './marks.ts';

const API_VERSION = 'v1';

/** Tag that says which content a version has. */
const CONTENT_TAG = 'ingate-sha256';

const VERSION_LENGTH = 12;

/**
 * A kind of the Foundry data plane (api-version v1) that has versions and no history of its own: datasets and indexes.
 * A version is named by its content unless the manifest names it, so the same content is never sent twice and an earlier
 * content goes back to its earlier version.
 */
export interface FoundryAsset {
  readonly kind: string;
  readonly schema: SpecSchema;
  /** Segment of its collection, such as `datasets`. */
  readonly collection: string;
  readonly stateful: boolean;
  /** sha256 over what makes a version. */
  contentOf(site: Site): string;
  /** Further outputs: members of a version with what they are. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Fields of the spec that a live version tells, besides description and tags. */
  observe(version: JsonObject, site: Site): JsonObject;
  /** What a version is made of, after content was uploaded where there is any. */
  body(context: WriteContext, site: Site, version: VersionAddress): Promise<JsonObject>;
}

export interface VersionAddress {
  readonly path: string;
  readonly apiVersion: string;
  readonly version: string;
}

export function foundryAsset(asset: FoundryAsset): Reconciler {
  const locate = (site: Site): Location => locateAsset(asset, site);
  const kind: Reconciler = {
    kind: asset.kind,
    schema: asset.schema,
    azureType: `Foundry/${asset.collection}`,
    apiVersion: API_VERSION,
    nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, maxLength: 255, style: 'as-is' },
    ownership: 'tags',
    stateful: asset.stateful,
    outputs: {
      id: 'Address in the project.',
      name: 'Name in the project.',
      version: 'Version that the manifest stands for.',
      versionId: 'Id of that version, as evaluations refer to it.',
      ...asset.outputs,
    },
    parts: {},
    locate,
    identify: (item, { path }) => `${path}/${textOf(item, 'name')}`,
    observe: (body, site) => observe(asset, body, site),
    look: (reader, address) => latestOf(reader, address),
    // What is wanted may exist without being the latest.
    async inspect(reader, site, live) {
      const body = await reader.get(versionAddress(asset, site, live.address));
      if (!body) return live;
      const observation = observe(asset, body, site);
      return { ...live, ...observation, body, fingerprint: fingerprintOf(observation) };
    },
    explainUpdate: (site, live) =>
      contentTag(live.body) === asset.contentOf(site) ? undefined : `makes version ${versionName(asset, site)}`,
    write: (context, site, live, fields) => write(asset, context, site, live && { body: live.body, fields }),
    remove: (context, live) => removeAll(context, live.address),
  };
  return kind;
}

function locateAsset(asset: FoundryAsset, site: Site): Location {
  const project = member(site.spec as JsonObject, 'project');
  const endpoint =
    typeof project === 'string' ? site.outputOf(resourceId('FoundryProject', project), 'endpoint') : undefined;
  if (typeof endpoint !== 'string') return { address: undefined, collection: undefined };
  const folder = `${endpoint.replace(/\/+$/, '')}/${asset.collection}`;
  return {
    address: { path: `${folder}/${site.azureName}`, apiVersion: API_VERSION },
    collection: { path: folder, apiVersion: API_VERSION },
  };
}

/** The latest version of an asset: only the list of all assets tells it. */
async function latestOf(reader: AzureReads, { path }: Address): Promise<JsonObject | undefined> {
  const end = path.lastIndexOf('/');
  const latest = await reader.list({ path: path.slice(0, end), apiVersion: API_VERSION });
  return latest?.find((one) => textOf(one, 'name') === path.slice(end + 1));
}

function versionName(asset: FoundryAsset, site: Site): string {
  return textOf(site.spec as JsonObject, 'version') || asset.contentOf(site).slice(0, VERSION_LENGTH);
}

function versionAddress(asset: FoundryAsset, site: Site, { path }: Address): VersionAddress {
  const version = versionName(asset, site);
  return { path: `${path}/versions/${version}`, apiVersion: API_VERSION, version };
}

function contentTag(version: JsonObject): string {
  return textAt(version, `/tags/${CONTENT_TAG}`);
}

function observe(asset: FoundryAsset, version: JsonObject, site: Site) {
  const { spec, azureName } = site;
  const tags = without(withoutMark(member(version, 'tags')), CONTENT_TAG);
  const description = textOf(version, 'description');
  const project = member(spec as JsonObject, 'project') ?? null;
  return {
    spec: {
      project,
      tags,
      ...(description === '' ? {} : { description }),
      ...(Object.hasOwn(spec, 'version') ? { version: textOf(version, 'version') } : {}),
      ...asset.observe(version, site),
    },
    outputs: {
      id: locateAsset(asset, site).address?.path ?? '',
      name: textOf(version, 'name') || azureName,
      version: textOf(version, 'version'),
      versionId: textOf(version, 'id'),
      ...Object.fromEntries(Object.keys(asset.outputs ?? {}).map((name) => [name, textOf(version, name)])),
    },
    mark: markFromTags(member(version, 'tags')),
  };
}

async function write(
  asset: FoundryAsset,
  context: WriteContext,
  site: Site,
  live: { readonly body: JsonObject; readonly fields: readonly FieldChange[] } | undefined,
): Promise<JsonObject> {
  const { address } = locateAsset(asset, site);
  if (!address) throw notKnown(`The endpoint of the project of ${site.id} is not known although it was applied`);
  const spec = site.spec as JsonObject;
  const content = asset.contentOf(site);
  const target = versionAddress(asset, site, address);
  const there = await context.azure.get(target);
  const same = there !== undefined && contentTag(there) === content;
  if (there && !same && textOf(spec, 'version') !== '' && contentTag(there) !== '')
    throw new Error(
      `Version ${target.version} of ${site.azureName} exists with other content. Versions are not changed: name another one.`,
    );
  const before = same ? there : live?.body;
  const gone = new Set<string>(removedFields(spec, live?.fields ?? []));
  const kept = keptTags(before, gone);
  const declared = member(spec, 'tags') as JsonObject | undefined;
  const tags = { ...kept, ...declared, ...markTags(site), [CONTENT_TAG]: content };
  const description =
    textOf(spec, 'description') || (gone.has('/description') ? '' : textOf(before ?? {}, 'description'));
  const about: JsonObject = { tags: withGone(there, tags), description: description || null };
  const body = same ? about : { ...(await asset.body(context, site, target)), ...about };
  context.report(same ? `updating version ${target.version}` : `making version ${target.version}`);
  const headers = { 'content-type': 'application/merge-patch+json' };
  return context.azure.patch({ ...target, headers }, body, { signal: context.signal });
}

/** Tags of the version before that nothing is declared about. */
function keptTags(before: JsonObject | undefined, gone: ReadonlySet<string>): JsonObject {
  const tags = Object.entries(withoutMark(member(before ?? {}, 'tags')));
  return Object.fromEntries(tags.filter(([key]) => !gone.has(pointer('/tags', key)) && !gone.has('/tags')));
}

/** A merge patch takes a tag away only when it says so. */
function withGone(live: JsonObject | undefined, tags: JsonObject): JsonObject {
  const gone = Object.keys((member(live ?? {}, 'tags') ?? {}) as JsonObject).filter((key) => !Object.hasOwn(tags, key));
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...tags };
}

async function removeAll({ azure, signal }: WriteContext, { path }: Address): Promise<void> {
  const versions = (await azure.list({ path: `${path}/versions`, apiVersion: API_VERSION })) ?? [];
  for (const version of versions)
    await azure.delete({ path: `${path}/versions/${textOf(version, 'version')}`, apiVersion: API_VERSION }, { signal });
}
