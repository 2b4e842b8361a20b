import type { Engine } from '../../../engine/engine.ts';
import { textAt, valueAt } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { MINUTE, restartsOf, servedOf } from '../../../live/served.ts';
import { isActive, revisionsOf } from '../../app/revisions.ts';
import { APP_TYPE } from '../../app/shared.ts';

/** Measurements of one minute with the same dimensions. */
export interface Sample {
  /** Start of the minute, in milliseconds of the clock. */
  readonly minute: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly count: number;
  readonly total: number;
  readonly maximum: number;
  readonly minimum: number;
}

export interface Metric {
  readonly name: string;
  readonly display: string;
  readonly description: string;
  readonly unit: 'Count' | 'MilliSeconds';
  readonly primary: Aggregation;
  readonly aggregations: readonly Aggregation[];
  readonly dimensions: readonly string[];
  readonly samples: (engine: Engine, resource: StoredResource) => readonly Sample[];
}

export const AGGREGATIONS = ['Average', 'Count', 'Maximum', 'Minimum', 'Total'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

const BY_STATUS = ['revisionName', 'statusCodeCategory', 'statusCode'];

/** Names, units and dimensions are from arm.md 3.12, which has them from memory: unverified. */
const CONTAINER_APP: readonly Metric[] = [
  {
    name: 'Requests',
    display: 'Requests',
    description: 'Requests processed',
    unit: 'Count',
    primary: 'Total',
    aggregations: ['Total', 'Average', 'Maximum', 'Minimum'],
    dimensions: BY_STATUS,
    samples: (engine, app) =>
      servedOf(engine, app.id).map(({ minute, count, ...rest }) => ({
        minute,
        dimensions: byStatus(rest),
        count: 1,
        total: count,
        maximum: count,
        minimum: count,
      })),
  },
  {
    name: 'ResponseTime',
    display: 'Average Response Time (Preview)',
    description: 'Average response time',
    unit: 'MilliSeconds',
    primary: 'Average',
    aggregations: ['Average', 'Maximum', 'Minimum'],
    dimensions: ['statusCodeCategory', 'statusCode'],
    samples: (engine, app) =>
      servedOf(engine, app.id).map(({ minute, count, totalMs, longestMs, shortestMs, ...rest }) => ({
        minute,
        dimensions: byStatus(rest),
        count,
        total: totalMs,
        maximum: longestMs,
        minimum: shortestMs,
      })),
  },
  {
    name: 'RestartCount',
    display: 'Total Replica Restart Count',
    description: 'The cumulative number of times replicas have restarted since their creation',
    unit: 'Count',
    primary: 'Maximum',
    aggregations: ['Total', 'Average', 'Maximum', 'Minimum'],
    dimensions: ['revisionName'],
    samples: (engine, app) =>
      restartsOf(engine, app.id).map(({ minute, revision, count }) => single(minute, revision, count)),
  },
  {
    name: 'Replicas',
    display: 'Replica Count',
    description: 'Number of replicas of a container app',
    unit: 'Count',
    primary: 'Maximum',
    aggregations: ['Total', 'Average', 'Maximum', 'Minimum'],
    dimensions: ['revisionName'],
    // Only what is known: how many there are now.
    samples: (engine, app) => {
      const now = Math.floor(engine.clock.now() / MINUTE) * MINUTE;
      return revisionsOf(engine, app)
        .filter(isActive)
        .map((one) => single(now, one.name, Number(valueAt(one.readOnly, 'properties.replicas') ?? 0)));
    },
  },
];

/** The metrics that a type has here; undefined for a type whose metrics are not imitated. */
export function metricsOf(type: string): readonly Metric[] | undefined {
  return type.toLowerCase() === APP_TYPE.toLowerCase() ? CONTAINER_APP : undefined;
}

function byStatus({ revision, status }: { readonly revision: string; readonly status: number }) {
  return { revisionName: revision, statusCodeCategory: `${Math.floor(status / 100)}xx`, statusCode: String(status) };
}

function single(minute: number, revision: string, count: number): Sample {
  return { minute, dimensions: { revisionName: revision }, count: 1, total: count, maximum: count, minimum: count };
}

/** Region as metrics spell it. */
export function regionOf(resource: StoredResource): string {
  return (textAt(resource.writable, 'location') ?? 'global').toLowerCase().replaceAll(' ', '');
}
