import { notKnown } from '../../../model/diagnostic.ts';
import { canonicalJson, isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Site, WriteContext } from '../../../model/kind.ts';
import { readTags } from '../../../rollout/tags.ts';
import { STEP, type Target } from '../../../rollout/types.ts';
import type { RolloutKind } from '../../shared/rollout/kind.ts';
import { outlookOf, type Outlook } from '../../shared/rollout/outlook.ts';
import { runRollout } from '../../shared/rollout/run.ts';
import { stopped } from '../../shared/rollout/stopped.ts';
import { rolloutOf, targetOf } from '../../shared/rollout/target.ts';
import { contentFor, locate } from '../site.ts';
import { contentHash, listVersions, selectorRules, servingVersion } from '../versions.ts';
import { agentPort, type AgentRollout } from './port.ts';
import { agentSnapshot } from './snapshot.ts';
import { readAgentTags } from './tags.ts';

/** Versions cost nothing while they have no traffic, so nothing is ever stopped. */
function agentTarget(rollout: JsonObject, hash: string, generation: number, force = false): Target {
  const target = targetOf(rollout, hash, generation, force);
  return { ...target, smokeTests: false, scaleDownDelay: 0, abortScaleDownDelay: 0 };
}

/** Ten digits that stand for what the manifest declares; undefined while part of it is only known after apply. */
function wantedHash(site: Site): string | undefined {
  const { definition, description, metadata } = contentFor(site);
  if (canonicalJson({ definition, metadata }).includes('"valueFrom"')) return undefined;
  return contentHash({ definition, description, metadata }).slice(0, 10);
}

function requestFor(site: Site, rollout: JsonObject, generation: number, force = false): AgentRollout {
  const agent = locate(site).address;
  const hash = wantedHash(site);
  if (!agent || hash === undefined) throw notKnown(`What ${site.id} needs is not known although it was applied`);
  return { site, agent, rollout, content: contentFor(site), target: agentTarget(rollout, hash, generation, force) };
}

/** Takes an agent that serves to the wanted version as far as it can go now. Resolves to the agent. */
export async function writeAgentInSteps(context: WriteContext, site: Site, rollout: JsonObject): Promise<JsonObject> {
  const { azure, report, signal } = context;
  const request = requestFor(site, rollout, context.generation);
  const ending = await runRollout(agentPort(context, request), request.target, { report, signal });
  if (ending.do === 'stop') throw stopped(site.id, ending.reason, ending.why);
  return (await azure.get(request.agent)) ?? {};
}

/** True while what is wanted is on its way, or was given up: then it is no drift that something else serves. */
export function isRollingOut(site: Site, tags: Json | undefined): boolean {
  const hash = wantedHash(site);
  if (!isObject(tags) || hash === undefined) return false;
  const { progress, aborted } = readTags(tags);
  return aborted.includes(hash) || (progress?.hash === hash && progress.step < STEP.promoted);
}

/** What a plan says. Tags are there only where the agent was looked at twice, which is when something else serves. */
export function unfinishedRollout(
  agent: JsonObject,
  site: Site,
  tags: Json | undefined,
  now: number,
): Outlook | undefined {
  const rollout = rolloutOf(site.spec as JsonObject);
  const hash = rollout && wantedHash(site);
  if (!rollout || hash === undefined) return undefined;
  const rules = selectorRules(agent);
  const serving = `version ${servingVersion(agent) ?? ''}`;
  if (isObject(tags)) {
    const kept = readTags(tags);
    const isOurs = kept.progress?.hash === hash || kept.aborted.includes(hash);
    const sight = { tags: kept, settled: rules.length === 1, serving };
    return isOurs ? outlookOf(agentTarget(rollout, hash, 0), sight, now) : undefined;
  }
  return rules.length > 1 ? { note: `the traffic is split, most of it to ${serving}`, due: true } : undefined;
}

/** Rollouts of agents, for `ingate rollout`. */
export const agentRollouts: RolloutKind = {
  hashOf: (site) => (rolloutOf(site.spec as JsonObject) ? wantedHash(site) : undefined),
  targetOf: (site, generation, force) => {
    const rollout = rolloutOf(site.spec as JsonObject) ?? {};
    return agentTarget(rollout, wantedHash(site) ?? '', generation, force);
  },
  async read(reader, site, live) {
    const [agent, versions, tags] = await Promise.all([
      reader.get(live.address),
      listVersions(reader, live.address),
      readAgentTags(reader, site),
    ]);
    const rollout = rolloutOf(site.spec as JsonObject) ?? {};
    return agentSnapshot(agent ?? live.body, versions, tags, agentTarget(rollout, wantedHash(site) ?? '', 0));
  },
  port: (context, site) =>
    agentPort(context, requestFor(site, rolloutOf(site.spec as JsonObject) ?? {}, context.generation)),
  reasonOf: async (reader, site) => readTags(await readAgentTags(reader, site)).reason,
};
