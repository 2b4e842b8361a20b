import type { readTags } from '../../../rollout/tags.ts';
import { weightUpTo } from '../../../rollout/decide.ts';
import { STEP, type Progress, type Target } from '../../../rollout/types.ts';
import { isoTime } from '../../../model/time.ts';

export interface Outlook {
  readonly note: string;
  /** Apply has something to do now. */
  readonly due: boolean;
}

/** What is live, as far as a plan reads it. */
export interface Sight {
  readonly tags: ReturnType<typeof readTags>;
  /** One revision has all of the traffic. */
  readonly settled: boolean;
  readonly serving: string;
}

/** What a plan says of a rollout. Undefined: nothing is going on. */
export function outlookOf(target: Target, sight: Sight, now: number): Outlook | undefined {
  const { progress, aborted, reason } = sight.tags;
  if (aborted.includes(target.hash))
    return { note: `rollout of ${target.hash} was given up: ${reason ?? 'no reason is kept'}`, due: true };
  if (!progress) return { note: 'the traffic is not pinned to a revision yet', due: true };
  if (progress.hash !== target.hash) return leftover(progress, sight);
  if (progress.step < STEP.promoted) return underWay(target, progress, now);
  if (progress.step === STEP.done) return sight.settled ? undefined : { note: 'the traffic was changed', due: true };
  const post = progress.step === STEP.promoted && target.postAnalysis !== undefined;
  if (post) return { note: `rollout of ${target.hash}: measures after the promotion`, due: true };
  const until = (progress.entered + target.scaleDownDelay) * 1000;
  const note = `rollout of ${target.hash}: what served before is kept until ${time(until)}`;
  return { note, due: now >= until };
}

/** The rollout of something else was begun or given up, and what is wanted serves. */
function leftover({ hash, step }: Progress, { settled, serving }: Sight): Outlook | undefined {
  if (step === STEP.done && settled) return undefined;
  return { note: `${serving} serves; ends the rollout of ${hash}`, due: true };
}

function underWay(target: Target, { step, entered, paused }: Progress, now: number): Outlook {
  const { steps, hash, approved } = target;
  const head = `rollout of ${hash}`;
  if (step === STEP.claimed) return { note: `${head}: the candidate gets ready`, due: true };
  const where = `${head}: step ${Math.min(step, steps.length)} of ${steps.length}, ${weightUpTo(steps, step)} %`;
  if (paused) return { note: `${where}, paused by hand`, due: false };
  const current = steps[step - 1];
  if (!current || !('pause' in current)) return { note: where, due: true };
  const { seconds } = current.pause;
  if (seconds === undefined) {
    return approved === hash
      ? { note: `${where}, approved`, due: true }
      : { note: `${where}, waits for \`ingate rollout promote\``, due: false };
  }
  const until = (entered + seconds) * 1000;
  return now >= until ? { note: where, due: true } : { note: `${where}, waits until ${time(until)}`, due: false };
}

function time(milliseconds: number): string {
  return isoTime(milliseconds).replace(/\.\d+Z$/, 'Z');
}
