import type { ProblemInfo } from '../problem-info.ts';

/** Planning and safety: ING3xxx. */
export const planningProblems = {
  ING3001: {
    title: 'Protected from destruction',
    cause: 'The resource has `lifecycle.preventDestroy`, and the plan would delete or replace it.',
    remedy: 'Undo the change, or lift the protection in a separate, reviewed commit.',
    exit: 'refused',
  },
  ING3002: {
    title: 'Deletes not allowed',
    cause: "The environment's protection does not allow plans that delete or replace.",
    remedy: 'Set `protection.allowDeletes: true` in the environment for the change, in a reviewed commit.',
    exit: 'refused',
  },
  ING3003: {
    title: 'Too many deletes',
    cause: "The plan would destroy more than the environment's thresholds allow, as a renamed or emptied folder would.",
    remedy: 'Check that the deletes are meant; apply in smaller steps or raise the thresholds in a reviewed commit.',
    exit: 'refused',
  },
  ING3004: {
    title: 'Not managed by this environment',
    cause: 'A resource of that name exists in Azure without the mark of this environment.',
    remedy: 'Choose another name, or set `lifecycle.adopt: true` to adopt it.',
    exit: 'refused',
  },
  ING3005: {
    title: 'Belongs to another environment',
    cause: 'The live resource carries the mark of another environment or manifest.',
    remedy: 'Choose another name; a resource belongs to one environment only.',
    exit: 'refused',
  },
  ING3006: {
    title: 'Plan is stale',
    cause:
      'The plan that was reviewed no longer matches what would be done: files, commit, tool or Azure changed since.',
    remedy: 'Make a new plan and have it reviewed.',
    exit: 'stale',
  },
  ING3007: {
    title: 'Plan cannot be used',
    cause: 'The file is not a plan of this tool, is damaged, or was edited.',
    remedy: 'Make a new plan with `ingate plan --out`.',
    exit: 'stale',
  },
  ING3008: {
    title: 'Azure name held by a deleted resource',
    cause: 'A deleted resource still holds the name until it is purged.',
    remedy: 'Restore or purge it; `onSoftDeleted` says which.',
    exit: 'refused',
  },
  ING3009: {
    title: 'Resource provider not registered',
    cause: 'The subscription does not offer resources of that provider until it is registered.',
    remedy: 'Register it once: `az provider register --namespace NAME`.',
    exit: 'refused',
  },
  ING3010: {
    title: 'Not enough quota',
    cause: 'The plan needs more capacity than the subscription has left in that region.',
    remedy: 'Ask for more quota, use less capacity or another kind of deployment, or choose another region.',
    exit: 'refused',
  },
  ING3011: {
    title: 'Model not offered',
    cause: 'The region does not offer the model, its version, or this kind of deployment of it.',
    remedy: 'Use what the message lists, or another region.',
    exit: 'refused',
  },
  ING3012: {
    title: 'Model retires',
    cause: 'Azure stops serving the model version on the date that the message names.',
    remedy: 'Move to a newer version, and evaluate it first.',
    exit: 'refused',
  },
  ING3013: {
    title: 'Not checked in advance',
    cause: 'Azure could not be asked whether the change will be possible. This does not block the plan.',
    remedy: 'Give the identity that plans the Reader role on the subscription.',
    exit: 'refused',
  },
  ING3014: {
    title: 'Name taken',
    cause: 'The name is unique in all of Azure, and is taken.',
    remedy: 'Set `spec.azureName`, or put `{hash}` into the naming pattern of the environment.',
    exit: 'refused',
  },
  ING3015: {
    title: 'Drift cannot be reverted',
    cause: 'It is not known what was applied, or Git has changed the same field since.',
    remedy: 'Apply what Git declares now, or fetch the commit that was applied last.',
    exit: 'refused',
  },
  ING3016: {
    title: 'Drift not accepted',
    cause: 'The value cannot be written where the manifest has it without changing anything else.',
    remedy: 'Edit the manifest by hand, or revert the drift.',
    exit: 'refused',
  },
  ING3017: {
    title: 'Only for what exists',
    cause: 'Some values, and leaving out some fields, are accepted of resources that exist and of no new ones.',
    remedy: 'Use what the message names.',
    exit: 'refused',
  },
  ING3018: {
    title: 'Outdated value',
    cause:
      'The live resource has a value that new ones cannot have, such as an old version of TLS. It does not block the plan.',
    remedy: 'Move to what the message names when it suits you.',
    exit: 'refused',
  },
  ING3019: {
    title: 'A lock stands in the way',
    cause: 'A management lock forbids what the plan would do, so the apply would stop half way.',
    remedy: 'Have the lock removed, or leave out what it protects.',
    exit: 'refused',
  },
  ING3020: {
    title: 'Something else is below it',
    cause:
      'Deleting the resource would delete resources below it that this environment does not manage, or be refused because of them.',
    remedy: 'Delete or move them first, or take them over with `ingate import`.',
    exit: 'refused',
  },
  ING3021: {
    title: 'Not offered there',
    cause: 'Azure does not have the region, does not offer the type in it, or does not know the resource provider.',
    remedy: 'Use what the message lists, or another region.',
    exit: 'refused',
  },
  ING3022: {
    title: 'Another resource group has the environment',
    cause: 'The environment was applied to another resource group before; what is there stays as it is.',
    remedy: 'Delete the old resource group once nothing needs it, or go back to it.',
    exit: 'refused',
  },
  ING3023: {
    title: 'The resource group would be replaced',
    cause: 'A resource group cannot move to another region, and replacing it would delete everything in it.',
    remedy:
      'Restore `location`, or declare another `resourceGroup`; single resources can have a `location` of their own.',
    exit: 'refused',
  },
  ING3024: {
    title: 'Named thing does not exist',
    cause: 'The resource refers by name to something in Azure that is neither there nor declared, such as a guardrail.',
    remedy: 'Declare it, or use one of those that the message lists.',
    exit: 'refused',
  },
  ING3025: {
    title: 'Nothing to rotate',
    cause: '`--rotate` names something that does not exist or refers to no secret.',
    remedy: 'Name a resource whose manifest has a `secret` reference, as Kind/name.',
    exit: 'usage',
  },
  ING3026: {
    title: 'Older commit',
    cause:
      'The commit that is checked out is an ancestor of the one that was applied last. Applying it would undo everything that came since. Running an old pipeline again is the usual way to get here.',
    remedy:
      'Apply the newest commit. To go back, revert in Git and apply that; `--allow-older` applies the older commit as it is.',
    exit: 'refused',
  },
  ING3027: {
    title: 'Order of commits not known',
    cause:
      'The clone does not hold the history between the commit that is checked out and the one that was applied last, so an older commit would not be noticed. This does not block the plan.',
    remedy: 'Clone with the whole history (`fetch-depth: 0`), or make the applied commit available from `origin`.',
    exit: 'refused',
  },
} as const satisfies Record<string, ProblemInfo>;
