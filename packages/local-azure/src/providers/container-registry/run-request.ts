import type { ObjectShape } from '../../shape/notation.ts';

/** The operating system that an image is made for. */
export const PLATFORM = {
  'os!': 'Windows|Linux',
  architecture: 'amd64|x86|386|arm|arm64',
  variant: 'v6|v7|v8',
} as const;
const SECRET_VALUE = { value: 'secret', type: 'Opaque|Vaultsecret' } as const;

/** Names with values, some of them secret. */
export const ARGUMENTS = [{ 'name!': 'string', 'value!': 'string', isSecret: 'boolean' }] as const;

/** Credentials of tasks and runs. */
export const CREDENTIALS: ObjectShape = {
  sourceRegistry: { identity: 'string', loginMode: 'None|Default' },
  customRegistries: { '*': { userName: SECRET_VALUE, password: SECRET_VALUE, identity: 'string' } },
};

/** Where a task or run is done. */
const AGENT: ObjectShape = {
  'platform!': PLATFORM,
  agentConfiguration: { cpu: 'integer' },
  timeout: 'integer(300..28800)',
  credentials: CREDENTIALS,
};

/** Body of `scheduleRun` and `runRequest` of task runs, api-version 2025-03-01-preview. */
export const RUN_REQUEST: ObjectShape = {
  'type!': 'DockerBuildRequest|EncodedTaskRunRequest|FileTaskRunRequest|TaskRunRequest',
  isArchiveEnabled: 'boolean',
  agentPoolName: 'string',
  logTemplate: 'string',
  '?type': {
    DockerBuildRequest: {
      ...AGENT,
      'dockerFilePath!': 'string',
      imageNames: ['string'],
      isPushEnabled: 'boolean',
      noCache: 'boolean',
      target: 'string',
      arguments: ARGUMENTS,
      sourceLocation: 'string',
    },
    EncodedTaskRunRequest: {
      ...AGENT,
      'encodedTaskContent!': 'string',
      encodedValuesContent: 'string',
      values: ARGUMENTS,
      sourceLocation: 'string',
    },
    FileTaskRunRequest: {
      ...AGENT,
      'taskFilePath!': 'string',
      valuesFilePath: 'string',
      values: ARGUMENTS,
      sourceLocation: 'string',
    },
    TaskRunRequest: {
      'taskId!': 'string',
      overrideTaskStepProperties: {
        contextPath: 'string',
        file: 'string',
        arguments: ARGUMENTS,
        target: 'string',
        values: ARGUMENTS,
        updateTriggerToken: 'string',
      },
    },
  },
};
