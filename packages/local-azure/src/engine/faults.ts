import type { Json } from './json.ts';

/** Which requests a fault strikes. A member that is absent matches everything. */
export interface FaultMatch {
  readonly method?: string;
  /** Regular expression, searched in the decoded path; case does not matter. */
  readonly path?: string;
  /** Strikes from the n-th matching request on, counted from 1. Default 1. */
  readonly nth?: number;
  /** How many requests it strikes from there. Default 1 when `nth` is given, else all. */
  readonly times?: number;
}

/** One thing that goes wrong. Several effects may be combined. */
export interface Fault {
  readonly name?: string;
  readonly match: FaultMatch;
  /** Answered without doing anything. */
  readonly respond?: FaultReply;
  /** The connection is cut: before the request is carried out, or after it was carried out and before the answer. */
  readonly drop?: 'before-commit' | 'after-commit';
  /** GET and lists answer as of so many writes ago. */
  readonly stale?: number;
  /** The request is carried out and the answer's body is spoilt. */
  readonly malformed?: 'truncated' | 'html' | 'empty';
  /** Effect on a long-running operation that the request starts. */
  readonly operation?: OperationFault;
  /** Real milliseconds before the answer. */
  readonly delayMs?: number;
}

export interface FaultReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** `stuck` never ends; `error` ends as Failed; `durationMs` replaces the usual time. */
export interface OperationFault {
  readonly stuck?: boolean;
  readonly error?: { readonly code: string; readonly message: string };
  readonly durationMs?: number;
}

/** In the order in which they are tried. */
export type FaultSchedule = readonly Fault[];

/** Combined effect of all faults that match one request. */
export interface Directives {
  readonly respond?: FaultReply;
  readonly drop?: 'before-commit' | 'after-commit';
  readonly stale?: number;
  readonly malformed?: 'truncated' | 'html' | 'empty';
  readonly operation?: OperationFault;
  readonly delayMs?: number;
}

export interface Faults {
  add(fault: Fault): void;
  list(): readonly (Fault & { readonly matched: number })[];
  clear(): void;
  /** Counts the request against every fault and returns what strikes it; earlier faults win. */
  strike(method: string, path: string): Directives;
}

interface Armed {
  readonly fault: Fault;
  readonly path: RegExp | undefined;
  matched: number;
}

export function createFaults(schedule: FaultSchedule): Faults {
  let armed = schedule.map(arm);
  return {
    add: (fault) => {
      armed = [...armed, arm(fault)];
    },
    list: () => armed.map(({ fault, matched }) => ({ ...fault, matched })),
    clear: () => {
      armed = [];
    },
    strike: (method, path) => {
      const matching = armed.filter((candidate) => matches(candidate, method, path));
      for (const candidate of matching) candidate.matched += 1;
      return combine(matching.filter(isDue).map(({ fault }) => fault));
    },
  };
}

function arm(fault: Fault): Armed {
  const { path } = fault.match;
  return { fault, path: path === undefined ? undefined : new RegExp(path, 'iu'), matched: 0 };
}

function matches({ fault, path }: Armed, method: string, text: string): boolean {
  const wanted = fault.match.method;
  return (wanted === undefined || wanted.toUpperCase() === method) && (path === undefined || path.test(text));
}

function isDue({ fault, matched }: Armed): boolean {
  const { nth, times } = fault.match;
  const first = nth ?? 1;
  const last = first - 1 + (times ?? (nth === undefined ? Infinity : 1));
  return matched >= first && matched <= last;
}

function combine(faults: readonly Fault[]): Directives {
  const effects = faults.toReversed().map(({ name: _name, match: _match, ...effect }) => effect);
  return Object.assign({}, ...effects) as Directives;
}
