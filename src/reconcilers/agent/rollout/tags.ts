import { notKnown } from '../../../model/diagnostic.ts';
import { isObject, member, valueAt, type Json, type JsonObject } from '../../../model/json.ts';
import type { Azure, AzureReads } from '../../../model/azure.ts';
import type { Site } from '../../../model/kind.ts';
import { resourceId } from '../../../model/resource-id.ts';
import { TAG, writeTags } from '../../../rollout/tags.ts';
import type { RolloutWrite } from '../../shared/rollout/run.ts';
import type { Snapshot } from '../../../rollout/types.ts';

/**
 * An agent has no tags of its own that could change without a new version, so how far its rollout is stands in tags of
 * its project (Microsoft.CognitiveServices/accounts/projects), with the agent's name at the end.
 */
const TAGS_API = '2025-04-01';

function projectPath(site: Site): string | undefined {
  const project = member(site.spec as JsonObject, 'project');
  return typeof project === 'string' ? site.pathOf(resourceId('FoundryProject', project)) : undefined;
}

/** The tags of one agent, by their usual names. */
export async function readAgentTags(reader: Pick<AzureReads, 'get'>, site: Site): Promise<JsonObject> {
  const path = projectPath(site);
  const tags = path === undefined ? undefined : await reader.get(tagsOf(path));
  return ownTags(valueAt(tags, '/properties/tags'), site.azureName);
}

function ownTags(tags: Json | undefined, agent: string): JsonObject {
  const all = isObject(tags) ? tags : {};
  const lower = Object.fromEntries(Object.entries(all).map(([key, value]) => [key.toLowerCase(), value]));
  const names = Object.values(TAG);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = lower[`${name}-${agent}`.toLowerCase()];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export async function writeAgentTags(
  azure: Azure,
  site: Site,
  write: Extract<RolloutWrite, { do: 'shares' }>,
  live: Snapshot,
): Promise<void> {
  const path = projectPath(site);
  if (path === undefined) throw notKnown(`The project of ${site.id} is not known although it was applied`);
  // The generation is part of the progress, which stays.
  const { [TAG.generation]: _, ...kept } = writeTags(live, write.progress, write.aborted ?? live.aborted, write.reason);
  const tags = Object.fromEntries(Object.entries(kept).map(([name, value]) => [`${name}-${site.azureName}`, value]));
  await azure.patch(tagsOf(path), { operation: 'Merge', properties: { tags } });
}

function tagsOf(path: string) {
  return { path: `${path}/providers/Microsoft.Resources/tags/default`, apiVersion: TAGS_API };
}
