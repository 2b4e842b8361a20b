import {
  isObject,
  member,
  mergePatch,
  textAt,
  textOf,
  valueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { Reconciler } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import { givenSecrets, vaultSecretsFromArm, vaultSecretsToArm } from '../shared/container-secrets.ts';
import { cronProblem } from '../shared/cron.ts';
import { extendedLocation } from '../shared/extended-location.ts';
import schema from './schema.json' with { type: 'json' };
import type { ContainerJobSpec } from './spec.ts';

/** The block of the body that belongs to a trigger. */
const BLOCKS: Readonly<Record<string, string>> = {
  Manual: 'manualTriggerConfig',
  Schedule: 'scheduleTriggerConfig',
  Event: 'eventTriggerConfig',
};

const TRIGGER_BLOCKS = Object.values(BLOCKS).map((name): Pointer => `/properties/configuration/${name}`);

const job = armKind<ContainerJobSpec>({
  kind: 'ContainerJob',
  schema,
  type: 'Microsoft.App/jobs',
  apiVersion: '2026-01-01',
  nameRule: { scope: 'group', pattern: /^[a-z]([a-z0-9]|-(?!-)){0,30}[a-z0-9]$/, maxLength: 32, style: 'lower-kebab' },
  update: 'patch',
  deadlineMinutes: 20,
  outputs: { principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'] },
  readOnly: [
    '/properties/eventStreamEndpoint',
    '/properties/outboundIpAddresses',
    '/properties/template/containers/*/resources/ephemeralStorage',
    '/properties/template/initContainers/*/resources/ephemeralStorage',
  ],
  targets: {
    trigger: TRIGGER_BLOCKS,
    schedule: ['/properties/configuration/scheduleTriggerConfig'],
    parallelism: TRIGGER_BLOCKS,
    completions: TRIGGER_BLOCKS,
    secrets: ['/properties/configuration/secrets'],
  },
  listedSecrets: '/properties/configuration/secrets',
  toArm(body, site) {
    const { trigger = 'Manual', parallelism = 1, completions = 1, schedule } = site.spec;
    const block: JsonObject = {
      parallelism,
      replicaCompletionCount: completions,
      ...(schedule === undefined ? {} : { cronExpression: schedule }),
    };
    const configuration = { [BLOCKS[trigger] ?? '']: block };
    return {
      ...(mergePatch(vaultSecretsToArm(body, site), { properties: { configuration } }) as JsonObject),
      ...extendedLocation(site),
    };
  },
  secretsOf: givenSecrets,
  fromArm(spec, body, site) {
    const block = blockOf(body);
    const schedule = textAt(block, '/cronExpression');
    return {
      ...vaultSecretsFromArm(spec, site),
      parallelism: member(block, 'parallelism') ?? 1,
      completions: member(block, 'replicaCompletionCount') ?? 1,
      ...(schedule === '' ? {} : { schedule }),
    };
  },
});

/** Microsoft.App/jobs@2026-01-01. A PATCH keeps secrets that it does not name. Trigger and environment stay. */
export const containerJob: Reconciler = {
  ...job,
  review(spec) {
    const schedule = textOf(spec, 'schedule');
    const message = schedule === '' ? undefined : cronProblem(schedule);
    return message === undefined ? [] : [{ field: '/schedule', code: 'ING1013', message }];
  },
};

function blockOf(body: JsonObject): Json {
  const trigger = textAt(body, '/properties/configuration/triggerType').toLowerCase();
  const name = Object.entries(BLOCKS).find(([key]) => key.toLowerCase() === trigger)?.[1] ?? '';
  const block = valueAt(body, `/properties/configuration/${name}`);
  return isObject(block) ? block : {};
}
