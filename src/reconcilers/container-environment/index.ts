import {
  isArray,
  isObject,
  isWithin,
  member,
  textAt,
  textOf,
  valueAt,
  withValueAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { AzureError } from '../../model/azure.ts';
import { isUuid } from '../../model/uuid.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import type { FieldChange } from '../../model/plan.ts';
import { nameOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { ContainerEnvironmentSpec } from './spec.ts';

const LOGS = '/properties/appLogsConfiguration';
const WORKSPACE_API_VERSION = '2026-03-01';

export const containerEnvironment = armKind<ContainerEnvironmentSpec>({
  kind: 'ContainerEnvironment',
  schema,
  type: 'Microsoft.App/managedEnvironments',
  apiVersion: '2026-01-01',
  nameRule: { scope: 'group', pattern: /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/, maxLength: 60, style: 'lower-kebab' },
  outputs: {
    defaultDomain: ['/properties/defaultDomain', 'Domain of its apps.'],
    staticIp: ['/properties/staticIp', 'Address of its ingress.'],
  },
  readOnly: [
    '/properties/customDomainConfiguration/customDomainVerificationId',
    '/properties/customDomainConfiguration/expirationDate',
    '/properties/customDomainConfiguration/subjectName',
    '/properties/customDomainConfiguration/thumbprint',
    '/properties/daprConfiguration',
    '/properties/defaultDomain',
    '/properties/deploymentErrors',
    '/properties/eventStreamEndpoint',
    '/properties/kedaConfiguration',
    '/properties/openTelemetryConfiguration',
    '/properties/privateEndpointConnections',
    '/properties/staticIp',
  ],
  update: 'patch',
  targets: { logs: [LOGS] },
  complete: withLogs,
  fromArm: (spec, body, site) => ({ ...spec, ...named(spec), logs: logsOf(valueAt(body, LOGS), site) }),
});

type EnvironmentSite = Site<ContainerEnvironmentSpec>;

/** The workspace of this environment that the logs go to; undefined for one given by resource id. */
function workspaceOf({ spec: { logs } }: EnvironmentSite): ResourceId | undefined {
  const workspace = logs?.workspace;
  return workspace === undefined || workspace.startsWith('/') || isUuid(workspace)
    ? undefined
    : resourceId('LogWorkspace', workspace);
}

/** Logs to a workspace need its id and key; the key is asked for here, goes into this request, and nowhere else. */
async function withLogs(
  body: JsonObject,
  site: EnvironmentSite,
  context: WriteContext,
  fields: readonly FieldChange[] | undefined,
): Promise<JsonObject> {
  const { azure, signal } = context;
  const { logs } = site.spec;
  const isPlanned = !fields || fields.some(({ field }) => isWithin(field, '/logs'));
  if (!logs || !isPlanned) return body;
  if (logs.destination !== 'log-analytics') {
    const destination = logs.destination === 'none' ? null : logs.destination;
    const other = fields ? { destination, logAnalyticsConfiguration: null } : { destination };
    return withValueAt(body, LOGS, destination === null && !fields ? {} : other) as JsonObject;
  }
  const known = workspaceOf(site);
  const path = known ? site.pathOf(known) : await elsewhere(logs.workspace ?? '', site, context);
  if (path === undefined) throw new Error(`The address of the log workspace of ${site.id} is not known`);
  const workspace = await azure.get({ path, apiVersion: WORKSPACE_API_VERSION });
  const keys = await azure.post({ path: `${path}/sharedKeys`, apiVersion: WORKSPACE_API_VERSION }, undefined, {
    signal,
    repeatable: true,
  });
  const logAnalyticsConfiguration: JsonObject = {
    customerId: valueAt(workspace, '/properties/customerId') ?? null,
    sharedKey: member(keys.body, 'primarySharedKey') ?? null,
  };
  return withValueAt(body, LOGS, { destination: logs.destination, logAnalyticsConfiguration }) as JsonObject;
}

/** Address of a workspace that is given by its id or by its customer id, which is looked for in the subscription. */
async function elsewhere(
  workspace: string,
  { id, environment }: EnvironmentSite,
  { azure }: WriteContext,
): Promise<string> {
  if (!isUuid(workspace)) return workspace;
  const path = `/subscriptions/${environment.subscriptionId}/providers/Microsoft.OperationalInsights/workspaces`;
  const all = (await azure.list({ path, apiVersion: WORKSPACE_API_VERSION })) ?? [];
  const found = all.find((one) => textAt(one, '/properties/customerId').toLowerCase() === workspace.toLowerCase());
  if (found) return textOf(found, 'id');
  const message = `${id} sends its logs to the workspace with the customer id ${workspace}, which this subscription does not have`;
  throw new AzureError({ code: 'WorkspaceNotFound', message, method: 'GET', url: path });
}

/** The live environment knows the workspace by its customer id only. */
function logsOf(logs: Json | undefined, site: EnvironmentSite): JsonObject {
  const destination = textOf(logs, 'destination');
  if (destination === '') return { destination: 'none' };
  if (destination !== 'log-analytics') return { destination };
  const customerId = textAt(logs, '/logAnalyticsConfiguration/customerId');
  const declared = workspaceOf(site);
  const same = declared !== undefined && site.outputOf(declared, 'customerId') === customerId;
  return { destination, workspace: same ? nameOf(declared) : customerId };
}

/** Azure takes a Consumption profile without a name, and names it so. */
function named({ workloadProfiles }: JsonObject): JsonObject {
  if (!isArray(workloadProfiles)) return {};
  const items = workloadProfiles.map((item) => (isObject(item) ? { name: member(item, 'type') ?? '', ...item } : item));
  return { workloadProfiles: items };
}
