import type { Engine } from '../../arm/contract.ts';
import type { Directives } from '../../engine/faults.ts';

/** How a job passes through its time, in milliseconds of the clock. It ends whether or not anybody asks. */
export interface Progress {
  readonly started: number;
  /** Undefined: it never ends by itself. */
  readonly ends: number | undefined;
  /** The error that it ends with. */
  readonly error: JobError | undefined;
  /** When it was cancelled. */
  readonly canceled: number | undefined;
}

export interface JobError {
  readonly code: string;
  readonly message: string;
}

export type Phase = 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';

/** A job that starts now and takes `duration`, unless a fault says otherwise. */
export function startProgress({ clock }: Engine, duration: number, { operation }: Directives): Progress {
  const started = clock.now();
  return {
    started,
    ends: operation?.stuck === true ? undefined : started + (operation?.durationMs ?? duration),
    error: operation?.error,
    canceled: undefined,
  };
}

/** Queued for the first quarter of its time. */
export function phaseOf({ started, ends, error, canceled }: Progress, now: number): Phase {
  if (canceled !== undefined) return 'canceled';
  if (ends === undefined) return 'running';
  if (now >= ends) return error ? 'failed' : 'succeeded';
  return now < started + (ends - started) / 4 ? 'queued' : 'running';
}

/** True once nothing changes any more. */
export function isOver(progress: Progress, now: number): boolean {
  return ['succeeded', 'failed', 'canceled'].includes(phaseOf(progress, now));
}

/** When the job last changed its phase. */
export function lastChange(progress: Progress, now: number): number {
  if (progress.canceled !== undefined) return progress.canceled;
  return progress.ends !== undefined && now >= progress.ends ? progress.ends : progress.started;
}

/** The job, cancelled now; one that is over stays as it is. */
export function canceledNow(progress: Progress, now: number): Progress {
  return isOver(progress, now) ? progress : { ...progress, canceled: now };
}
