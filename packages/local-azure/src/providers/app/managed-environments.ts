import { IDENTITY } from '../../arm/identity.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { arrayAt, sameText, textAt } from '../../engine/json.ts';
import { requireEmptyEnvironment } from './environment-use.ts';
import { APP_VERSIONS, ENVIRONMENT_TYPE } from './shared.ts';

/** Microsoft.App/managedEnvironments: what container apps and jobs run in. */
export const managedEnvironments: ResourceType = {
  type: ENVIRONMENT_TYPE,
  apiVersions: APP_VERSIONS,
  placement: 'resource-group',
  location: 'display',
  reportsApiVersions: true,
  body: {
    kind: 'string',
    identity: IDENTITY,
    properties: {
      appInsightsConfiguration: { connectionString: 'secret' },
      appLogsConfiguration: {
        destination: 'string',
        logAnalyticsConfiguration: { customerId: 'string', sharedKey: 'secret', dynamicJsonColumns: 'boolean' },
      },
      customDomainConfiguration: {
        certificateKeyVaultProperties: { identity: 'string', keyVaultUrl: 'string' },
        certificatePassword: 'secret',
        certificateValue: 'secret',
        dnsSuffix: 'string',
        customDomainVerificationId: 'readonly',
        expirationDate: 'readonly',
        subjectName: 'readonly',
        thumbprint: 'readonly',
      },
      daprAIConnectionString: 'secret',
      daprAIInstrumentationKey: 'secret',
      daprConfiguration: { version: 'readonly' },
      infrastructureResourceGroup: 'string',
      ingressConfiguration: {
        workloadProfileName: 'string',
        terminationGracePeriodSeconds: 'integer',
        headerCountLimit: 'integer',
        requestIdleTimeout: 'integer',
      },
      kedaConfiguration: { version: 'readonly' },
      peerAuthentication: { mtls: { enabled: 'boolean = false' } },
      peerTrafficConfiguration: { encryption: { enabled: 'boolean = false' } },
      publicNetworkAccess: 'Enabled|Disabled = Enabled',
      vnetConfiguration: {
        dockerBridgeCidr: 'string',
        infrastructureSubnetId: 'string',
        internal: 'boolean = false',
        platformReservedCidr: 'string',
        platformReservedDnsIP: 'string',
      },
      workloadProfiles: [
        {
          'name!': 'string',
          'workloadProfileType!': 'string',
          minimumCount: 'integer',
          maximumCount: 'integer',
          enableFips: 'boolean',
        },
      ],
      zoneRedundant: 'boolean = false',
      defaultDomain: 'readonly',
      deploymentErrors: 'readonly',
      eventStreamEndpoint: 'readonly',
      provisioningState: 'readonly',
      staticIp: 'readonly',
      openTelemetryConfiguration: 'any',
    },
  },
  immutable: ['properties.infrastructureResourceGroup', 'properties.vnetConfiguration', 'properties.zoneRedundant'],
  codes: {
    invalid: 'InvalidRequestContent',
    immutable: 'ManagedEnvironmentPropertyCannotBeChanged',
    immutableStatus: 400,
    busy: 'ManagedEnvironmentOperationInProgress',
  },
  names: {
    pattern: /^[a-zA-Z](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])?$/u,
    code: 'ManagedEnvironmentInvalidName',
    message:
      "Invalid ManagedEnvironment name '{name}'. A name must consist of alphanumeric characters or '-', start with an alphabetic character and end with an alphanumeric character, and have at most 60 characters.",
  },
  statuses: { create: 201, update: 200, patch: 202, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation', 'location'],
    delete: ['azure-async-operation', 'location'],
    states: { create: 'Waiting', update: 'UpgradeRequested', delete: 'ScheduledForDelete' },
    statusPath: 'locations/{location}/managedEnvironmentOperationStatuses/{id}',
    resultPath: 'locations/{location}/managedEnvironmentOperationResults/{id}',
  },
  complete,
  beforeDelete: requireEmptyEnvironment,
};

/** The Consumption profile is there unasked. */
function complete({ engine, name, id, body, previous }: Write): Completed {
  const location = textAt(body, 'location') ?? '';
  const sent = arrayAt(body, 'properties.workloadProfiles');
  const hasConsumption = sent.some((profile) => sameText(textAt(profile, 'workloadProfileType') ?? '', 'Consumption'));
  const consumption = { name: 'Consumption', workloadProfileType: 'Consumption' };
  const mark = engine.ids.guidOf(id).slice(0, 8);
  return {
    defaults: {
      properties: {
        peerAuthentication: { mtls: { enabled: false } },
        peerTrafficConfiguration: { encryption: { enabled: false } },
        kedaConfiguration: {},
        daprConfiguration: {},
      },
    },
    body: { properties: { workloadProfiles: hasConsumption ? sent : [...sent, consumption] } },
    readOnly: {
      properties: {
        defaultDomain:
          textAt(previous?.readOnly, 'properties.defaultDomain') ??
          `${name.toLowerCase().slice(0, 12)}-${mark}.${location}.azurecontainerapps.io`,
        staticIp: `20.10.${Number.parseInt(mark.slice(0, 2), 16)}.${Number.parseInt(mark.slice(2, 4), 16)}`,
        eventStreamEndpoint: `https://${location}.azurecontainerapps.dev${id}/eventstream`,
        kedaConfiguration: { version: '2.17.2' },
        daprConfiguration: { version: '1.13.6-msft.6' },
        customDomainConfiguration: {
          customDomainVerificationId: engine.ids.guidOf(`${id}/domain`).replaceAll('-', '').toUpperCase(),
        },
      },
    },
  };
}
