import type { Progress, Snapshot } from './types.ts';

/** Tags of a resource in which its rollout is kept. A value has at most 256 characters. */
export const TAG = {
  progress: 'ingate-rollout',
  aborted: 'ingate-aborted',
  reason: 'ingate-aborted-why',
  generation: 'ingate-generation',
} as const;

const MOST_ABORTED = 5;
const MOST_REASON = 200;
const PROGRESS =
  /^v1;(?<hash>[0-9a-f]{10});(?<step>\d{1,3});(?<entered>\d{1,12});(?<generation>\d{1,12})(?<paused>;paused)?$/;

type Kept = Pick<Snapshot, 'progress' | 'aborted' | 'generation'> & { readonly reason: string | undefined };

/** Reads the tags; names compare without regard to case. Malformed tags count as absent. */
export function readTags(tags: Readonly<Record<string, unknown>>): Kept {
  const lower = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), String(value)]));
  const found = PROGRESS.exec(lower.get(TAG.progress) ?? '')?.groups;
  const progress = found && {
    hash: found['hash'] ?? '',
    step: Number(found['step']),
    entered: Number(found['entered']),
    generation: Number(found['generation']),
    paused: found['paused'] !== undefined,
  };
  const aborted = (lower.get(TAG.aborted) ?? '').split(',').filter((hash) => /^[0-9a-f]{10}$/.test(hash));
  const generation = /^\d{1,12}$/.test(lower.get(TAG.generation) ?? '') ? Number(lower.get(TAG.generation)) : 0;
  return { progress, aborted, generation, reason: lower.get(TAG.reason) };
}

/** The tags that say it. The generation only grows. */
export function writeTags(
  before: Pick<Snapshot, 'generation'>,
  progress: Progress,
  aborted: readonly string[],
  reason: string | undefined,
): Record<string, string> {
  const { hash, step, entered, generation, paused } = progress;
  return {
    [TAG.progress]: `v1;${hash};${step};${entered};${generation}${paused ? ';paused' : ''}`,
    [TAG.aborted]: aborted.length === 0 ? 'none' : aborted.slice(0, MOST_ABORTED).join(','),
    [TAG.generation]: String(Math.max(before.generation, generation)),
    ...(reason === undefined ? {} : { [TAG.reason]: reason.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, MOST_REASON) }),
  };
}
