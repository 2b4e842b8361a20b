import { afterPromotion } from './after-promotion.ts';
import { allTo, promoted, sameShares, split, stableOf } from './traffic.ts';
import {
  STEP,
  type Decision,
  type Findings,
  type Progress,
  type Revision,
  type Snapshot,
  type Step,
  type Target,
} from './types.ts';

/** An older claim is renewed before a revision is restarted, so that its deadline starts then. */
const FRESH = 60;

/**
 * The next step from the live state to the wanted state. Depends only on its arguments, so that whoever
 * carries on after a crash decides the same. `now`: milliseconds of Azure's clock.
 */
export function decide(target: Target, live: Snapshot, now: number, findings: Findings = {}): Decision {
  const stable = pinned(live) ? stableOf(live) : live.revisions.find(({ name }) => name === live.newest);
  if (!stable)
    return {
      do: 'stop',
      reason: 'AmbiguousStable',
      why: 'It cannot be told which revision serves: no entry of the traffic is labelled stable',
    };
  if (!pinned(live)) return pin(target, live, stable, now);
  const asked = Math.max(live.generation, live.progress?.generation ?? 0);
  const newest = live.progress?.hash ?? stable.hash;
  if (asked > target.generation && newest !== target.hash)
    return { do: 'stop', reason: 'StaleDesired', why: 'A newer commit has asked for something else' };
  if (stable.hash === target.hash) return afterPromotion(target, live, stable, now, findings);
  if (live.aborted.includes(target.hash)) return afterAbort(target, live, stable, now);
  if (stable.health === 'unhealthy' && !target.force)
    return {
      do: 'stop',
      reason: 'StableUnhealthy',
      why: `${stable.name}, which serves, is unhealthy: there would be nothing to fall back to`,
    };
  const { progress } = live;
  if (progress?.hash !== target.hash || progress.step >= STEP.promoted) return claim(target, stable, now);
  return advance(target, live, stable, progress, now, findings);
}

function pinned({ traffic }: Snapshot): boolean {
  return traffic.length > 0 && traffic.every(({ revision }) => revision !== undefined);
}

function seconds(now: number): number {
  return Math.floor(now / 1000);
}

/** Nothing may follow the newest revision by itself. */
function pin(target: Target, { aborted }: Snapshot, stable: Revision, now: number): Decision {
  const hash = stable.hash ?? target.hash;
  const step = stable.hash === undefined ? STEP.claimed : STEP.done;
  const progress = { hash, step, entered: seconds(now), generation: target.generation, paused: false };
  return { do: 'shares', shares: allTo(stable.name), progress, aborted, why: `pins the traffic to ${stable.name}` };
}

function claim(target: Target, stable: Revision, now: number): Decision {
  const { hash, generation } = target;
  const progress = { hash, step: STEP.claimed, entered: seconds(now), generation, paused: false };
  return { do: 'shares', shares: allTo(stable.name), progress, why: `starts the rollout of ${hash}` };
}

function advance(
  target: Target,
  live: Snapshot,
  stable: Revision,
  progress: Progress,
  now: number,
  findings: Findings,
): Decision {
  const candidate = candidateOf(target, live);
  if (!candidate) return { do: 'create', suffix: `g${target.hash}`, why: 'makes the candidate, without traffic' };
  const { name } = candidate;
  if (!candidate.active) {
    if (progress.step !== STEP.claimed || seconds(now) - progress.entered > FRESH) return claim(target, stable, now);
    return { do: 'activate', revision: name, why: `starts ${name} again` };
  }
  if (candidate.health !== 'healthy') return unready(target, live, candidate, stable, progress, now);
  if (progress.paused) return { do: 'wait', why: 'paused by hand' };
  if (progress.step === STEP.claimed) return beforeTraffic(target, live, stable, candidate, progress, now, findings);
  const weight = weightUpTo(target.steps, progress.step);
  const expected = split(stable.name, name, weight);
  if (!sameShares(live.traffic, expected))
    return { do: 'shares', shares: expected, progress, why: `puts the traffic back to ${weight} %` };
  return nextStep(target, live, stable, candidate, progress, now, findings);
}

/** The newest revision of the wanted content that was not given up. */
export function candidateOf({ hash }: Pick<Target, 'hash'>, { revisions }: Snapshot): Revision | undefined {
  return revisions.filter((revision) => revision.hash === hash).toSorted((a, b) => b.created - a.created)[0];
}

/** Traffic never stays on a candidate that is not healthy; without traffic it has until the deadline. */
function unready(
  target: Target,
  live: Snapshot,
  candidate: Revision,
  stable: Revision,
  progress: Progress,
  now: number,
): Decision {
  const since = Math.max(candidate.created, progress.entered * 1000);
  const late = now > since + target.progressDeadline * 1000;
  if (progress.step > STEP.claimed)
    return abort(target, live, stable, progress, now, `${candidate.name} stopped being healthy`);
  if (late)
    return abort(
      target,
      live,
      stable,
      progress,
      now,
      `${candidate.name} was not healthy within ${target.progressDeadline} seconds`,
    );
  return { do: 'wait', soon: true, why: `waits for ${candidate.name} to become healthy` };
}

function abort(
  target: Target,
  live: Snapshot,
  stable: Revision,
  progress: Progress,
  now: number,
  reason: string,
): Decision {
  return {
    do: 'shares',
    shares: allTo(stable.name),
    progress: { ...progress, hash: target.hash, step: STEP.aborted, entered: seconds(now), paused: false },
    aborted: givenUp(live.aborted, target.hash),
    reason,
    why: `gives up ${target.hash}: ${reason}`,
  };
}

/** The hashes that were given up, with one more. */
export function givenUp(aborted: readonly string[], hash: string): readonly string[] {
  return [hash, ...aborted.filter((one) => one !== hash)];
}

function beforeTraffic(
  target: Target,
  live: Snapshot,
  stable: Revision,
  candidate: Revision,
  progress: Progress,
  now: number,
  { smoke }: Findings,
): Decision {
  if (target.smokeTests) {
    if (!smoke) return { do: 'smoke', revision: candidate.name, why: `tries ${candidate.name} before it gets traffic` };
    if (smoke.verdict === 'pending') return { do: 'wait', until: smoke.until, why: smoke.reason };
    if (smoke.verdict !== 'pass') return abort(target, live, stable, progress, now, smoke.reason);
  }
  if (isRollback(target, live, candidate, stable))
    return promote(stable, candidate, progress, now, 'goes back without steps');
  return {
    do: 'shares',
    shares: split(stable.name, candidate.name, 0),
    progress: { ...progress, step: 1, entered: seconds(now) },
    why: `${candidate.name} is ready for traffic`,
  };
}

/** Among the releases that were live last: made before the stable one, and never given up. */
function isRollback({ rollbackWindow }: Target, live: Snapshot, candidate: Revision, stable: Revision): boolean {
  const earlier = live.revisions
    .filter(({ hash, created }) => created < stable.created && (hash === undefined || !live.aborted.includes(hash)))
    .toSorted((a, b) => b.created - a.created);
  return earlier.slice(0, rollbackWindow).some(({ name }) => name === candidate.name);
}

/** Percent that the candidate has while the rollout is in a step, counted from 1. */
export function weightUpTo(steps: readonly Step[], step: number): number {
  return steps.slice(0, step - 1).reduce((weight, one) => ('setWeight' in one ? one.setWeight : weight), 0);
}

function promote(stable: Revision, candidate: Revision, progress: Progress, now: number, why: string): Decision {
  return {
    do: 'shares',
    shares: promoted(candidate.name, stable.name),
    progress: { ...progress, step: STEP.promoted, entered: seconds(now), paused: false },
    why: `${why}: all traffic to ${candidate.name}`,
  };
}

function nextStep(
  target: Target,
  live: Snapshot,
  stable: Revision,
  candidate: Revision,
  progress: Progress,
  now: number,
  { analysis }: Findings,
): Decision {
  const current = target.steps[progress.step - 1];
  if (!current) return promote(stable, candidate, progress, now, 'promotes');
  const weight = weightUpTo(target.steps, progress.step + 1);
  const onward = (why: string): Decision => ({
    do: 'shares',
    shares: split(stable.name, candidate.name, weight),
    progress: { ...progress, step: progress.step + 1, entered: seconds(now) },
    why,
  });
  if ('setWeight' in current) return onward(`gives ${candidate.name} ${current.setWeight} % of the traffic`);
  if ('pause' in current) {
    const { seconds: duration } = current.pause;
    if (target.approved === target.hash && duration === undefined) return onward('goes on, as approved in Git');
    if (duration === undefined) return { do: 'wait', why: `waits at ${weight} % until somebody promotes it` };
    const until = (progress.entered + duration) * 1000;
    return now >= until ? onward('goes on after the pause') : { do: 'wait', until, why: `waits at ${weight} %` };
  }
  const since = progress.entered * 1000;
  if (!analysis)
    return {
      do: 'analyse',
      analysis: current.analysis,
      revision: candidate.name,
      baseline: stable.name,
      since,
      why: `measures ${candidate.name} at ${weight} %`,
    };
  if (analysis.verdict === 'pass') return onward(`${current.analysis} is in order at ${weight} %`);
  if (analysis.verdict === 'fail') return abort(target, live, stable, progress, now, analysis.reason);
  if (analysis.verdict === 'pending') return { do: 'wait', until: analysis.until, why: analysis.reason };
  return { do: 'stop', reason: 'Inconclusive', why: analysis.reason };
}

function afterAbort(target: Target, live: Snapshot, stable: Revision, now: number): Decision {
  const { progress } = live;
  const shares = allTo(stable.name);
  if (!sameShares(live.traffic, shares) && progress)
    return { do: 'shares', shares, progress, why: `all traffic back to ${stable.name}` };
  const left = live.revisions.find(({ hash, active }) => active && hash === target.hash);
  const until = ((progress?.entered ?? 0) + target.abortScaleDownDelay) * 1000;
  if (left && now >= until) return { do: 'deactivate', revision: left.name, why: `stops ${left.name}` };
  return { do: 'stop', reason: 'Aborted', why: `The rollout of ${target.hash} was given up` };
}
