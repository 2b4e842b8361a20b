import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/azure/clock.ts';

/**
 * A clock for a client whose server works without delay: a sleep takes one turn of the event loop, and the time slept is
 * added to this machine's, so that deadlines and back-offs keep their order.
 */
export function impatientClock(): Clock {
  let slept = 0;
  return {
    now: () => Date.now() + slept,
    async sleep(milliseconds, signal) {
      slept += Math.max(0, milliseconds);
      await nextTurn(undefined, signal ? { signal } : {});
    },
  };
}
