import { normaliseLocation } from '../../../arm/locations.ts';
import { locationOf } from '../../../arm/place.ts';
import type { Call, ResourceType } from '../../../arm/contract.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { json, type Reply } from '../../../http/reply.ts';
import { MINUTE } from '../../app/activity.ts';
import { metricsOf, type Aggregation, type Metric } from './catalogue.ts';
import { readQuery, type MetricsQuery } from './query.ts';
import { lastKnownMinute, samplesOf } from './samples.ts';
import { aggregate, gridOf, pointsOf, splitSamples, sum, type Grid, type Series } from './series.ts';
import { EXTENSION, requireTarget } from './target.ts';

/** Microsoft.Insights/metrics@2024-02-01 of any resource. Nothing is stored: values follow from what happened. */
export const metrics: ResourceType = {
  ...EXTENSION,
  type: 'Microsoft.Insights/metrics',
  handlers: { LIST: listMetrics },
};

function listMetrics(call: Call): Reply {
  const { engine, request } = call;
  const resource = requireTarget(call);
  const query = readQuery(request.query, resource.type, metricsOf(resource.type), engine.clock.now());
  const { from, to, interval, grain, metadataOnly } = query;
  const grid = gridOf(from, to, interval, lastKnownMinute(engine));
  const value = query.metrics.map((metric) => {
    const shown = describe(resource, metric);
    const series = typeof metric === 'string' ? [] : seriesOf(call, resource, metric, query, grid);
    return { ...shown, errorCode: 'Success', timeseries: series.map((each) => show(each, metric, query, grid)) };
  });
  return json(200, {
    cost: 0,
    timespan: `${instant(from)}/${instant(to)}`,
    ...(metadataOnly ? {} : { interval: grain }),
    namespace: resource.type,
    resourceregion: normaliseLocation(locationOf(engine, resource)),
    value,
  });
}

function instant(time: number): string {
  return new Date(time).toISOString().replace('.000', '');
}

function describe(resource: StoredResource, metric: Metric | string): JsonObject {
  const name = typeof metric === 'string' ? metric : metric.name;
  const known = typeof metric === 'string' ? { title: name, description: '', unit: 'Unspecified' } : metric;
  return {
    id: `${resource.id}/providers/Microsoft.Insights/metrics/${name}`,
    type: 'Microsoft.Insights/metrics',
    name: { value: name, localizedValue: known.title },
    displayDescription: known.description,
    unit: known.unit,
  };
}

function seriesOf(
  { engine }: Call,
  resource: StoredResource,
  metric: Metric,
  { split, rollup, order, top }: MetricsQuery,
  grid: Grid,
): readonly Series[] {
  const [first = 0] = grid.starts;
  const end = Math.min((grid.starts.at(-1) ?? first) + grid.length, grid.known + MINUTE);
  const series = splitSamples(samplesOf(engine, resource, metric.name, first, end), split, rollup);
  const ordered = order ? series.toSorted((a, b) => compare(a, b, order.by) * (order.descending ? -1 : 1)) : series;
  return ordered.slice(0, top);
}

function compare(a: Series, b: Series, by: Aggregation): number {
  const [first, second] = [a, b].map(({ samples }) => aggregate(sum(samples), by) ?? 0);
  return (first ?? 0) - (second ?? 0);
}

function show(series: Series, metric: Metric | string, query: MetricsQuery, grid: Grid): JsonObject {
  const primary: readonly Aggregation[] = typeof metric === 'string' ? [] : [metric.primary];
  const metadatavalues = series.labels.map(([name, value]) => ({
    name: { value: name.toLowerCase(), localizedValue: name.toLowerCase() },
    value,
  }));
  if (query.metadataOnly) return { metadatavalues };
  return { metadatavalues, data: pointsOf(series.samples, grid, query.aggregations ?? primary) };
}
