import { collectionOf } from '../engine/documents.ts';
import type { Engine } from '../engine/engine.ts';

/** Requests that one revision answered with one status within one minute. */
export interface Served {
  /** Start of the minute, in milliseconds of the clock. */
  readonly minute: number;
  readonly revision: string;
  readonly status: number;
  readonly count: number;
  /** Milliseconds, of all of them together. */
  readonly totalMs: number;
  readonly longestMs: number;
  readonly shortestMs: number;
}

/** A container that was started again. */
export interface Restarted {
  readonly minute: number;
  readonly revision: string;
  readonly count: number;
}

export const MINUTE = 60_000;

const servedBy = (app: string) => collectionOf<Served>(`served/${app.toLowerCase()}`);
const restartedBy = (app: string) => collectionOf<Restarted>(`restarted/${app.toLowerCase()}`);

function minuteOf({ clock }: Engine): number {
  return Math.floor(clock.now() / MINUTE) * MINUTE;
}

/** Counts a request that an app answered, so that its metrics say what was really served. */
export function recordServed(engine: Engine, app: string, revision: string, status: number, tookMs: number): void {
  const minute = minuteOf(engine);
  const key = `${minute} ${revision} ${status}`;
  const known = servedBy(app).get(engine.documents, key);
  servedBy(app).put(engine.documents, key, {
    minute,
    revision,
    status,
    count: (known?.count ?? 0) + 1,
    totalMs: (known?.totalMs ?? 0) + tookMs,
    longestMs: Math.max(known?.longestMs ?? 0, tookMs),
    shortestMs: Math.min(known?.shortestMs ?? tookMs, tookMs),
  });
}

export function servedOf({ documents }: Engine, app: string): Served[] {
  return servedBy(app).list(documents);
}

/** When a revision answered last, to the minute; 0 where it never did. */
export function lastServed(engine: Engine, app: string, revision: string): number {
  const own = servedOf(engine, app).filter((one) => one.revision === revision);
  return Math.max(0, ...own.map(({ minute }) => minute + MINUTE));
}

export function recordRestart(engine: Engine, app: string, revision: string): void {
  const minute = minuteOf(engine);
  const key = `${minute} ${revision}`;
  const known = restartedBy(app).get(engine.documents, key);
  restartedBy(app).put(engine.documents, key, { minute, revision, count: (known?.count ?? 0) + 1 });
}

export function restartsOf({ documents }: Engine, app: string): Restarted[] {
  return restartedBy(app).list(documents);
}

/** Forgets what an app served, with the app. */
export function forgetServed({ documents }: Engine, app: string): void {
  for (const kind of ['served', 'restarted', 'live']) documents.deleteAll(`${kind}/${app.toLowerCase()}`);
}
