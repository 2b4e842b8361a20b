import type { Engine } from '../../../arm/contract.ts';
import { MINUTE, replicaChanges, restartsOf, servedBy, type ReplicaChange } from '../../app/activity.ts';
import type { Sample } from './series.ts';

/** Measurements of a container app from the minute `from` to `to`, not included. Empty for metrics without measurements. */
export function containerAppSamples(engine: Engine, app: string, metric: string, from: number, to: number): Sample[] {
  const source = Object.hasOwn(SOURCES, metric) ? SOURCES[metric] : undefined;
  return source ? source(engine, app, from, Math.min(to, engine.clock.now() + 1)) : [];
}

type Source = (engine: Engine, app: string, from: number, to: number) => Sample[];

const SOURCES: Readonly<Record<string, Source>> = {
  Requests: (...asked) => answers(...asked, ({ count }) => ({ count, total: count, minimum: 1, maximum: 1 })),
  ResponseTime: (...asked) =>
    answers(...asked, ({ count, totalMs, leastMs, mostMs }) => ({
      count,
      total: totalMs,
      minimum: leastMs,
      maximum: mostMs,
    })),
  Replicas: replicas,
  RestartCount: restarts,
};

type Sums = Omit<Sample, 'minute' | 'dimensions'>;

function answers(
  engine: Engine,
  app: string,
  from: number,
  to: number,
  measure: (served: ReturnType<typeof servedBy>[number]) => Sums,
): Sample[] {
  return servedBy(engine, app)
    .filter(({ minute }) => minute >= from && minute < to)
    .map((served) => {
      const { minute, revision, status } = served;
      const dimensions = {
        revisionName: revision,
        statusCodeCategory: `${Math.floor(status / 100)}xx`,
        statusCode: String(status),
      };
      return { minute, dimensions, ...measure(served) };
    });
}

/** One sample per revision and minute: the most replicas that there were in it. */
function replicas(engine: Engine, app: string, from: number, to: number): Sample[] {
  const byRevision = Map.groupBy(replicaChanges(engine, app), ({ revision }) => revision);
  return [...byRevision].flatMap(([revision, changes]) =>
    [...mostByMinute(changes, from, to)].map(([minute, most]) => one(minute, revision, most)),
  );
}

function mostByMinute(changes: readonly ReplicaChange[], from: number, to: number): Map<number, number> {
  const most = new Map<number, number>();
  const start = Math.max(from, minuteOf(changes[0]?.at ?? to));
  let current = 0;
  let next = 0;
  for (let minute = start; minute < to; minute += MINUTE) {
    while ((changes[next]?.at ?? Infinity) < minute) current = changes[next++]?.replicas ?? 0;
    let greatest = current;
    while ((changes[next]?.at ?? Infinity) < minute + MINUTE) {
      current = changes[next++]?.replicas ?? 0;
      greatest = Math.max(greatest, current);
    }
    most.set(minute, greatest);
  }
  return most;
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE) * MINUTE;
}

function one(minute: number, revision: string, value: number): Sample {
  return { minute, dimensions: { revisionName: revision }, count: 1, total: value, minimum: value, maximum: value };
}

/** One sample per revision and minute with replicas or restarts: the number of restarts in it. */
function restarts(engine: Engine, app: string, from: number, to: number): Sample[] {
  const counts = new Map<string, Sample>();
  const add = (minute: number, revision: string, value: number): void => {
    const key = `${minute} ${revision}`;
    counts.set(key, one(minute, revision, (counts.get(key)?.total ?? 0) + value));
  };
  for (const { minute, dimensions, maximum } of replicas(engine, app, from, to))
    if (maximum > 0) add(minute, dimensions['revisionName'] ?? '', 0);
  for (const { at, revision } of restartsOf(engine, app))
    if (minuteOf(at) >= from && minuteOf(at) < to) add(minuteOf(at), revision, 1);
  return [...counts.values()];
}
