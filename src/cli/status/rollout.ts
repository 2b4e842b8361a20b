import { isObject, member, type Json } from '../../model/json.ts';

/** A rollout that the tags of a container app tell of. */
export interface Rollout {
  /** First characters of the digest of the candidate's template; its revision is named by it. */
  readonly candidate: string;
  /** Index of the step, or what stands for the end of the steps. */
  readonly step: string;
  /** ISO 8601: when the step was entered; absent where the tag does not say so. */
  readonly since?: string;
}

/** `v1;{hash};{step};{entered, seconds since 1970};{generation}` of the tag `ingate-rollout`; undefined for anything else. */
export function rolloutOf(tags: Json | undefined): Rollout | undefined {
  const [version, candidate = '', step = '', entered = ''] = tagOf(tags, 'ingate-rollout').split(';');
  if (version !== 'v1' || !/^[0-9a-f]{6,64}$/.test(candidate)) return undefined;
  const seconds = /^\d{9,11}$/.test(entered) ? Number(entered) : undefined;
  return {
    candidate,
    step,
    ...(seconds === undefined ? {} : { since: new Date(seconds * 1000).toISOString() }),
  };
}

/** Hashes of the tag `ingate-aborted`, as they stand there. */
export function abortedOf(tags: Json | undefined): string[] {
  return tagOf(tags, 'ingate-aborted')
    .split(',')
    .map((hash) => hash.trim())
    .filter((hash) => hash !== '');
}

function tagOf(tags: Json | undefined, name: string): string {
  const value = isObject(tags) ? member(tags, name) : undefined;
  return typeof value === 'string' ? value : '';
}
