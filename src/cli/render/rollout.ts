import { weightUpTo } from '../../rollout/decide.ts';
import { STEP, type Snapshot, type Target } from '../../rollout/types.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { styled, type Line } from '../text.ts';
import { isoTime } from '../../model/time.ts';

export interface RolloutStatus {
  readonly id: ResourceId;
  readonly snapshot: Snapshot;
  readonly target: Target;
  /** Why the last rollout was given up. */
  readonly reason: string | undefined;
}

/** Where a rollout stands, in one word. */
function phaseOf({ snapshot: { progress, aborted }, target }: RolloutStatus): string {
  if (aborted.includes(target.hash)) return 'given up';
  if (progress?.hash !== target.hash) return 'not begun';
  if (progress.paused) return 'paused';
  if (progress.step === STEP.done) return 'done';
  return progress.step < STEP.promoted ? 'under way' : 'promoted';
}

export function statusLines(all: readonly RolloutStatus[], now: number): Line[] {
  if (all.length === 0) return [['No resource of this environment has a rollout.']];
  return all.flatMap((one): Line[] => {
    const { id, snapshot, target, reason } = one;
    const phase = phaseOf(one);
    const { progress } = snapshot;
    const step =
      phase === 'under way' || phase === 'paused'
        ? `, step ${Math.min(progress?.step ?? 0, target.steps.length)} of ${target.steps.length}, ${weightUpTo(target.steps, progress?.step ?? 0)} %`
        : '';
    const age = progress ? `, for ${Math.max(0, Math.round(now / 1000 - progress.entered))} s` : '';
    return [
      [styled('strong', id), `  ${target.hash}  `, styled(phase === 'given up' ? 'error' : 'title', phase), step, age],
      ...(phase === 'given up' && reason !== undefined ? [[styled('error', `  ${reason}`)] as Line] : []),
      ...snapshot.revisions
        .filter(({ active, name }) => active || snapshot.traffic.some(({ revision }) => revision === name))
        .map(({ name, active, health }): Line => {
          const shares = snapshot.traffic.filter(({ revision }) => revision === name);
          const weight = shares.reduce((sum, share) => sum + share.weight, 0);
          const labels = shares.flatMap(({ label }) => label ?? []).join(', ');
          return [`  ${String(weight).padStart(3)} %  ${name}  ${active ? health : 'stopped'}  ${labels}`.trimEnd()];
        }),
      [],
    ];
  });
}

export function statusDocument(all: readonly RolloutStatus[]): object {
  return {
    rollouts: all.map((one) => ({
      id: one.id,
      wanted: one.target.hash,
      phase: phaseOf(one),
      reason: phaseOf(one) === 'given up' ? (one.reason ?? null) : null,
      steps: one.target.steps,
      progress: one.snapshot.progress ?? null,
      traffic: one.snapshot.traffic,
      revisions: one.snapshot.revisions.map(({ created, ...rest }) => ({
        ...rest,
        created: isoTime(created),
      })),
    })),
  };
}
