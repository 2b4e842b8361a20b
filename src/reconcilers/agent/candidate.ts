import type { Address } from '../../model/azure.ts';
import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, type JsonObject } from '../../model/json.ts';
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

/** Removes drafts of this manifest: what they were made for is decided. */
export async function removeDrafts(
  { azure, signal, report }: WriteContext,
  site: Site,
  address: Address,
): Promise<void> {
  const ours = markFor(site, { definition: {}, description: undefined, metadata: {} });
  const drafts = (await listDrafts(azure, address)).filter((draft) => {
    const metadata = draft['metadata'] as JsonObject | undefined;
    return Object.entries(ours).every(([key, value]) => key.endsWith('sha256') || metadata?.[key] === value);
  });
  for (const draft of drafts) {
    report(`removing ${versionName(draft) ?? 'a draft'}`);
    await azure.delete(
      { path: `${address.path}/versions/${versionName(draft) ?? ''}`, apiVersion: address.apiVersion },
      { signal },
    );
  }
}
