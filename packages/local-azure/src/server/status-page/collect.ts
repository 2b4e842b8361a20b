import { render } from '../../arm/render.ts';
import { subscriptionIds } from '../../arm/known-subscriptions.ts';
import type { Engine } from '../../arm/contract.ts';
import { arrayAt, objectAt, sameText, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { agentsOf, latestVersion, type Agent, type AgentStore } from '../../foundry/agents/store.ts';
import { servedBy, type Served } from '../../providers/app/activity.ts';
import { showVersion } from '../../foundry/agents/view.ts';

/** Data of the status page, without markup. */
export interface Status {
  readonly subscriptions: readonly string[];
  readonly time: number;
  readonly clock: 'real' | 'virtual';
  readonly total: number;
  readonly groups: readonly GroupStatus[];
  readonly agents: readonly AgentStatus[];
  readonly apps: readonly AppStatus[];
  readonly alerts: readonly AlertStatus[];
}

export interface GroupStatus {
  readonly name: string;
  readonly subscription: string;
  readonly location: string;
  readonly resources: readonly ResourceStatus[];
  /** How many more there are than `resources` holds. */
  readonly more: number;
}

export interface ResourceStatus {
  /** Below the group: `account/project`. */
  readonly name: string;
  readonly type: string;
  readonly state: string;
  readonly location: string;
}

export interface AgentStatus {
  readonly name: string;
  readonly project: string;
  readonly enabled: boolean;
  readonly versions: readonly VersionStatus[];
}

export interface VersionStatus {
  readonly version: string;
  readonly kind: string;
  readonly model: string;
  readonly state: string;
  /** Percent. */
  readonly traffic: number;
}

export interface AppStatus {
  readonly name: string;
  readonly group: string;
  /** Its address on Azure; empty without ingress. */
  readonly url: string;
  /** Where it answers on this server, as a path; empty without ingress. */
  readonly path: string;
  readonly revisions: readonly RevisionStatus[];
}

export interface RevisionStatus {
  readonly name: string;
  readonly image: string;
  readonly state: string;
  readonly active: boolean;
  readonly traffic: number;
  readonly labels: readonly string[];
  /** Requests that were answered, and how many of them by a status of 500 and above. */
  readonly served: number;
  readonly failed: number;
}

export interface AlertStatus {
  readonly name: string;
  readonly kind: string;
  readonly severity: string;
  readonly enabled: boolean;
  readonly condition: string;
}

const APP_TYPE = 'Microsoft.App/containerApps';
const PROJECT_TYPE = 'Microsoft.CognitiveServices/accounts/projects';
const GROUP_TYPE = 'Microsoft.Resources/resourceGroups';
const MOST_PER_GROUP = 100;

export function collectStatus(engine: Engine, origin: string): Status {
  const bodyOf = (resource: StoredResource): JsonObject => {
    const apiVersion = engine.registry.type(resource.type)?.definition.apiVersions.at(-1) ?? '';
    return render(resource, { engine, origin, apiVersion });
  };
  const ofType = (type: string): StoredResource[] => engine.resources.list({ type });
  return {
    subscriptions: subscriptionIds(engine),
    time: engine.clock.now(),
    clock: engine.clock.kind,
    total: Number(engine.database.connection.prepare('SELECT count(*) AS n FROM resources').get()?.['n'] ?? 0),
    groups: ofType(GROUP_TYPE).map((group) => groupStatus(engine, group)),
    agents: ofType(PROJECT_TYPE).flatMap((project) => agentsIn(engine, project)),
    apps: ofType(APP_TYPE).map((app) =>
      appStatus(app, bodyOf(app), ofType(`${APP_TYPE}/revisions`).map(bodyOf), servedBy(engine, app.id)),
    ),
    alerts: ALERT_TYPES.flatMap((type) => ofType(type).map((rule) => alertStatus(rule, bodyOf(rule)))),
  };
}

function groupStatus(engine: Engine, group: StoredResource): GroupStatus {
  const inside = engine.resources.descendants(group.id);
  const isExtension = ({ type }: StoredResource): boolean =>
    engine.registry.type(type)?.definition.placement === 'extension';
  const { own = [], extensions = [] } = Object.groupBy(inside, (each) => (isExtension(each) ? 'extensions' : 'own'));
  const sorted = (resources: readonly StoredResource[]): ResourceStatus[] =>
    resources.map((each) => resourceStatus(group, each)).toSorted((a, b) => a.name.localeCompare(b.name));
  return {
    name: group.name,
    subscription: group.subscription,
    location: textAt(group.writable, 'location') ?? '',
    resources: [...sorted(own), ...sorted(extensions)].slice(0, MOST_PER_GROUP),
    more: Math.max(0, inside.length - MOST_PER_GROUP),
  };
}

function resourceStatus(group: StoredResource, resource: StoredResource): ResourceStatus {
  const below = resource.id.slice(group.id.length).split('/providers/').at(-1) ?? resource.name;
  return {
    name: below
      .split('/')
      .filter((_, index) => index > 0 && index % 2 === 0)
      .join('/'),
    type: resource.type.replace(/^Microsoft\./u, ''),
    state: textAt(resource.readOnly, 'properties.provisioningState') ?? '',
    location: textAt(resource.writable, 'location') ?? '',
  };
}

function agentsIn(engine: Engine, project: StoredResource): AgentStatus[] {
  const store = agentsOf(engine, project);
  const path = project.id.split('/');
  return store.list().map((agent) => ({
    name: agent.name,
    project: `${path.at(-3) ?? ''}/${project.name}`,
    enabled: agent.enabled,
    versions: versionsOf(engine, store, agent),
  }));
}

function versionsOf(engine: Engine, store: AgentStore, agent: Agent): VersionStatus[] {
  const versions = store.versions(agent.name);
  const rules = arrayAt(agent.endpoint, 'version_selector.version_selection_rules');
  const latest = latestVersion(versions)?.version;
  return versions.map((version) => {
    const shown = showVersion(engine, agent, version);
    return {
      version: version.version,
      kind: textAt(shown, 'definition.kind') ?? '',
      model: textAt(shown, 'definition.model') ?? textAt(shown, 'definition.image') ?? '',
      state: version.draft ? 'draft' : (textAt(shown, 'status') ?? ''),
      traffic: rules.length === 0 ? Number(version.version === latest) * 100 : share(rules, version.version),
    };
  });
}

function share(rules: readonly Json[], version: string): number {
  const own = rules.filter((rule) => textAt(rule, 'agent_version') === version);
  return own.reduce<number>((sum, rule) => sum + Number(valueAt(rule, 'traffic_percentage') ?? 0), 0);
}

function appStatus(
  app: StoredResource,
  body: JsonObject,
  revisions: readonly JsonObject[],
  served: readonly Served[],
): AppStatus {
  const prefix = `${app.id.toLowerCase()}/revisions/`;
  const own = revisions.filter((revision) => (textAt(revision, 'id') ?? '').toLowerCase().startsWith(prefix));
  const host = textAt(body, 'properties.configuration.ingress.fqdn');
  const traffic = arrayAt(body, 'properties.configuration.ingress.traffic');
  return {
    name: app.name,
    group: app.resourceGroup,
    url: host === undefined ? '' : `https://${host}`,
    path: host === undefined ? '' : `/apps/${encodeURIComponent(host)}/`,
    revisions: own.map((revision) => revisionStatus(revision, traffic, served)).toReversed(),
  };
}

function revisionStatus(revision: JsonObject, traffic: readonly Json[], served: readonly Served[]): RevisionStatus {
  const properties = objectAt(revision, 'properties');
  const name = textAt(revision, 'name') ?? '';
  const named = traffic.filter((entry) => sameText(textAt(entry, 'revisionName') ?? '', name));
  return {
    name,
    image: textAt(arrayAt(properties, 'template.containers')[0], 'image') ?? '',
    state: textAt(properties, 'healthState') ?? textAt(properties, 'provisioningState') ?? '',
    active: valueAt(properties, 'active') === true,
    traffic: Number(valueAt(properties, 'trafficWeight') ?? 0),
    labels: named.flatMap((entry) => textAt(entry, 'label') ?? []),
    served: countOf(served, name, 0),
    failed: countOf(served, name, 500),
  };
}

function countOf(served: readonly Served[], revision: string, leastStatus: number): number {
  const own = served.filter((each) => sameText(each.revision, revision) && each.status >= leastStatus);
  return own.reduce((sum, { count }) => sum + count, 0);
}

const ALERT_TYPES = [
  'Microsoft.Insights/metricAlerts',
  'Microsoft.Insights/scheduledQueryRules',
  'Microsoft.Insights/activityLogAlerts',
];

function alertStatus(rule: StoredResource, body: JsonObject): AlertStatus {
  const conditions = [...arrayAt(body, 'properties.criteria.allOf'), ...arrayAt(body, 'properties.condition.allOf')];
  return {
    name: rule.name,
    kind: rule.type.split('/')[1] ?? '',
    severity: plain(body, 'properties.severity'),
    enabled: valueAt(body, 'properties.enabled') !== false,
    condition: conditions.map(conditionText).join(' and '),
  };
}

function conditionText(condition: Json): string {
  const text = (key: string): string => plain(condition, key);
  const subject = text('metricName') || text('query') || `${text('field')} = ${text('equals')}`;
  return [text('timeAggregation'), subject, text('operator'), text('threshold')]
    .filter((part) => part !== '')
    .join(' ');
}

/** A text or number at a dotted path; empty when it is something else. */
function plain(value: Json, path: string): string {
  const found = valueAt(value, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
