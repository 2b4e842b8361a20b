import type { Call, ResourceType } from '../../../arm/contract.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { json, type Reply } from '../../../http/reply.ts';
import { AGGREGATIONS, metricsOf, type Metric } from './catalogue.ts';
import { GRAIN_NAMES } from './query.ts';
import { EXTENSION, requireTarget } from './target.ts';

/** Microsoft.Insights/metricDefinitions@2024-02-01 of any resource. */
export const metricDefinitions: ResourceType = {
  ...EXTENSION,
  type: 'Microsoft.Insights/metricDefinitions',
  handlers: { LIST: listDefinitions },
};

/** Microsoft.Insights/metricNamespaces@2024-02-01 of any resource: that of its type, where its metrics are known. */
export const metricNamespaces: ResourceType = {
  ...EXTENSION,
  apiVersions: ['2017-12-01-preview', '2024-02-01'],
  type: 'Microsoft.Insights/metricNamespaces',
  handlers: { LIST: listNamespaces },
};

function listDefinitions(call: Call): Reply {
  const resource = requireTarget(call);
  const known = metricsOf(resource.type) ?? [];
  return json(200, { value: known.map((metric) => definitionOf(resource, metric)) });
}

function definitionOf(
  resource: StoredResource,
  { name, title, description, unit, primary, dimensions }: Metric,
): JsonObject {
  return {
    id: `${resource.id}/providers/microsoft.insights/metricdefinitions/${name}`,
    resourceId: resource.id,
    namespace: resource.type,
    name: { value: name, localizedValue: title },
    displayDescription: description,
    isDimensionRequired: false,
    unit,
    primaryAggregationType: primary,
    supportedAggregationTypes: AGGREGATIONS,
    metricAvailabilities: GRAIN_NAMES.map((timeGrain) => ({ timeGrain, retention: 'P93D' })),
    dimensions: dimensions.map((value) => ({ value, localizedValue: value })),
  };
}

function listNamespaces(call: Call): Reply {
  const resource = requireTarget(call);
  if (!metricsOf(resource.type)) return json(200, { value: [] });
  const name = resource.type.replaceAll('/', '-');
  const entry = {
    id: `${resource.id}/providers/microsoft.insights/metricNamespaces/${name}`,
    type: 'Microsoft.Insights/metricNamespaces',
    name,
    classification: 'Platform',
    properties: { metricNamespaceName: resource.type },
  };
  return json(200, { value: [entry] });
}
