import { environmentOption, formatOption, lockTimeoutOption, noLockOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Blue/green and canary rollouts. */
export function addRolloutCommands({ command, runs }: Registrar): void {
  const rollout = command(
    'rollout',
    'show and control blue/green and canary rollouts',
    'ingate rollout status -e prod',
    'ingate rollout tick -e prod',
    'ingate rollout promote api -e prod',
  );
  const status = rollout
    .command('status [resources...]')
    .description('show the progress of each rollout; read-only')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'));
  runs(status, async () => (await import('../commands/rollout.ts')).rolloutStatus);
  const tick = rollout
    .command('tick [resources...]')
    .description('continue rollouts as far as possible now; for schedules')
    .addOption(environmentOption)
    .addOption(lockTimeoutOption)
    .addOption(noLockOption)
    .option('--force', 'continue even if the serving version is unhealthy', false);
  runs(tick, async () => (await import('../commands/rollout.ts')).rolloutTick);
  const promote = rollout
    .command('promote <resource>')
    .description('end the current pause')
    .addOption(environmentOption)
    .addOption(lockTimeoutOption)
    .addOption(noLockOption)
    .option('--full', 'skip all remaining steps', false);
  runs(promote, async () => (await import('../commands/rollout.ts')).rolloutPromote);
  const others = [
    ['abort', 'abort: send all traffic back to the previous version', 'rolloutAbort'],
    ['retry', 'retry an aborted rollout', 'rolloutRetry'],
    ['undo', 'go back to the version before the current release', 'rolloutUndo'],
    ['pause', 'stay at the current step until promote', 'rolloutPause'],
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
