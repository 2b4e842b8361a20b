import { allTo, sameShares, weightOf } from './traffic.ts';
import {
  LABELS,
  STEP,
  type Decision,
  type Findings,
  type Progress,
  type Revision,
  type Snapshot,
  type Target,
} from './types.ts';

/** The wanted revision serves: it is measured again, then the revision it replaced is stopped, and nothing is left behind. */
export function afterPromotion(
  target: Target,
  live: Snapshot,
  stable: Revision,
  now: number,
  findings: Findings,
): Decision {
  const { progress } = live;
  const own = progress?.hash === target.hash ? progress : undefined;
  if (own?.step === STEP.promoted && target.postAnalysis !== undefined)
    return measured(target.postAnalysis, live, stable, own, now, findings);
  if (stable.health === 'unknown' && now < stable.created + target.progressDeadline * 1000)
    return { do: 'wait', soon: true, why: `waits for ${stable.name} to become healthy` };
  if (stable.health === 'unhealthy' && previousOf(live) === undefined)
    return { do: 'stop', reason: 'StableUnhealthy', why: `${stable.name}, which serves, is unhealthy` };
  const over = !own || own.step === STEP.done || now >= (own.entered + target.scaleDownDelay) * 1000;
  const others = live.revisions.filter(({ name, active }) => active && name !== stable.name);
  if (own && others.length > 0 && !over)
    return {
      do: 'wait',
      until: (own.entered + target.scaleDownDelay) * 1000,
      why: 'keeps what served before for a while',
    };
  const done: Progress = {
    hash: target.hash,
    step: STEP.done,
    entered: own?.step === STEP.done ? own.entered : Math.floor(now / 1000),
    generation: own?.generation ?? target.generation,
    paused: false,
  };
  const clean = { do: 'shares' as const, shares: allTo(stable.name), progress: done, aborted: without(live, target) };
  const [other] = others;
  if (other && weightOf(live.traffic, other.name) > 0)
    return { ...clean, progress: own ?? done, why: `all traffic to ${stable.name}` };
  if (other) return { do: 'deactivate', revision: other.name, why: `stops ${other.name}` };
  const settled = own?.step === STEP.done && !own.paused && sameShares(live.traffic, clean.shares);
  return settled ? { do: 'done', why: `${stable.name} serves` } : { ...clean, why: 'ends the rollout' };
}

function without({ aborted }: Snapshot, { hash }: Target): readonly string[] {
  return aborted.filter((one) => one !== hash);
}

function measured(
  name: string,
  live: Snapshot,
  stable: Revision,
  own: Progress,
  now: number,
  { analysis }: Findings,
): Decision {
  const since = own.entered * 1000;
  if (!analysis)
    return {
      do: 'analyse',
      analysis: name,
      revision: stable.name,
      baseline: undefined,
      since,
      why: `measures ${stable.name} after the promotion`,
    };
  if (analysis.verdict === 'pending') return { do: 'wait', until: analysis.until, why: analysis.reason };
  if (analysis.verdict === 'inconclusive') return { do: 'stop', reason: 'Inconclusive', why: analysis.reason };
  const entered = Math.floor(now / 1000);
  if (analysis.verdict === 'pass')
    return {
      do: 'shares',
      shares: live.traffic,
      progress: { ...own, step: STEP.proven, entered },
      why: `${name} is in order`,
    };
  return backTo(live, own, entered, analysis.reason);
}

/** The revision that served before, as long as its label is there. */
export function previousOf({ traffic, revisions }: Snapshot): Revision | undefined {
  const name = traffic.find(({ label }) => label === LABELS.previous)?.revision;
  return revisions.find((revision) => revision.name === name);
}

/** Never back onto something that is not healthy. */
function backTo(live: Snapshot, own: Progress, entered: number, reason: string): Decision {
  const previous = previousOf(live);
  if (!previous?.active || previous.health !== 'healthy')
    return { do: 'stop', reason: 'PreviousUnhealthy', why: `${reason}, and there is nothing healthy to go back to` };
  return {
    do: 'shares',
    shares: allTo(previous.name),
    progress: { ...own, step: STEP.aborted, entered },
    aborted: [own.hash, ...live.aborted],
    reason,
    why: `goes back to ${previous.name}: ${reason}`,
  };
}
