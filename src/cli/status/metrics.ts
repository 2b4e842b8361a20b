import type { MetricLine } from '../../azure/metrics.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { MetricsStatus, Series } from './document.ts';

const HOUR = 3_600_000;
const HOURS = 24;

/** The running hour and the 23 before it. Milliseconds since 1970. */
export function lastDay(now: number): { readonly from: number; readonly to: number } {
  const to = (Math.floor(now / HOUR) + 1) * HOUR;
  return { from: to - HOURS * HOUR, to };
}

/** Which metrics of a type are told, and how. Names and dimensions are those of Azure Monitor's list of supported metrics. */
export interface MetricsOfType {
  readonly kind: string;
  readonly splitBy: string;
  readonly requests: string;
  readonly latency: string;
  readonly isError: (label: string) => boolean;
  /** Asked for without the split, because they do not have its dimension. */
  readonly tokens?: { readonly input: string; readonly output: string };
}

/** Microsoft.App/containerApps and Microsoft.CognitiveServices/accounts. */
export const METRICS: readonly MetricsOfType[] = [
  {
    kind: 'ContainerApp',
    splitBy: 'statusCodeCategory',
    requests: 'Requests',
    latency: 'ResponseTime',
    isError: (label) => label === '5xx',
  },
  {
    kind: 'FoundryAccount',
    splitBy: 'StatusCode',
    requests: 'ModelRequests',
    latency: 'TimeToResponse',
    isError: (label) => /^[45]/.test(label),
    tokens: { input: 'InputTokens', output: 'OutputTokens' },
  },
];

/** Puts lines of one resource together. `from` is the start of the first hour. */
export function metricsStatus(
  id: ResourceId,
  type: MetricsOfType,
  lines: readonly MetricLine[],
  from: number,
): MetricsStatus {
  const of = (metric: string): MetricLine[] =>
    lines.filter((line) => line.metric.toLowerCase() === metric.toLowerCase());
  const requests = of(type.requests);
  const counts = (found: readonly MetricLine[]): Series => sums(found, from);
  return {
    id,
    requests: counts(requests),
    errors: errorsOf(counts(requests), counts(requests.filter(({ label = '' }) => type.isError(label)))),
    latency: means(of(type.latency), from),
    ...(type.tokens
      ? { inputTokens: counts(of(type.tokens.input)), outputTokens: counts(of(type.tokens.output)) }
      : {}),
  };
}

/** Where requests were counted and none of them failed, there were no errors. */
function errorsOf(requests: Series, errors: Series): Series {
  const points = requests.points.map((point, hour) => (point === null ? null : (errors.points[hour] ?? 0)));
  return { points, value: requests.value === null ? null : (errors.value ?? 0) };
}

function byHour(lines: readonly MetricLine[], from: number): MetricLine['points'][number][][] {
  const points = lines.flatMap((line) => line.points);
  return Array.from({ length: HOURS }, (_, hour) => points.filter(({ at }) => Math.floor((at - from) / HOUR) === hour));
}

function sums(lines: readonly MetricLine[], from: number): Series {
  const points = byHour(lines, from).map((found) => {
    const known = found.flatMap(({ total }) => total ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  const known = points.filter((point) => point !== null);
  return { points, value: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) };
}

/** Means weighted by the number of measurements, so that lines of a split make the mean of the whole. */
function means(lines: readonly MetricLine[], from: number): Series {
  const hours = byHour(lines, from).map((found) =>
    found.reduce(
      (sum, { average, count = 0 }) =>
        average === undefined ? sum : { total: sum.total + average * count, count: sum.count + count },
      { total: 0, count: 0 },
    ),
  );
  const mean = ({ total, count }: { total: number; count: number }): number | null =>
    count === 0 ? null : total / count;
  const whole = hours.reduce((sum, hour) => ({ total: sum.total + hour.total, count: sum.count + hour.count }));
  return { points: hours.map(mean), value: mean(whole) };
}
