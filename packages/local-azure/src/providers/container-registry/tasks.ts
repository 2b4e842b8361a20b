import { requireResource, viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import { IDENTITY } from '../../arm/identity.ts';
import type { ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import {
  arrayAt,
  isObject,
  objectAt,
  overlayObjects,
  valueAt,
  withValue,
  type Json,
  type JsonObject,
} from '../../engine/json.ts';
import { json } from '../../http/reply.ts';
import { ARGUMENTS, CREDENTIALS, PLATFORM } from './run-request.ts';
import { TASK_TYPE, TASK_VERSIONS } from './shared.ts';

const SWITCH = 'Disabled|Enabled = Enabled';
const STEP = { contextPath: 'string', contextAccessToken: 'secret', baseImageDependencies: 'readonly' } as const;

/** Microsoft.ContainerRegistry/registries/tasks. Run by `scheduleRun`; triggers are kept but start nothing. */
export const tasks: ResourceType = {
  type: TASK_TYPE,
  apiVersions: TASK_VERSIONS,
  placement: 'child',
  tracked: true,
  body: {
    identity: IDENTITY,
    properties: {
      creationDate: 'readonly',
      provisioningState: 'readonly',
      status: SWITCH,
      platform: PLATFORM,
      agentConfiguration: { cpu: 'integer' },
      agentPoolName: 'string',
      timeout: 'integer(300..28800) = 3600',
      logTemplate: 'string',
      isSystemTask: 'boolean = false',
      credentials: CREDENTIALS,
      step: {
        'type!': 'Docker|EncodedTask|FileTask',
        ...STEP,
        '?type': {
          Docker: {
            'dockerFilePath!': 'string',
            imageNames: ['string'],
            isPushEnabled: 'boolean = true',
            noCache: 'boolean = false',
            target: 'string',
            arguments: ARGUMENTS,
          },
          EncodedTask: { 'encodedTaskContent!': 'string', encodedValuesContent: 'string', values: ARGUMENTS },
          FileTask: { 'taskFilePath!': 'string', valuesFilePath: 'string', values: ARGUMENTS },
        },
      },
      trigger: {
        timerTriggers: [{ 'name!': 'string', 'schedule!': 'string', status: SWITCH }],
        sourceTriggers: [
          {
            'name!': 'string',
            status: SWITCH,
            'sourceTriggerEvents!': ['commit|pullrequest'],
            'sourceRepository!': {
              'sourceControlType!': 'Github|VisualStudioTeamService',
              'repositoryUrl!': 'string',
              branch: 'string',
              sourceControlAuthProperties: {
                'tokenType!': 'PAT|OAuth',
                'token!': 'secret',
                refreshToken: 'secret',
                scope: 'string',
                expiresIn: 'integer',
              },
            },
          },
        ],
        baseImageTrigger: {
          'name!': 'string',
          'baseImageTriggerType!': 'All|Runtime',
          updateTriggerEndpoint: 'secret',
          updateTriggerPayloadType: 'Default|Token',
          status: SWITCH,
        },
      },
    },
  },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{4,49}$/u,
    code: 'InvalidResourceName',
    message: "The task name '{name}' is invalid: 5 to 50 letters, digits, hyphens and underscores.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  longRunning: {
    create: [],
    update: [],
    patch: [],
    statusPath: 'locations/{location}/operationResults/tasks-{id}',
  },
  complete: ({ existing, now }) => ({
    defaults: { properties: { agentConfiguration: { cpu: 2 } } },
    readOnly: { properties: { creationDate: timestamp(existing?.created.at ?? now) } },
  }),
  present: (body, _task, { apiVersion }) => {
    const shown = hideSecretValues(body, 'properties.step');
    return apiVersion < '2019-06' ? withValue(shown, 'properties.isSystemTask', undefined) : shown;
  },
  actions: {
    listDetails: (call) => {
      const task = requireResource(call);
      const shown = render(task, viewOf(call));
      return json(200, overlayObjects(shown, { properties: { step: objectAt(task.writable, 'properties.step') } }));
    },
  },
};

/** Secret arguments and values are returned without their value. */
export function hideSecretValues(body: JsonObject, path: string): JsonObject {
  const hidden = (list: readonly Json[]): Json =>
    list.map((each) => (isObject(each) && each['isSecret'] === true ? { ...each, value: '' } : each));
  return ['arguments', 'values'].reduce(
    (shown, key) =>
      valueAt(shown, `${path}.${key}`) === undefined
        ? shown
        : withValue(shown, `${path}.${key}`, hidden(arrayAt(shown, `${path}.${key}`))),
    body,
  );
}
