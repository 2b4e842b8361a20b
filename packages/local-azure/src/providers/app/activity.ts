import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { Engine } from '../../arm/contract.ts';
import type { Resource } from '../../engine/resources.ts';

/** Requests that a revision answered with one status within one minute. Times are milliseconds. */
export interface Served {
  /** Start of the minute on the clock. */
  readonly minute: number;
  /** Name of the revision. */
  readonly revision: string;
  readonly status: number;
  readonly count: number;
  readonly totalMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** From `at` on a revision has this many replicas. */
export interface ReplicaChange {
  readonly at: number;
  readonly revision: string;
  readonly replicas: number;
}

/** The replicas of a revision were restarted. */
export interface Restart {
  readonly at: number;
  readonly revision: string;
}

/** How often something was asked, and when last. */
interface Turns {
  readonly count: number;
  readonly last: number;
}

export const MINUTE = 60_000;

/** Everything that is remembered about an app apart from its resource; gone with it. */
function prefixOf(appId: string): string {
  return `app-activity ${appId.toLowerCase()}/`;
}

function of<T extends object>(appId: string, what: string): Collection<T> {
  return collectionOf<T>(`${prefixOf(appId)}${what}`);
}

export function forgetActivity(engine: Engine, app: Resource): void {
  engine.documents.deleteAll(prefixOf(app.id));
}

/** Counts one request. `ms` is how long the answer took. */
export function recordServed(engine: Engine, appId: string, revision: string, status: number, ms: number): void {
  const served = of<Served>(appId, 'served');
  const minute = Math.floor(engine.clock.now() / MINUTE) * MINUTE;
  const key = `${minute} ${revision} ${status}`;
  const before = served.get(engine.documents, key);
  served.put(engine.documents, key, {
    minute,
    revision,
    status,
    count: (before?.count ?? 0) + 1,
    totalMs: (before?.totalMs ?? 0) + ms,
    leastMs: Math.min(before?.leastMs ?? ms, ms),
    mostMs: Math.max(before?.mostMs ?? ms, ms),
  });
}

/** In the order in which each minute, revision and status came first. */
export function servedBy(engine: Engine, appId: string): readonly Served[] {
  return of<Served>(appId, 'served').list(engine.documents);
}

export function recordReplicas(engine: Engine, appId: string, change: ReplicaChange): void {
  of<ReplicaChange>(appId, 'replicas').put(engine.documents, engine.ids.guid(), change);
}

/** In the order of time. */
export function replicaChanges(engine: Engine, appId: string): readonly ReplicaChange[] {
  return of<ReplicaChange>(appId, 'replicas')
    .list(engine.documents)
    .toSorted((a, b) => a.at - b.at);
}

export function recordRestart(engine: Engine, appId: string, restart: Restart): void {
  of<Restart>(appId, 'restarts').put(engine.documents, engine.ids.guid(), restart);
}

export function restartsOf(engine: Engine, appId: string): readonly Restart[] {
  return of<Restart>(appId, 'restarts').list(engine.documents);
}

/** Counts a turn of `name`, an app or a revision; returns how many there were before. */
export function takeTurn(engine: Engine, appId: string, name: string): number {
  const turns = of<Turns>(appId, 'turns');
  const count = turns.get(engine.documents, name)?.count ?? 0;
  turns.put(engine.documents, name, { count: count + 1, last: engine.clock.now() });
  return count;
}

/** When `name` had its last turn; undefined when it never had one. */
export function lastTurn(engine: Engine, appId: string, name: string): number | undefined {
  return of<Turns>(appId, 'turns').get(engine.documents, name)?.last;
}
