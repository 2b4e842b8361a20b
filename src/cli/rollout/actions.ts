import { givenUp } from '../../rollout/decide.ts';
import { previousOf } from '../../rollout/after-promotion.ts';
import { allTo, split, stableOf } from '../../rollout/traffic.ts';
import { weightUpTo } from '../../rollout/decide.ts';
import { STEP, type Decision, type Progress, type Snapshot, type Target } from '../../rollout/types.ts';

/** What somebody asks of a rollout. */
export type Action = 'promote' | 'promote-full' | 'abort' | 'retry' | 'undo' | 'pause';

type Shares = Extract<Decision, { readonly do: 'shares' }>;
type Activate =
  | Extract<Decision, { readonly do: 'activate' | 'deactivate' }>
  | Extract<Decision, { readonly do: 'wait' }>;

/** The one request that does what was asked; a text says why there is nothing to do. */
export function requestFor(action: Action, target: Target, live: Snapshot, now: number): Shares | Activate | string {
  const stable = stableOf(live);
  if (!stable) return 'it cannot be told which revision serves';
  const entered = Math.floor(now / 1000);
  const { progress } = live;
  const own = progress?.hash === target.hash && progress.step < STEP.promoted ? progress : undefined;
  switch (action) {
    case 'pause':
      return own ? keep(live, { ...own, paused: true }, 'paused by hand') : 'no rollout is under way';
    case 'abort':
      return own
        ? {
            do: 'shares',
            shares: allTo(stable.name),
            progress: { ...own, step: STEP.aborted, entered, paused: false },
            aborted: givenUp(live.aborted, target.hash),
            reason: 'aborted by hand',
            why: 'aborted by hand',
          }
        : 'no rollout is under way';
    case 'retry':
      return live.aborted.includes(target.hash)
        ? {
            do: 'shares',
            shares: allTo(stable.name),
            progress: { hash: target.hash, step: STEP.claimed, entered, generation: target.generation, paused: false },
            aborted: live.aborted.filter((hash) => hash !== target.hash),
            reason: 'none',
            why: 'tries it once more',
          }
        : 'its rollout was not given up';
    case 'undo':
      return undo(target, live, entered);
    case 'promote':
    case 'promote-full':
      return promoteBy(action, target, live, own, stable.name, entered);
  }
}

function keep({ traffic }: Snapshot, progress: Progress, why: string): Shares {
  return { do: 'shares', shares: traffic, progress, why };
}

/** A pause by hand ends, or the step that waits; all steps with `promote-full`. Tests before any traffic are never left out. */
function promoteBy(
  action: 'promote' | 'promote-full',
  target: Target,
  live: Snapshot,
  own: Progress | undefined,
  stable: string,
  entered: number,
): Shares | string {
  const { progress } = live;
  if (progress?.hash === target.hash && progress.step === STEP.promoted)
    return keep(live, { ...progress, step: STEP.proven, entered }, 'found good by hand');
  if (!own) return 'no rollout is under way';
  if (own.step === STEP.claimed)
    return own.paused ? keep(live, { ...own, paused: false }, 'goes on') : 'the candidate is not ready for traffic yet';
  const candidate = live.traffic.find(({ label }) => label === 'candidate')?.revision;
  if (candidate === undefined) return 'no candidate is in the traffic';
  const step = action === 'promote-full' ? target.steps.length + 1 : own.paused ? own.step : own.step + 1;
  return {
    do: 'shares',
    shares: split(
      stable,
      candidate,
      action === 'promote-full' ? weightUpTo(target.steps, own.step) : weightUpTo(target.steps, step),
    ),
    progress: { ...own, step: Math.min(step, target.steps.length + 1), entered, paused: false },
    why: action === 'promote-full' ? 'promoted by hand' : 'goes on, by hand',
  };
}

/** Back to what served before the present release, which then counts as given up. */
function undo(target: Target, live: Snapshot, entered: number): Shares | Activate | string {
  const stable = stableOf(live);
  if (stable?.hash !== target.hash) return 'what Git declares does not serve';
  const earlier = live.revisions
    .filter(({ name, hash }) => name !== stable.name && (hash === undefined || !live.aborted.includes(hash)))
    .toSorted((a, b) => b.created - a.created);
  const previous = previousOf(live) ?? earlier.find(({ created }) => created < stable.created) ?? earlier[0];
  if (!previous) return 'there is nothing to go back to';
  if (!previous.active) return { do: 'activate', revision: previous.name, why: `starts ${previous.name} again` };
  if (previous.health === 'unhealthy') return `${previous.name} is not healthy`;
  if (previous.health !== 'healthy') return { do: 'wait', soon: true, why: `waits for ${previous.name}` };
  const generation = live.progress?.generation ?? target.generation;
  return {
    do: 'shares',
    shares: allTo(previous.name),
    progress: { hash: target.hash, step: STEP.aborted, entered, generation, paused: false },
    aborted: givenUp(live.aborted, target.hash),
    reason: 'undone by hand',
    why: `all traffic to ${previous.name}`,
  };
}
