import { environmentOption, formatOption, lockTimeoutOption, noLockOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Blue/green and canary rollouts. */
export function addRolloutCommands({ command, runs }: Registrar): void {
  const rollout = command(
    'rollout',
    'see and steer blue/green and canary rollouts',
    'ingate rollout status -e prod',
    'ingate rollout tick -e prod',
    'ingate rollout promote api -e prod',
  );
  const status = rollout
    .command('status [resources...]')
    .description('show where each rollout stands; reads only')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'));
  runs(status, async () => (await import('../commands/rollout.ts')).rolloutStatus);
  const tick = rollout
    .command('tick [resources...]')
    .description('carry on with rollouts as far as they can go now; for schedules')
    .addOption(environmentOption)
    .addOption(lockTimeoutOption)
    .addOption(noLockOption)
    .option('--force', 'continue although the serving version is unhealthy', false);
  runs(tick, async () => (await import('../commands/rollout.ts')).rolloutTick);
  const promote = rollout
    .command('promote <resource>')
    .description('end the pause that it waits in')
    .addOption(environmentOption)
    .addOption(lockTimeoutOption)
    .addOption(noLockOption)
    .option('--full', 'leave out all steps that are left', false);
  runs(promote, async () => (await import('../commands/rollout.ts')).rolloutPromote);
  const others = [
    ['abort', 'abort: send all traffic back to the previous version', 'rolloutAbort'],
    ['retry', 'retry an aborted rollout', 'rolloutRetry'],
    ['undo', 'go back to the version before the current release', 'rolloutUndo'],
    ['pause', 'stay where it is until promote', 'rolloutPause'],
  ] as const;
  for (const [name, description, run] of others) {
    const one = rollout
      .command(`${name} <resource>`)
      .description(description)
      .addOption(environmentOption)
      .addOption(lockTimeoutOption)
      .addOption(noLockOption);
    runs(one, async () => (await import('../commands/rollout.ts'))[run]);
  }
}
