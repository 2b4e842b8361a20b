import type { Engine, ResourceType } from '../../arm/contract.ts';
import { member, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { render } from '../../arm/render.ts';
import { isTracked } from '../../arm/registry.ts';
import type { Caller } from '../../arm/caller.ts';
import type { Column, Row, Table } from '../../kql/table.ts';

const RESOURCE_COLUMNS: readonly Column[] = [
  ...['id', 'name', 'type', 'tenantId', 'kind', 'location', 'resourceGroup', 'subscriptionId', 'managedBy'].map(
    (name): Column => ({ name, type: 'string' }),
  ),
  ...['sku', 'plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation', 'systemData'].map(
    (name): Column => ({ name, type: 'dynamic' }),
  ),
];

/** Data that a query may read: rows of these subscriptions that the caller may read. */
export interface GraphScope {
  readonly engine: Engine;
  readonly caller: Caller;
  readonly origin: string;
  /** Lower-case ids. */
  readonly subscriptions: ReadonlySet<string>;
}

const GROUPS = 'Microsoft.Resources/resourceGroups';

/** Tables of Resource Graph by their name without regard to case; undefined for those that are not imitated. */
export function graphTable(scope: GraphScope, name: string): Table | undefined {
  const rows = Object.hasOwn(TABLES, name.toLowerCase()) ? TABLES[name.toLowerCase()] : undefined;
  return rows && { columns: RESOURCE_COLUMNS, rows: rows(scope) };
}

const TABLES: Readonly<Record<string, (scope: GraphScope) => Row[]>> = {
  resources: (scope) => rowsOf(scope, (type) => isTracked(type) && !sameText(type.type, GROUPS)),
  resourcecontainers: (scope) => [
    ...[...scope.subscriptions].map((id) => subscriptionRow(scope, id)),
    ...rowsOf(scope, ({ type }) => sameText(type, GROUPS)),
  ],
  authorizationresources: (scope) =>
    rowsOf(scope, ({ type }) => sameText(type, 'Microsoft.Authorization/roleAssignments')),
};

function rowsOf(scope: GraphScope, isWanted: (type: ResourceType) => boolean): Row[] {
  const { engine, caller, subscriptions } = scope;
  return engine.registry.providers
    .flatMap(({ types }) => types)
    .filter(isWanted)
    .flatMap(({ type }) => engine.resources.list({ type }))
    .filter(
      ({ id, type, subscription }) =>
        subscriptions.has(subscription.toLowerCase()) &&
        (engine.isAllowed?.({ caller, scope: id, action: `${type}/read`, isData: false }) ?? true),
    )
    .map((resource) => rowOf(scope, resource));
}

function rowOf({ engine, origin }: GraphScope, resource: StoredResource): Row {
  const type = engine.registry.type(resource.type)?.definition;
  const body: JsonObject = render(resource, { engine, origin, apiVersion: type?.apiVersions.at(-1) ?? '' });
  const text = (name: string): string => textAt(body, name) ?? '';
  return {
    id: resource.id,
    name: resource.name,
    type: sameText(resource.type, GROUPS)
      ? 'microsoft.resources/subscriptions/resourcegroups'
      : resource.type.toLowerCase(),
    tenantId: engine.tenantId,
    kind: text('kind'),
    location: text('location').toLowerCase().replaceAll(' ', ''),
    resourceGroup: resource.resourceGroup.toLowerCase(),
    subscriptionId: resource.subscription,
    managedBy: text('managedBy'),
    ...Object.fromEntries(
      ['sku', 'plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation', 'systemData'].map((name) => [
        name,
        member(body, name) ?? null,
      ]),
    ),
  };
}

function subscriptionRow({ engine }: GraphScope, id: string): Row {
  const text = { id: `/subscriptions/${id}`, name: id, type: 'microsoft.resources/subscriptions', subscriptionId: id };
  return { ...text, tenantId: engine.tenantId, properties: { state: 'Enabled' } };
}
