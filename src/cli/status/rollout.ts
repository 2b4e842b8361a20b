import { isObject, type Json } from '../../model/json.ts';
import { readTags } from '../../rollout/tags.ts';
import { STEP } from '../../rollout/types.ts';
import { isoTime } from '../../model/time.ts';

/** A rollout that the tags of a container app tell of. */
export interface Rollout {
  /** First characters of the digest of the candidate's template; its revision is named by it. */
  readonly candidate: string;
  /** Number of the step, or a word for what is no step. */
  readonly step: string;
  /** ISO 8601: when the step was entered. */
  readonly since: string;
}

const WORDS: Readonly<Record<number, string>> = {
  [STEP.claimed]: 'gets ready',
  [STEP.promoted]: 'promoted',
  [STEP.proven]: 'promoted',
  [STEP.aborted]: 'given up',
};

/** What is going on by the tags; undefined when nothing is, or they say nothing that can be read. */
export function rolloutOf(tags: Json | undefined): Rollout | undefined {
  const { progress } = readTags(isObject(tags) ? tags : {});
  if (!progress || progress.step === STEP.done) return undefined;
  const { hash, step, entered, paused } = progress;
  const word = WORDS[step] ?? String(step);
  return {
    candidate: hash,
    step: paused ? `${word}, paused` : word,
    since: isoTime(entered * 1000),
  };
}

/** Hashes that were given up. */
export function abortedOf(tags: Json | undefined): readonly string[] {
  return readTags(isObject(tags) ? tags : {}).aborted;
}
