import { notKnown } from '../../model/diagnostic.ts';
import type { Address } from '../../model/azure.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import { textOf, isObject, member, valueAt, without, type Json, type JsonObject } from '../../model/json.ts';
import type { Live, Mark, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { isResourceId } from '../../model/resource-id.ts';
import { valueFromArm } from '../shared/mapping.ts';
import { rolloutOf } from '../shared/rollout/target.ts';
import { agentDigest, nominateAgent, removeDrafts, removePassedOver, sendRequestsTo } from './candidate.ts';
import { canonicalDefinition, plainText } from './definition.ts';
import {
  API_VERSION,
  contentHash,
  contentOf,
  ensureVersion,
  findVersion,
  listVersions,
  markFor,
  METADATA,
  selectorRules,
  servingVersion,
  versionName,
} from './versions.ts';
import { reviewAgentRollout } from './rollout/review.ts';
import { readAgentTags } from './rollout/tags.ts';
import { isRollingOut, unfinishedRollout, writeAgentInSteps } from './rollout/write.ts';
import schema from './schema.json' with { type: 'json' };
import { contentFor, definitionSchema, locate } from './site.ts';

/** Member that a second look adds to the body of an agent: the version that serves, where that is not the latest. */
const SERVING = 'ingate_serving';
/** Member that a second look adds: the tags that say how far its rollout is. */
const ROLLOUT = 'ingate_rollout';

/**
 * An agent of a Foundry project (data plane, api-version v1). What is compared is the version that serves requests; its
 * definition is immutable, so a change makes a new version or goes back to an older one of the same content.
 */
export const agent: Reconciler = {
  kind: 'Agent',
  schema,
  azureType: 'Foundry/agents',
  apiVersion: API_VERSION,
  nameRule: {
    scope: 'parent',
    pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
    maxLength: 63,
    style: 'as-is',
  },
  ownership: 'metadata',
  stateful: false,
  outputs: { id: 'URL of the agent.', name: 'Name of the agent.', version: 'Version that serves requests.' },
  parts: {},
  canonical,
  locate,
  identify: (item, collection) =>
    `${collection.path}/${textOf(item, 'name')}${isServing(item) ? '' : ' (drafts only)'}`,
  look: async (reader, address) => {
    const body = await reader.get(address);
    return body && isServing(body) ? body : undefined;
  },
  observe(body, site) {
    const version = observedVersion(body);
    const { definition, description, metadata } = contentOf(version);
    const { address } = locate(site);
    return {
      spec: {
        project: member(site.spec as JsonObject, 'project') ?? null,
        definition: valueFromArm(definition, definitionSchema(), member(site.spec as JsonObject, 'definition'), site),
        metadata,
        ...(description === undefined ? {} : { description }),
        ...rolledOut(body, site),
      },
      outputs: { id: address?.path ?? '', name: member(body, 'name') ?? '', version: servingVersion(body) ?? '' },
      mark: markOf(member(version, 'metadata')),
    };
  },
  async inspect(reader, site, live) {
    const versions = await listVersions(reader, live.address);
    const serving = versions.find((version) => versionName(version) === servingVersion(live.body));
    const content = contentFor(site);
    const same = findVersion(versions, contentHash(content), markFor(site, content));
    const tags = rolloutOf(site.spec as JsonObject) && (await readAgentTags(reader, site));
    const body = { ...live.body, ...(serving ? { [SERVING]: serving } : {}), ...(tags ? { [ROLLOUT]: tags } : {}) };
    const observation = agent.observe(body, site);
    const known = versionName(same);
    return {
      ...live,
      ...observation,
      body,
      fingerprint: fingerprintOf(observation),
      outputs: { ...observation.outputs, ...(known === undefined ? {} : { sameContent: known }) },
    };
  },
  explainUpdate: (_, live) => {
    const known = member(live.outputs, 'sameContent');
    return typeof known === 'string'
      ? `goes back to version ${known}, which has this content`
      : 'creates a new version';
  },
  review: reviewAgentRollout,
  unfinished: (site, live, now) => unfinishedRollout(live.body, site, member(live.body, ROLLOUT), now.getTime()),
  candidates: true,
  contentDigest: agentDigest,
  release: {
    members: ['definition', 'description', 'instructions', 'instructionsFile', 'metadata'],
    contents: ({ definition = {}, description, metadata }) => ({
      definition,
      ...(description === undefined ? {} : { description }),
      ...(isObject(metadata) && Object.keys(metadata).length > 0 ? { metadata } : {}),
    }),
  },
  nominate: async (context, site) => {
    const { address } = locate(site);
    if (!address) throw notKnown(`The endpoint of the project of ${site.id} is not known although it was applied`);
    return nominateAgent(context, site, address, contentFor(site));
  },
  write,
  remove: ({ azure, signal }, live) => azure.delete(live.address, { signal }),
};

/** What is being rolled out, or was given up, is told by itself and is no difference; how it goes is not kept in Azure. */
function rolledOut(body: JsonObject, site: Site): JsonObject {
  const spec = site.spec as JsonObject;
  const rollout = member(spec, 'rollout');
  if (rollout === undefined) return {};
  if (!isRollingOut(site, member(body, ROLLOUT))) return { rollout };
  const wanted = ['definition', 'metadata', 'description'].flatMap((name) => {
    const value = member(spec, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { rollout, ...Object.fromEntries(wanted) };
}

/** An agent that was never more than a draft serves nobody: it does not exist yet. */
function isServing(body: JsonObject): boolean {
  return servingVersion(body) !== undefined;
}

/** Instructions beside the definition go into it, and the definition takes its canonical form. */
function canonical(spec: JsonObject): JsonObject {
  const definition = member(spec, 'definition');
  const instructions = member(spec, 'instructions');
  const whole = canonicalDefinition(isObject(definition) ? definition : {});
  const metadata = member(spec, 'metadata') ?? {};
  const text = typeof instructions === 'string' ? { instructions: plainText(instructions) } : {};
  return { ...without(spec, 'instructions', 'instructionsFile'), definition: { ...whole, ...text }, metadata };
}

/** The version that serves, as far as the body shows it; nothing when a second look is needed to know. */
function observedVersion(body: JsonObject): JsonObject {
  const looked = member(body, SERVING);
  if (isObject(looked)) return looked;
  const latest = valueAt(body, '/versions/latest');
  return isObject(latest) && versionName(latest) === servingVersion(body) ? latest : {};
}

function markOf(metadata: Json | undefined): Mark | undefined {
  const environment = member(metadata, METADATA.environment);
  const id = member(metadata, METADATA.id);
  return typeof environment === 'string' && typeof id === 'string' && isResourceId(id)
    ? { environment, id }
    : undefined;
}

async function write(context: WriteContext, site: Site, live: Live | undefined): Promise<JsonObject> {
  const { address } = locate(site);
  if (!address) throw notKnown(`The endpoint of the project of ${site.id} is not known although it was applied`);
  const rollout = rolloutOf(site.spec as JsonObject);
  if (rollout && live) return writeAgentInSteps(context, site, rollout);
  const content = contentFor(site);
  // Before the first version serves: a run that is killed in between leaves an agent that does not exist yet, and so the
  // next one comes by here again. Afterwards nobody would look for drafts.
  if (!live && (await context.azure.get(address)) !== undefined) await removeDrafts(context, site, address);
  const version = await ensureVersion(context, address, content, markFor(site, content));
  const current = await context.azure.get(address);
  if (!current) throw new Error(`Foundry does not return the agent ${site.azureName} although it took a version of it`);
  const name = versionName(version);
  const before = live && servingVersion(live.body);
  if (before !== undefined && name !== undefined) await removePassedOver(context, site, address, before, name);
  const body =
    name === undefined || servingVersion(current) === name ? current : await serve(context, address, current, name);
  return { ...body, [SERVING]: version };
}

/** Sends all requests to one version. Without a selector the latest serves anyway. */
async function serve(
  context: WriteContext,
  address: Address,
  current: JsonObject,
  version: string,
): Promise<JsonObject> {
  if (selectorRules(current).length === 0 && versionName(valueAt(current, '/versions/latest')) === version)
    return current;
  context.report(`sending requests to version ${version}`);
  return sendRequestsTo(context, address, version);
}
