import { ArmError } from '../../arm/arm-error.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { stateOf } from '../../arm/state.ts';
import { textAt, valueAt } from '../../engine/json.ts';
import { LOCATION_TYPE } from '../extended-location/custom-locations.ts';
import { requireEmptyEnvironment } from './environment-use.ts';
import { APP_VERSIONS, CONNECTED_ENVIRONMENT_TYPE } from './shared.ts';

/** Microsoft.App/connectedEnvironments@2026-01-01: what container apps and jobs run in on an Arc cluster. */
export const connectedEnvironments: ResourceType = {
  type: CONNECTED_ENVIRONMENT_TYPE,
  apiVersions: APP_VERSIONS,
  placement: 'resource-group',
  location: 'display',
  reportsApiVersions: true,
  body: {
    'extendedLocation!': { 'name!': 'string', 'type!': 'CustomLocation' },
    properties: {
      staticIp: 'string',
      daprAIConnectionString: 'secret',
      customDomainConfiguration: {
        dnsSuffix: 'string',
        certificateKeyVaultProperties: { identity: 'string', keyVaultUrl: 'string' },
        certificateValue: 'secret',
        certificatePassword: 'secret',
        customDomainVerificationId: 'readonly',
        expirationDate: 'readonly',
        thumbprint: 'readonly',
        subjectName: 'readonly',
      },
      defaultDomain: 'readonly',
      deploymentErrors: 'readonly',
      provisioningState: 'readonly',
    },
  },
  immutable: ['extendedLocation'],
  codes: {
    immutable: 'ConnectedEnvironmentPropertyCannotBeChanged',
    immutableStatus: 400,
    busy: 'ConnectedEnvironmentOperationInProgress',
  },
  names: {
    pattern: /^[a-zA-Z](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])?$/u,
    code: 'ConnectedEnvironmentInvalidName',
    message: "Invalid ConnectedEnvironment name '{name}'.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    delete: ['azure-async-operation', 'location'],
    states: {
      create: 'InfrastructureSetupInProgress',
      update: 'InfrastructureSetupInProgress',
      delete: 'ScheduledForDelete',
    },
    statusPath: 'locations/{location}/connectedEnvironmentOperationStatuses/{id}',
    resultPath: 'locations/{location}/connectedEnvironmentOperationResults/{id}',
  },
  check: requireLocation,
  complete,
  beforeDelete: requireEmptyEnvironment,
};

/** The custom location is there and has been provisioned. */
function requireLocation({ engine, body, existing }: Write): void {
  const id = textAt(body, 'extendedLocation.name') ?? '';
  const location = engine.resources.get(id);
  if (!location || location.type !== LOCATION_TYPE)
    throw new ArmError(400, 'InvalidCustomLocation', `The custom location '${id}' does not exist.`);
  const state = stateOf(location) ?? '';
  if (!existing && state !== 'Succeeded')
    throw new ArmError(409, 'CustomLocationNotReady', `The custom location '${id}' is in the state '${state}'.`);
}

function complete({ engine, id, name, body, previous }: Write): Completed {
  const mark = engine.ids.guidOf(id).slice(0, 8);
  const location = textAt(body, 'location') ?? '';
  const suffix = textAt(body, 'properties.customDomainConfiguration.dnsSuffix');
  const own = `${name.toLowerCase().slice(0, 12)}-${mark}.${location}.k4apps.io`;
  const domain = suffix ?? textAt(previous?.readOnly, 'properties.defaultDomain') ?? own;
  const hasDomain = valueAt(body, 'properties.customDomainConfiguration') !== undefined;
  const customDomainVerificationId = engine.ids.guidOf(`${id}/domain`).replaceAll('-', '').toUpperCase();
  return {
    readOnly: {
      properties: {
        defaultDomain: domain,
        ...(hasDomain ? { customDomainConfiguration: { customDomainVerificationId } } : {}),
      },
    },
  };
}
