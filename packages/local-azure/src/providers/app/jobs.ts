import { requireResource } from '../../arm/read.ts';
import type { Completed, ResourceType, View, Write } from '../../arm/contract.ts';
import { arrayAt, objectAt, overlayObjects, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json } from '../../http/reply.ts';
import { defaultContainers, nulls, secretsOf, withEphemeralStorage } from './container-view.ts';
import { checkJob, TRIGGER_BLOCKS } from './job-checks.ts';
import { keepSchedule } from './job-schedule.ts';
import { JOB_SHAPE } from './job-shape.ts';
import { startJob, stopJob } from './job-start.ts';
import { APP_VERSIONS, JOB_TYPE } from './shared.ts';

/** Microsoft.App/jobs@2026-01-01: containers that run to an end. The trigger stays what it is. */
export const jobs: ResourceType = {
  type: JOB_TYPE,
  apiVersions: APP_VERSIONS.filter((version) => version >= '2023-05-01'),
  placement: 'resource-group',
  location: 'display',
  reportsApiVersions: true,
  body: JOB_SHAPE,
  immutable: ['properties.configuration.triggerType', 'extendedLocation'],
  codes: {
    busy: 'ContainerAppJobOperationInProgress',
    immutable: 'ContainerAppJobPropertyCannotBeChanged',
    immutableStatus: 400,
  },
  names: {
    pattern: /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/u,
    code: 'ContainerAppInvalidName',
    message:
      "Invalid job name '{name}': 2 to 32 lower-case letters, digits and single hyphens, with a letter first and no hyphen at the end.",
  },
  statuses: { create: 201, update: 200, patch: 202, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation', 'location'],
    delete: ['azure-async-operation', 'location'],
    states: { create: 'InProgress', update: 'InProgress', delete: 'Deleting' },
    statusPath: 'locations/{location}/containerappsjobOperationStatuses/{id}',
    resultPath: 'locations/{location}/containerappsjobOperationResults/{id}',
  },
  check: checkJob,
  complete,
  afterWrite: keepSchedule,
  present,
  actions: {
    start: startJob,
    stop: stopJob,
    listSecrets: (call) => json(200, { value: secretsOf(requireResource(call)) }),
  },
};

function complete({ engine, body, id }: Write): Completed {
  const environment = engine.resources.get(textAt(body, 'properties.environmentId') ?? '');
  const isManual = textAt(body, 'properties.configuration.triggerType') === 'Manual';
  const manualTriggerConfig = { replicaCompletionCount: 1, parallelism: 1 };
  return {
    defaults: {
      identity: { type: 'None' },
      properties: {
        configuration: isManual ? { manualTriggerConfig } : {},
        template: defaultContainers(objectAt(body, 'properties.template')),
      },
    },
    body: { properties: { environmentId: environment?.id ?? '' } },
    readOnly: {
      properties: {
        outboundIpAddresses: ['20.10.0.4'],
        eventStreamEndpoint: `https://${textAt(body, 'location') ?? ''}.azurecontainerapps.dev${id}/eventstream`,
      },
    },
  };
}

/** Unset members are shown as null, as in apps. */
function present(body: JsonObject, _job: StoredResource, _view: View): JsonObject {
  const configuration = objectAt(body, 'properties.configuration');
  const template = objectAt(body, 'properties.template');
  const blocks = Object.values(TRIGGER_BLOCKS);
  return overlayObjects(body, {
    properties: {
      configuration: nulls(configuration, 'secrets', 'registries', 'identitySettings', ...blocks),
      template: {
        ...nulls(template, 'initContainers', 'volumes'),
        containers: arrayAt(template, 'containers').map(withEphemeralStorage),
      },
    },
  });
}
