import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRealClock, type Clock as ServerClock } from '@ingate/local-azure';
import { systemClock, type Clock } from '../../src/azure/clock.ts';

/** When a lab begins, whatever the machine's date is: models of the catalogue are offered, and not yet retired. */
const LAB_TIME = Date.UTC(2026, 5, 22, 12);

/** The time of a lab's server: it runs as the machine's, from the lab's own date. */
export function labClock(): ServerClock {
  const clock = createRealClock();
  clock.advance(LAB_TIME - Date.now());
  return clock;
}

/** Options of a lab in the machine's time, for commands that run as processes of their own and know no other. */
export const MACHINE_TIME = { clock: systemClock, azure: { clock: createRealClock() } } as const;

/**
 * A clock for a client whose server works without delay: a sleep takes one turn of the event loop, and the time slept is
 * added to the lab's, so that deadlines and back-offs keep their order.
 */
export function impatientClock(): Clock {
  const lab = labClock();
  let slept = 0;
  return {
    now: () => lab.now() + slept,
    async sleep(milliseconds, signal) {
      slept += Math.max(0, milliseconds);
      await nextTurn(undefined, signal ? { signal } : {});
    },
  };
}
