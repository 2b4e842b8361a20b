import type { Clock } from './clock.ts';

export type Operation = 'read' | 'write' | 'delete';

/** Keeps the process below Azure's limits, so that it is told 429 as rarely as possible. */
export interface Throttle {
  /** Resolves when one more request of this kind may be sent. First come, first served. */
  acquire(operation: Operation, signal?: AbortSignal): Promise<void>;
  /** What Azure says is left, which other processes of the same identity also use. */
  learn(operation: Operation, remaining: number): void;
  /** Azure answered 429: nothing of this kind is sent before that many milliseconds have passed. */
  pause(operation: Operation, milliseconds: number): void;
}

/** Bucket size and refill per second of Azure Resource Manager, per subscription, identity and kind of operation. */
const LIMITS: Readonly<Record<Operation, { readonly size: number; readonly perSecond: number }>> = {
  read: { size: 250, perSecond: 25 },
  write: { size: 200, perSecond: 10 },
  delete: { size: 200, perSecond: 10 },
};

export function createThrottle(clock: Clock): Throttle {
  const buckets = { read: bucket('read', clock), write: bucket('write', clock), delete: bucket('delete', clock) };
  return {
    acquire: (operation, signal) => buckets[operation].acquire(signal),
    learn: (operation, remaining) => buckets[operation].learn(remaining),
    pause: (operation, milliseconds) => buckets[operation].pause(milliseconds),
  };
}

function bucket(operation: Operation, clock: Clock) {
  const { size, perSecond } = LIMITS[operation];
  let tokens: number = size;
  let updated = clock.now();
  let notBefore = 0;
  let queue: Promise<void> = Promise.resolve();

  function refill(): void {
    const now = clock.now();
    tokens = Math.min(size, tokens + ((now - updated) / 1000) * perSecond);
    updated = now;
  }

  async function take(signal: AbortSignal | undefined): Promise<void> {
    refill();
    const wait = Math.max(notBefore - clock.now(), tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1000);
    if (wait > 0) await clock.sleep(wait, signal);
    refill();
    tokens -= 1;
  }

  return {
    acquire(signal: AbortSignal | undefined): Promise<void> {
      const turn = queue.then(() => take(signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
    learn(remaining: number): void {
      refill();
      tokens = Math.min(tokens, remaining);
    },
    pause(milliseconds: number): void {
      notBefore = Math.max(notBefore, clock.now() + milliseconds);
    },
  };
}
