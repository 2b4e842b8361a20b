import { IDENTITY } from '../../arm/identity.ts';
import type { ResourceType, View } from '../../arm/contract.ts';
import { arrayAt, isObject, overlayObjects, type Json, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';

const common = { useCommonAlertSchema: 'boolean = false', managedIdentity: 'string' };

const receivers = {
  armRoleReceivers: [{ 'name!': 'string', 'roleId!': 'string', useCommonAlertSchema: 'boolean = false' }],
  automationRunbookReceivers: [
    {
      'automationAccountId!': 'string',
      'runbookName!': 'string',
      'webhookResourceId!': 'string',
      'isGlobalRunbook!': 'boolean',
      name: 'string',
      serviceUri: 'string',
      ...common,
    },
  ],
  azureAppPushReceivers: [{ 'name!': 'string', 'emailAddress!': 'string' }],
  azureFunctionReceivers: [
    {
      'name!': 'string',
      'functionAppResourceId!': 'string',
      'functionName!': 'string',
      'httpTriggerUrl!': 'string',
      ...common,
    },
  ],
  emailReceivers: [
    { 'name!': 'string', 'emailAddress!': 'string', useCommonAlertSchema: 'boolean = false', status: 'readonly' },
  ],
  eventHubReceivers: [
    {
      'name!': 'string',
      'eventHubNameSpace!': 'string',
      'eventHubName!': 'string',
      'subscriptionId!': 'string',
      tenantId: 'string',
      ...common,
    },
  ],
  incidentReceivers: [
    {
      'name!': 'string',
      'connection!': { 'name!': 'string', 'id!': 'string' },
      'incidentManagementService!': 'string',
      'mappings!': { '*': 'string' },
    },
  ],
  itsmReceivers: [
    {
      'name!': 'string',
      'workspaceId!': 'string',
      'connectionId!': 'string',
      'ticketConfiguration!': 'string',
      'region!': 'string',
    },
  ],
  logicAppReceivers: [{ 'name!': 'string', 'resourceId!': 'string', 'callbackUrl!': 'string', ...common }],
  smsReceivers: [{ 'name!': 'string', 'countryCode!': 'string', 'phoneNumber!': 'string', status: 'readonly' }],
  voiceReceivers: [{ 'name!': 'string', 'countryCode!': 'string', 'phoneNumber!': 'string' }],
  webhookReceivers: [
    {
      'name!': 'string',
      'serviceUri!': 'string',
      useAadAuth: 'boolean = false',
      objectId: 'string',
      identifierUri: 'string',
      tenantId: 'string',
      ...common,
    },
  ],
} as const;

/** Every list of receivers is returned, empty where nothing was sent; that of incidents is a preview's. */
const noReceivers: JsonObject = Object.fromEntries(
  Object.keys(receivers)
    .filter((list) => list !== 'incidentReceivers')
    .map((list) => [list, []]),
);

/** Microsoft.Insights/actionGroups: who is notified when an alert fires. */
export const actionGroups: ResourceType = {
  type: 'Microsoft.Insights/actionGroups',
  apiVersions: ['2019-06-01', '2021-09-01', '2022-06-01', '2023-01-01', '2023-09-01-preview', '2024-10-01-preview'],
  placement: 'resource-group',
  location: 'echoed',
  hasSystemData: false,
  body: {
    identity: IDENTITY,
    'properties!': { 'groupShortName!': 'string(1..12)', 'enabled!': 'boolean', ...receivers },
  },
  names: { pattern: /^[^<>*%&:\\?+/]{1,260}$/u, message: "The action group name '{name}' is invalid." },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  complete: () => ({ defaults: { properties: noReceivers } }),
  present,
};

/** E-mail and SMS receivers count as confirmed at once. */
function present(body: JsonObject, _group: StoredResource, _view: View): JsonObject {
  const enabled = (list: string): readonly Json[] =>
    arrayAt(body, `properties.${list}`).map((item) => (isObject(item) ? { status: 'Enabled' } : {}));
  return overlayObjects(body, {
    properties: { emailReceivers: enabled('emailReceivers'), smsReceivers: enabled('smsReceivers') },
  });
}
