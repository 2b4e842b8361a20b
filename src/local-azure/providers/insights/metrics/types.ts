import { requireParent } from '../../../arm/existence.ts';
import type { Call, ResourceType } from '../../../arm/resource-type.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { json, type Reply } from '../../../server/reply.ts';
import { targetType } from '../diagnostic-settings.ts';
import { metricsOf, regionOf, type Metric } from './catalogue.ts';
import { badRequest, parseFilter } from './filter.ts';
import { seriesOf, wantedAggregations } from './series.ts';
import { parseTimespan } from './timespan.ts';

const VERSIONS = ['2018-01-01', '2019-07-01', '2021-05-01', '2023-10-01', '2024-02-01'];

/** Microsoft.Insights/metrics@2024-02-01: what a resource measured; computed from what was really served. */
export const metrics: ResourceType = {
  type: 'Microsoft.Insights/metrics',
  apiVersions: VERSIONS,
  placement: 'extension',
  hasSystemData: false,
  dialect: 'bare',
  handlers: { LIST: listMetrics },
};

/** Microsoft.Insights/metricDefinitions@2024-02-01. */
export const metricDefinitions: ResourceType = {
  type: 'Microsoft.Insights/metricDefinitions',
  apiVersions: VERSIONS,
  placement: 'extension',
  hasSystemData: false,
  dialect: 'bare',
  handlers: {
    LIST: (call) => {
      const { resource, type } = measured(call);
      return json(200, { value: (metricsOf(type) ?? []).map((metric) => definition(metric, resource, type)) });
    },
  },
};

/** Microsoft.Insights/metricNamespaces@2024-02-01. */
export const metricNamespaces: ResourceType = {
  type: 'Microsoft.Insights/metricNamespaces',
  apiVersions: [...VERSIONS, '2017-12-01-preview'].toSorted(),
  placement: 'extension',
  hasSystemData: false,
  dialect: 'bare',
  handlers: {
    LIST: (call) => {
      const { resource, type } = measured(call);
      const name = type.toLowerCase();
      const own = {
        id: `${resource.id}/providers/microsoft.insights/metricNamespaces/${name}`,
        type: 'Microsoft.Insights/metricNamespaces',
        name,
        classification: 'Platform',
        properties: { metricNamespaceName: name },
      };
      return json(200, { value: metricsOf(type) ? [own] : [] });
    },
  },
};

interface Measured {
  readonly resource: StoredResource;
  readonly type: string;
}

function measured(call: Call): Measured {
  const { engine, target } = call;
  requireParent(call);
  const resource = engine.resources.get(target.parent);
  if (!resource)
    throw badRequest('The embedded Azure answers for the metrics of single resources, not of subscriptions or groups.');
  return { resource, type: targetType(engine, target.parent) };
}

function listMetrics(call: Call): Reply {
  const { resource, type } = measured(call);
  const { query } = call.request;
  const namespace = query.get('metricnamespace') ?? type.toLowerCase();
  const known = namespace.toLowerCase() === type.toLowerCase() ? (metricsOf(type) ?? []) : [];
  const chosen = chosenMetrics(query.get('metricnames'), known, type);
  const filter = parseFilter(query.get('$filter'), chosen);
  const span = parseTimespan(query.get('timespan'), query.get('interval'), call.engine.clock.now());
  if (query.get('orderby') !== undefined) throw badRequest('The embedded Azure does not sort series by orderby.');
  const most = topOf(query.get('top'), query.get('$filter'));
  const isMetadata = query.get('resultType')?.toLowerCase() === 'metadata';
  return json(200, {
    cost: 0,
    timespan: `${iso(span.from)}/${iso(span.to)}`,
    interval: span.interval,
    value: chosen.map((metric) => {
      const series = seriesOf(
        metric.samples(call.engine, resource),
        span,
        filter,
        wantedAggregations(query.get('aggregation'), metric),
      );
      const shown = series.slice(0, most);
      return {
        id: `${resource.id}/providers/Microsoft.Insights/metrics/${metric.name}`,
        type: 'Microsoft.Insights/metrics',
        name: { value: metric.name, localizedValue: metric.display },
        displayDescription: metric.description,
        unit: metric.unit,
        timeseries: isMetadata ? shown.map(({ metadatavalues }) => ({ metadatavalues: metadatavalues ?? [] })) : shown,
        errorCode: 'Success',
      };
    }),
    namespace: namespace.toLowerCase(),
    resourceregion: regionOf(resource),
  });
}

/** The metrics by name, or the first one; the text of the refusal is unverified. */
function chosenMetrics(names: string | undefined, known: readonly Metric[], type: string): readonly Metric[] {
  const [provider = '', ...rest] = type.split('/');
  const missing = (name: string): never => {
    throw badRequest(
      `Failed to find metric configuration for provider: ${provider}, resource Type: ${rest.join('/')}, metric: ${name}, Valid metrics: ${known.map((one) => one.name).join(',')}`,
    );
  };
  if (names === undefined) return known.length === 0 ? missing('') : known.slice(0, 1);
  return names.split(',').map((name) => {
    return known.find((one) => one.name.toLowerCase() === name.trim().toLowerCase()) ?? missing(name.trim());
  });
}

/** Series at most; counts only beside a filter, and is 10 there. */
function topOf(text: string | undefined, filter: string | undefined): number {
  if (text === undefined) return filter === undefined ? Infinity : 10;
  const most = Number(text);
  if (Number.isInteger(most) && most > 0) return most;
  throw badRequest(`The value of 'top' is not valid: ${text}`);
}

function definition(metric: Metric, resource: StoredResource, type: string): JsonObject {
  return {
    id: `${resource.id}/providers/microsoft.insights/metricdefinitions/${metric.name}`,
    resourceId: resource.id,
    namespace: type.toLowerCase(),
    name: { value: metric.name, localizedValue: metric.display },
    displayDescription: metric.description,
    isDimensionRequired: false,
    unit: metric.unit,
    primaryAggregationType: metric.primary,
    supportedAggregationTypes: metric.aggregations,
    metricAvailabilities: ['PT1M', 'PT5M', 'PT15M', 'PT30M', 'PT1H', 'PT6H', 'PT12H', 'P1D'].map((timeGrain) => ({
      timeGrain,
      retention: 'P93D',
    })),
    dimensions: metric.dimensions.map((name) => ({ value: name, localizedValue: name })),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000', '');
}
