import { ArmError } from '../../arm/arm-error.ts';
import type { Write } from '../../arm/contract.ts';
import { member, objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import { requireContainers, requireSecrets } from './container-checks.ts';
import { requireEnvironment } from './environment-use.ts';

/** The member of a configuration that belongs to a trigger. */
export const TRIGGER_BLOCKS: Readonly<Record<string, string>> = {
  Manual: 'manualTriggerConfig',
  Schedule: 'scheduleTriggerConfig',
  Event: 'eventTriggerConfig',
};

/** Everything that Azure refuses about a job besides its form; the codes of triggers are unverified. */
export function checkJob(write: Write): void {
  requireEnvironment(write);
  requireContainers(write.body);
  requireSecrets(write.body);
  requireTrigger(objectAt(write.body, 'properties.configuration'));
}

/** A schedule or an event is configured, nothing of another trigger is, and no more replicas complete than there are. */
function requireTrigger(configuration: JsonObject): void {
  const trigger = textAt(configuration, 'triggerType') ?? '';
  const own = TRIGGER_BLOCKS[trigger] ?? '';
  const foreign = Object.values(TRIGGER_BLOCKS).find((block) => block !== own && block in configuration);
  if (foreign !== undefined)
    throw invalidTrigger(
      foreign,
      `The member '${foreign}' does not belong to a job with the trigger type '${trigger}'.`,
    );
  if (trigger !== 'Manual' && member(configuration, own) === undefined)
    throw invalidTrigger(own, `The member '${own}' is required for a job with the trigger type '${trigger}'.`);
  const block = objectAt(configuration, own);
  if (Number(block['replicaCompletionCount'] ?? 1) > Number(block['parallelism'] ?? 1))
    throw invalidTrigger('replicaCompletionCount', 'The replicaCompletionCount must not exceed the parallelism.');
  const cron = textAt(block, 'cronExpression');
  if (cron !== undefined && cron.trim().split(/\s+/u).length !== 5)
    throw invalidTrigger('cronExpression', `The cron expression '${cron}' does not have five fields.`);
}

function invalidTrigger(target: string, message: string): ArmError {
  return new ArmError(400, 'InvalidJobTriggerConfiguration', message, { target });
}
