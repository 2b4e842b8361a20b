import { decide } from '../../../rollout/decide.ts';
import type { Decision, Finding, Findings, Snapshot, Target } from '../../../rollout/types.ts';

type Write = Extract<Decision, { readonly do: 'shares' | 'create' | 'activate' | 'deactivate' }>;
type Analyse = Extract<Decision, { readonly do: 'analyse' }>;
/** How a run of a rollout ends: nothing left to do, nothing to do now, or not to be gone on with. */
export type Ending = Extract<Decision, { readonly do: 'wait' | 'stop' | 'done' }>;
export type { Write as RolloutWrite };

/** What a rollout is carried out on. */
export interface RolloutPort {
  /** Milliseconds of Azure's clock. */
  now(): number;
  /** Waits by the same clock. Rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  read(): Promise<Snapshot>;
  /** Sends one request. A lost answer may reject or not: what is live is read again in any case. */
  carryOut(write: Write, live: Snapshot): Promise<void>;
  smoke(revision: string): Promise<Finding>;
  analyse(analysis: Analyse, now: number): Promise<Finding>;
}

export interface RunOptions {
  readonly report: (progress: string) => void;
  readonly signal: AbortSignal;
  /** Milliseconds between looks while Azure is at work. */
  readonly pollMs?: number;
}

/** Waits up to here are waited out; longer ones are left to a later run. */
const SHORT_WAIT = 10_000;
/** A wait that does not end although it is over by this machine's clock is left to a later run as well. */
const MOST_WAITS = 5;
const POLL = 2_000;
/** Far more than any rollout takes; a decision that repeats itself without end is a mistake of ours. */
const MOST_TURNS = 2_000;

/** Goes on with a rollout as far as it can go now. Rejects with what Azure refuses. */
export async function runRollout(port: RolloutPort, target: Target, options: RunOptions): Promise<Ending> {
  const { report, signal, pollMs = POLL } = options;
  let last = '';
  let waits = 0;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    signal.throwIfAborted();
    const live = await port.read();
    const decision = await measured(port, target, live);
    if (decision.why !== last && decision.do !== 'done') report(decision.why);
    last = decision.why;
    switch (decision.do) {
      case 'done':
      case 'stop':
        return decision;
      case 'wait': {
        const pause = decision.soon ? pollMs : (decision.until ?? Number.POSITIVE_INFINITY) - port.now();
        if (!decision.soon && (pause > SHORT_WAIT || ++waits > MOST_WAITS)) return decision;
        await port.sleep(Math.max(pause, 1), signal);
        break;
      }
      case 'shares':
      case 'create':
      case 'activate':
      case 'deactivate':
        await port.carryOut(decision, live);
        break;
      case 'smoke':
      case 'analyse':
        throw new Error('A measurement was not taken into account');
    }
  }
  throw new Error('The rollout does not come to an end');
}

/** Decides, with what has to be measured first. */
async function measured(port: RolloutPort, target: Target, live: Snapshot): Promise<Decision> {
  const now = port.now();
  const first = decide(target, live, now);
  if (first.do !== 'smoke' && first.do !== 'analyse') return first;
  const findings: Findings =
    first.do === 'smoke' ? { smoke: await port.smoke(first.revision) } : { analysis: await port.analyse(first, now) };
  return decide(target, live, now, findings);
}
