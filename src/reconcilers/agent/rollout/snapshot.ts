import { isObject, member, textOf, valueAt, type JsonObject } from '../../../model/json.ts';
import { readTags } from '../../../rollout/tags.ts';
import {
  LABELS,
  STEP,
  type Progress,
  type Revision,
  type Share,
  type Snapshot,
  type Target,
} from '../../../rollout/types.ts';
import { contentHash, contentOf, selectorRules, versionName } from '../versions.ts';

/** Ten digits of the hash of a version's content. */
function versionHash(version: JsonObject): string {
  return contentHash(contentOf(version)).slice(0, 10);
}

/**
 * An agent with its versions (Foundry data plane v1) as a rollout sees it. Foundry keeps no labels, no shares of nothing
 * and no versions that are off, so those follow from how far the rollout is.
 */
export function agentSnapshot(
  agent: JsonObject,
  versions: readonly JsonObject[],
  tags: Readonly<Record<string, unknown>>,
  target: Pick<Target, 'hash' | 'postAnalysis'>,
): Snapshot {
  const { progress, aborted } = readTags(tags);
  const hashes = new Map(versions.map((version) => [versionName(version) ?? '', versionHash(version)]));
  const rules = selectorRules(agent)
    .filter(isObject)
    .map((rule): Share => {
      const revision = textOf(rule, 'agent_version');
      const label = labelFor(hashes.get(revision), progress);
      const weight = Number(member(rule, 'traffic_percentage') ?? 0);
      return { revision, weight, ...(label === undefined ? {} : { label }) };
    });
  const traffic =
    rules.length === 0
      ? [{ revision: undefined, weight: 100 }]
      : [...rules, ...unseen(rules, hashes, aborted, progress, target)];
  const inUse = new Set(traffic.map(({ revision }) => revision));
  return {
    traffic,
    aborted,
    progress,
    generation: progress?.generation ?? 0,
    newest: versionName(valueAt(agent, '/versions/latest')),
    revisions: versions.map((version): Revision => {
      const name = versionName(version) ?? '';
      const hash = hashes.get(name);
      return {
        name,
        hash,
        created: Number(member(version, 'created_at') ?? 0) * 1000,
        active: inUse.has(name) || (hash === target.hash && !aborted.includes(target.hash)),
        health: healthOf(version),
      };
    }),
  };
}

function healthOf(version: JsonObject): Revision['health'] {
  const status = textOf(version, 'status');
  if (status === 'failed') return 'unhealthy';
  return status === 'creating' ? 'unknown' : 'healthy';
}

function labelFor(hash: string | undefined, progress: Progress | undefined): string | undefined {
  if (!progress) return undefined;
  const { step } = progress;
  const isBefore = step < STEP.promoted || step === STEP.aborted;
  if (hash === progress.hash) return isBefore ? LABELS.candidate : LABELS.stable;
  return isBefore ? LABELS.stable : undefined;
}

/** Shares of nothing: a candidate that waits for traffic, and what a promoted one could go back to. */
function unseen(
  rules: readonly Share[],
  hashes: ReadonlyMap<string, string>,
  aborted: readonly string[],
  progress: Progress | undefined,
  { hash, postAnalysis }: Pick<Target, 'hash' | 'postAnalysis'>,
): Share[] {
  if (progress?.hash !== hash) return [];
  const isFree = (name: string): boolean => rules.every(({ revision }) => revision !== name);
  const newestFirst = [...hashes].toSorted(([a], [b]) => Number(b) - Number(a));
  if (progress.step > STEP.claimed && progress.step < STEP.promoted) {
    const candidate = newestFirst.find(([name, own]) => own === hash && isFree(name));
    const isThere = rules.some(({ label }) => label === LABELS.candidate);
    return candidate && !isThere ? [{ revision: candidate[0], weight: 0, label: LABELS.candidate }] : [];
  }
  if (progress.step !== STEP.promoted || postAnalysis === undefined) return [];
  const previous = newestFirst.find(([name, own]) => own !== hash && isFree(name) && !aborted.includes(own));
  return previous ? [{ revision: previous[0], weight: 0, label: LABELS.previous }] : [];
}
