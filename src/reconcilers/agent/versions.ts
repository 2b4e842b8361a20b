import { createHash } from 'node:crypto';
import { isAzureError, type Address, type AzureReads } from '../../model/azure.ts';
import {
  textOf,
  canonicalJson,
  isArray,
  isObject,
  member,
  valueAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { canonicalDefinition } from './definition.ts';

export const API_VERSION = 'v1';

/** What a version is made from. All of it is immutable once the version exists. */
export interface VersionContent {
  readonly definition: JsonObject;
  readonly description: string | undefined;
  /** Without the entries that ingate adds. */
  readonly metadata: JsonObject;
}

/** Metadata that ingate adds to each version. It says nothing that differs from run to run, or every apply would make one. */
export const METADATA = { environment: 'ingate.environment', id: 'ingate.id', hash: 'ingate.sha256' } as const;

/** sha256 over the canonical content: the same content is the same version, whoever wrote it in whatever dialect. */
export function contentHash({ definition, description, metadata }: VersionContent): string {
  const text = canonicalJson({ definition, description: description ?? null, metadata });
  return createHash('sha256').update(text).digest('hex');
}

export function contentOf(version: JsonObject): VersionContent {
  const definition = member(version, 'definition');
  const description = member(version, 'description');
  return {
    definition: isObject(definition) ? canonicalDefinition(definition) : {},
    description: typeof description === 'string' && description !== '' ? description : undefined,
    metadata: ownMetadata(member(version, 'metadata')),
  };
}

function ownMetadata(metadata: Json | undefined): JsonObject {
  const added = new Set<string>(Object.values(METADATA));
  return isObject(metadata) ? Object.fromEntries(Object.entries(metadata).filter(([key]) => !added.has(key))) : {};
}

export function versionName(version: Json | undefined): string | undefined {
  const name = member(version, 'version');
  return typeof name === 'string' ? name : undefined;
}

/** The version that requests go to: the largest share of the version selector, else the latest. */
export function servingVersion(agent: JsonObject): string | undefined {
  const rules = selectorRules(agent);
  const share = (rule: Json): number => Number(member(rule, 'traffic_percentage') ?? 0);
  const first = rules.toSorted((a, b) => share(b) - share(a))[0];
  const chosen = member(first, 'agent_version');
  return typeof chosen === 'string' ? chosen : versionName(valueAt(agent, '/versions/latest'));
}

export function selectorRules(agent: JsonObject): readonly Json[] {
  const rules = valueAt(agent, '/agent_endpoint/version_selector/version_selection_rules');
  return isArray(rules) ? rules : [];
}

function versionsOf(agent: Address): Address {
  return { path: `${agent.path}/versions`, apiVersion: API_VERSION, query: { limit: '100' } };
}

const DRAFTS = 'DraftAgents=V1Preview';

/** Drafts of an agent: versions that nothing is routed to. Empty where the agent does not exist. */
export async function listDrafts(reader: AzureReads, agent: Address): Promise<readonly JsonObject[]> {
  const all = { limit: '100', include_drafts: 'true' };
  const versions = await reader.list({ ...versionsOf(agent), query: all, headers: { 'foundry-features': DRAFTS } });
  return (versions ?? []).filter((version) => member(version, 'draft') === true);
}

/** All versions, newest first. */
export async function listVersions(reader: AzureReads, agent: Address): Promise<readonly JsonObject[]> {
  const versions = ((await reader.list(versionsOf(agent))) ?? []).filter((one) => member(one, 'draft') !== true);
  return versions.toSorted((a, b) => Number(versionName(b) ?? 0) - Number(versionName(a) ?? 0));
}

/** The newest usable version with exactly this content and this mark. */
export function findVersion(versions: readonly JsonObject[], hash: string, mark: JsonObject): JsonObject | undefined {
  return versions.find((version) => {
    const usable = member(version, 'status') !== 'failed';
    const ours = Object.entries(mark).every(([key, value]) => member(member(version, 'metadata'), key) === value);
    return usable && ours && contentHash(contentOf(version)) === hash;
  });
}

/** What each version's metadata says beside the user's own entries. */
export function markFor(site: Site, content: VersionContent): JsonObject {
  return {
    [METADATA.environment]: site.environment.name,
    [METADATA.id]: site.id,
    [METADATA.hash]: contentHash(content),
  };
}

const ATTEMPTS = 3;

/**
 * The version with this content: one that exists, else a new one. After a lost answer the versions are listed again, so
 * that no second version is made. A draft is a version of its own, which never serves.
 */
export async function ensureVersion(
  context: WriteContext,
  agent: Address,
  content: VersionContent,
  mark: JsonObject,
  draft = false,
): Promise<JsonObject> {
  const { azure, signal, report } = context;
  const hash = contentHash(content);
  const what = draft ? 'a draft' : 'a version';
  for (let attempt = 1; ; attempt++) {
    const existing = draft ? await listDrafts(azure, agent) : await listVersions(azure, agent);
    const known = findVersion(existing, hash, mark);
    if (known) return waitUntilActive(context, agent, known);
    try {
      report(attempt === 1 ? `creating ${what}` : `creating ${what}, trying again`);
      const body = {
        definition: content.definition,
        metadata: { ...content.metadata, ...mark },
        ...(content.description === undefined ? {} : { description: content.description }),
        ...(draft ? { draft } : {}),
      };
      const address = {
        path: `${agent.path}/versions`,
        apiVersion: API_VERSION,
        headers: previewHeaders(content.definition, draft),
      };
      const reply = await azure.post(address, body, { signal });
      if (isObject(reply.body)) return await waitUntilActive(context, agent, reply.body);
    } catch (error) {
      const again = isAzureError(error) && (error.details.maybeDone === true || (error.details.status ?? 0) >= 500);
      if (!again || attempt >= ATTEMPTS) throw error;
    }
  }
}

const PREVIEWS: Readonly<Record<string, string>> = {
  workflow: 'WorkflowAgents=V1Preview',
  external: 'ExternalAgents=V1Preview',
};

function previewHeaders(definition: JsonObject, draft: boolean): Record<string, string> {
  const features = [PREVIEWS[textOf(definition, 'kind')], ...(draft ? [DRAFTS] : [])].filter(
    (one) => one !== undefined,
  );
  return features.length === 0 ? {} : { 'foundry-features': features.join(',') };
}

const ACTIVE_POLLS = 120;
const POLL_PAUSE = 5000;

/** Hosted agents take minutes until their image runs; others are active at once. */
async function waitUntilActive(
  { azure, report, signal }: Pick<WriteContext, 'azure' | 'report' | 'signal'>,
  agent: Address,
  version: JsonObject,
): Promise<JsonObject> {
  let current = version;
  for (let poll = 0; member(current, 'status') === 'creating' && poll < ACTIVE_POLLS; poll++) {
    report('creating');
    await azure.sleep(poll === 0 ? 200 : POLL_PAUSE, signal);
    current =
      (await azure.get({ path: `${agent.path}/versions/${versionName(version)}`, apiVersion: API_VERSION })) ?? current;
  }
  if (member(current, 'status') !== 'failed') return current;
  const message = valueAt(current, '/error/message');
  throw new Error(
    `Version ${versionName(current)} failed: ${typeof message === 'string' ? message : 'Foundry does not say why'}`,
  );
}
