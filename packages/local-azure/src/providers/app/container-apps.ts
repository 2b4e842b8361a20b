import { beginOperation, pollHeaders } from '../../arm/operations.ts';
import { requireIdle } from '../../arm/existence.ts';
import { locationOf } from '../../arm/place.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, Completed, Engine, Handler, ResourceType, View, Write } from '../../arm/contract.ts';
import {
  arrayAt,
  equal,
  isObject,
  member,
  objectAt,
  overlayObjects,
  textAt,
  valueAt,
  withValue,
  type JsonObject,
} from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { empty, json } from '../../http/reply.ts';
import { defaultContainers, nulls, secretsOf, withEphemeralStorage } from './container-view.ts';
import { checkContainerApp } from './container-app-checks.ts';
import { CONTAINER_APP_SHAPE } from './container-app-shape.ts';
import { environmentIdOf } from './environment-use.ts';
import { forgetActivity } from './activity.ts';
import { createRevision, forgetOldRevisions, isStopped, retire, switchRevisions } from './revision-progress.ts';
import { requireNewName } from './revisions.ts';
import { APP_TYPE, APP_VERSIONS, ENVIRONMENT_TYPE } from './shared.ts';
import { isSingle } from './traffic.ts';

/** Microsoft.App/containerApps. Another template makes a new revision, another configuration does not. */
export const containerApps: ResourceType = {
  type: APP_TYPE,
  typeInIds: 'Microsoft.App/containerapps',
  apiVersions: APP_VERSIONS,
  placement: 'resource-group',
  location: 'display',
  reportsApiVersions: true,
  body: CONTAINER_APP_SHAPE,
  codes: { busy: 'ContainerAppOperationInProgress' },
  names: {
    pattern: /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/u,
    code: 'ContainerAppInvalidName',
    message:
      "Invalid ContainerApp name '{name}'. A name must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character and cannot have '--'. The length must not be less than 2 or more than 32 characters.",
  },
  statuses: { create: 201, update: 200, patch: 202, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation', 'location'],
    delete: ['azure-async-operation', 'location'],
    states: { create: 'InProgress', update: 'InProgress', delete: 'Deleting' },
    statusPath: 'locations/{location}/containerappOperationStatuses/{id}',
    resultPath: 'locations/{location}/containerappOperationResults/{id}',
  },
  check: checkContainerApp,
  complete,
  afterWrite: settleRevisions,
  afterDelete: forgetActivity,
  present,
  actions: {
    listSecrets: (call) => json(200, { value: secretsOf(requireResource(call)) }),
    start: switchAction('Running'),
    stop: switchAction('Stopped'),
  },
};

const ALL_TO_LATEST: JsonObject = { traffic: [{ weight: 100, latestRevision: true }] };

function complete({ engine, body, previous, id, name }: Write): Completed {
  const environment = engine.resources.get(environmentIdOf(body) ?? environmentIdOf(previous?.writable ?? {}) ?? '');
  const environmentId = environment?.id ?? '';
  const isManaged = environment?.type === ENVIRONMENT_TYPE;
  const ingress = valueAt(body, 'properties.configuration.ingress');
  const domain = textAt(environment?.readOnly, 'properties.defaultDomain') ?? '';
  const fqdn = `${name}.${member(ingress, 'external') === true ? '' : 'internal.'}${domain}`;
  return {
    defaults: {
      identity: { type: 'None' },
      properties: {
        configuration: {
          activeRevisionsMode: 'Single',
          maxInactiveRevisions: 100,
          ...(isObject(ingress) && arrayAt(ingress, 'traffic').length === 0 ? { ingress: ALL_TO_LATEST } : {}),
        },
        template: templateDefaults(objectAt(body, 'properties.template')),
      },
    },
    body: { properties: { environmentId, ...(isManaged ? { managedEnvironmentId: environmentId } : {}) } },
    readOnly: {
      properties: {
        runningStatus: textAt(previous?.readOnly, 'properties.runningStatus') ?? 'Running',
        customDomainVerificationId: engine.ids.guidOf(`${environmentId}/domain`).replaceAll('-', '').toUpperCase(),
        outboundIpAddresses: ['20.10.0.4'],
        eventStreamEndpoint: `https://${textAt(body, 'location') ?? ''}.azurecontainerapps.dev${id}/eventstream`,
        delegatedIdentities: [],
        ...(isObject(ingress) ? { configuration: { ingress: { fqdn } } } : {}),
      },
    },
  };
}

/** Resources, scale and the suffix are always there. */
function templateDefaults(template: JsonObject): JsonObject {
  return {
    revisionSuffix: '',
    ...defaultContainers(template),
    scale: { maxReplicas: 10, cooldownPeriod: 300, pollingInterval: 30 },
  };
}

/** Makes the revision that a changed template asks for, and ends those that the mode or the limit no longer allows. */
function settleRevisions({ engine, existing }: Write, app: Resource): void {
  const template = objectAt(app.writable, 'properties.template');
  const before = existing && objectAt(existing.writable, 'properties.template');
  if (!before || !equal(template, before)) startRevision(engine, app, template);
  else if (isSingle(app)) retire(engine, app, textAt(app.readOnly, 'properties.latestRevisionName') ?? '');
  forgetOldRevisions(engine, app);
}

function startRevision(engine: Engine, app: Resource, template: JsonObject): void {
  const suffix = textAt(template, 'revisionSuffix') ?? '';
  const name = `${app.name}--${suffix === '' ? engine.ids.hex(7) : suffix}`;
  requireNewName(engine, app, name);
  createRevision(engine, app, name);
  engine.resources.put({ ...app, readOnly: withValue(app.readOnly, 'properties.latestRevisionName', name) });
}

/** Azure shows much that is not set as null or as an empty string. */
function present(body: JsonObject, _app: StoredResource, _view: View): JsonObject {
  const revision = textAt(body, 'properties.latestRevisionName') ?? '';
  const latestRevisionFqdn = textAt(body, 'properties.configuration.ingress.fqdn')?.replace(/^[^.]+/u, revision) ?? '';
  const configuration = objectAt(body, 'properties.configuration');
  const ingress = member(configuration, 'ingress');
  const template = objectAt(body, 'properties.template');
  return overlayObjects(body, {
    properties: {
      latestRevisionFqdn,
      configuration: {
        ...nulls(configuration, 'secrets', 'registries', 'dapr', 'ingress'),
        ...(isObject(ingress)
          ? { ingress: nulls(ingress, 'customDomains', 'ipSecurityRestrictions', 'corsPolicy') }
          : {}),
      },
      template: {
        ...nulls(template, 'initContainers', 'volumes'),
        containers: arrayAt(template, 'containers').map(withEphemeralStorage),
      },
    },
  });
}

/** `start` and `stop` answer 202 and take the time of any operation. */
function switchAction(status: 'Running' | 'Stopped'): Handler {
  return (call: Call) => {
    const app = requireResource(call);
    requireIdle(call, app.id);
    call.engine.resources.put({ ...app, readOnly: withValue(app.readOnly, 'properties.runningStatus', status) });
    if (isStopped(app) !== (status === 'Stopped')) switchRevisions(call.engine, app, status);
    const operation = beginOperation(call, {
      resource: { ...app, location: locationOf(call.engine, app) },
      kind: 'update',
    });
    return empty(202, pollHeaders(call, operation, ['azure-async-operation', 'location']));
  };
}
