/** Time as the server sees it. Everything that takes time on Azure ends when this clock says so, never because of a poll. */
export interface Clock {
  readonly kind: 'real' | 'virtual';
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the clock forward. A real clock keeps running from there. */
  advance(milliseconds: number): void;
}

/** The time of the machine, plus what it was advanced by. */
export function createRealClock(): Clock {
  let ahead = 0;
  return {
    kind: 'real',
    now: () => Date.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}

/** Does not move until it is advanced. Starts at 2026-01-01T00:00:00Z by default. */
export function createVirtualClock(start = Date.UTC(2026, 0, 1)): Clock {
  let time = start;
  return {
    kind: 'virtual',
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** ISO 8601 with the seven digits that Azure writes: `2026-01-01T00:00:00.0000000Z`. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}
