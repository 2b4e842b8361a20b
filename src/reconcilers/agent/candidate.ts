import type { Address } from '../../model/azure.ts';
import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, textOf, type JsonObject } from '../../model/json.ts';
import type { Nomination, Nominee, Site, WriteContext } from '../../model/kind.ts';
import {
  contentHash,
  contentOf,
  ensureVersion,
  findVersion,
  listDrafts,
  listVersions,
  markFor,
  selectorRules,
  servingVersion,
  versionName,
  type VersionContent,
} from './versions.ts';

/** Digest of what the manifest says a version is, with what it refers to by name; undefined while values of it are only known after apply. */
export function agentDigest({ azureName, spec }: Site): string | undefined {
  const { project, definition, description, metadata } = spec as JsonObject;
  const declared = { azureName, project, definition, description: description ?? null, metadata: metadata ?? null };
  const text = canonicalJson(declared as JsonObject);
  return text.includes('"valueFrom"') ? undefined : sha256(text);
}

/**
 * Makes a version that can be tried and does not serve. Without a selector the latest version would serve at once, so
 * the one that serves now is pinned first; an agent that does not exist yet gets a draft.
 */
export async function nominateAgent(
  context: WriteContext,
  site: Site,
  address: Address,
  content: VersionContent,
): Promise<Nomination> {
  const { azure, report } = context;
  const mark = markFor(site, content);
  const current = await azure.get(address);
  const serving = current && servingVersion(current);
  if (!current || serving === undefined) {
    const draft = await ensureVersion(context, address, content, mark, true);
    return { candidate: nominee(site, draft), incumbent: undefined };
  }
  const versions = await listVersions(azure, address);
  const known = findVersion(versions, contentHash(content), mark);
  if (!known && selectorRules(current).length === 0) {
    report(`pinning version ${serving}`);
    await sendRequestsTo(context, address, serving);
  }
  const candidate = known ?? (await ensureVersion(context, address, content, mark));
  const incumbent = versions.find((version) => versionName(version) === serving);
  const isSame = versionName(candidate) === serving;
  return {
    candidate: nominee(site, candidate),
    incumbent: isSame || !incumbent ? undefined : nominee(site, incumbent),
  };
}

function nominee(site: Site, version: JsonObject): Nominee {
  const name = versionName(version) ?? '';
  return {
    target: { type: 'azure_ai_agent', name: site.azureName, version: name },
    label: `${site.azureName} version ${name}`,
    digest: contentHash(contentOf(version)),
  };
}

/** Points the version selector of an agent at one version, for all requests. No version is made by it. */
export async function sendRequestsTo(
  { azure, signal }: Pick<WriteContext, 'azure' | 'signal'>,
  address: Address,
  version: string,
): Promise<JsonObject> {
  const rules = [{ type: 'FixedRatio', agent_version: version, traffic_percentage: 100 }];
  const patch = { agent_endpoint: { version_selector: { version_selection_rules: rules } } };
  return azure.patch({ ...address, headers: { 'content-type': 'application/merge-patch+json' } }, patch, { signal });
}

/**
 * Removes candidates that were passed over: versions of this manifest between the one that served and the one that serves
 * now, which no request is routed to. Earlier versions stay, to go back to.
 */
export async function removePassedOver(
  context: WriteContext,
  site: Site,
  address: Address,
  served: string,
  serving: string,
): Promise<void> {
  const agent = await context.azure.get(address);
  const routed = new Set(selectorRules(agent ?? {}).map((rule) => textOf(rule as JsonObject, 'agent_version')));
  const isBetween = (version: JsonObject): boolean => {
    const name = versionName(version) ?? '';
    return Number(name) > Number(served) && Number(name) < Number(serving) && !routed.has(name);
  };
  const passed = (await listVersions(context.azure, address)).filter(
    (version) => isBetween(version) && isMarked(version, site),
  );
  await removeVersions(context, address, passed);
}

/** A version that this manifest made, whatever its content. */
function isMarked(version: JsonObject, site: Site): boolean {
  const ours = markFor(site, { definition: {}, description: undefined, metadata: {} });
  const metadata = version['metadata'] as JsonObject | undefined;
  return Object.entries(ours).every(([key, value]) => key.endsWith('sha256') || metadata?.[key] === value);
}

/** Removes drafts of this manifest: what they were made for is decided. */
export async function removeDrafts(context: WriteContext, site: Site, address: Address): Promise<void> {
  const drafts = await listDrafts(context.azure, address);
  await removeVersions(
    context,
    address,
    drafts.filter((draft) => isMarked(draft, site)),
  );
}

async function removeVersions(
  { azure, signal, report }: WriteContext,
  address: Address,
  versions: readonly JsonObject[],
): Promise<void> {
  for (const version of versions) {
    const name = versionName(version) ?? '';
    report(`removing version ${name}, which never served`);
    await azure.delete({ path: `${address.path}/versions/${name}`, apiVersion: address.apiVersion }, { signal });
  }
}
