import { environmentOption, formatOption, lockTimeoutOption, noLockOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Evaluation gates, and going back. */
export function addGateCommands({ command, runs }: Registrar): void {
  const gate = command(
    'gate',
    'evaluation gates: run them, show reports, calculate how many items they need',
    'ingate gate report -e dev -o markdown',
    'ingate gate run -e dev --no-cache',
    'ingate gate power -e prod',
  );
  const report = gate
    .command('report [gate]')
    .description('show the results of the last apply, without model answers')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'markdown', 'junit', 'html'));
  runs(report, async () => (await import('../commands/gate.ts')).gateReport);
  const run = gate
    .command('run [gates...]')
    .description('evaluate gates only: guarded resources get no traffic')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'))
    .addOption(lockTimeoutOption)
    .addOption(noLockOption)
    .option('--no-cache', 'evaluate gates even if they have a verdict')
    .option('--parallelism <n>', 'maximum number of concurrent gates', parsePositive, 8);
  runs(run, async () => (await import('../commands/gate-run.ts')).gateRun);
  const power = gate
    .command('power [gate]')
    .description('show how many items each check needs')
    .addOption(environmentOption);
  runs(power, async () => (await import('../commands/gate.ts')).gatePower);

  const rollback = command(
    'rollback <agent>',
    'send all requests of an agent to an earlier version, without creating a version',
    'ingate rollback support -e prod',
    'ingate rollback support -e prod --to 4',
  )
    .addOption(environmentOption)
    .addOption(lockTimeoutOption)
    .option('--to <version>', 'version to go back to (default: the previous one)');
  runs(rollback, async () => (await import('../commands/rollback.ts')).rollback);
}
