import { Option } from 'commander';
import { environmentOption, formatOption, lockTimeoutOption, noLockOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Checking, planning and applying an environment. */
export function addFlowCommands({ command, runs }: Registrar): void {
  const validate = command(
    'validate',
    'validate the files of an environment, without network access',
    'ingate validate',
    'ingate validate -e prod -o json',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'));
  runs(validate, async () => (await import('../commands/validate.ts')).validate);

  const plan = command(
    'plan',
    'show what apply would do; read-only',
    'ingate plan -e dev',
    'ingate plan -e prod --out prod.plan --detailed-exitcode',
  )
    .alias('diff')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'markdown', 'html'))
    .option('--out <file>', 'save the plan, for `ingate apply FILE`')
    .option('--summary', 'show counts by kind and all risks instead of every change', false)
    .option('--verbose', 'show every field of new resources', false)
    .option('--prune', 'delete managed resources that are no longer in Git', false)
    .option('--allow-older', 'take a commit that is older than the one that was applied last', false)
    .option('--rotate <resources...>', 'write the secrets of these resources again, as Kind/name')
    .option('--detailed-exitcode', 'exit with 2 for pending changes, 4 for drift, 6 for both', false);
  runs(plan, async () => (await import('../commands/plan.ts')).plan);

  const apply = command(
    'apply [plan]',
    'make Azure match the files, or apply exactly a saved plan',
    'ingate apply -e dev',
    'ingate apply prod.plan',
    'ingate apply -e qa --yes -o json',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'))
    .option('-y, --yes', 'do not ask for confirmation', false)
    .option(
      '-q, --quiet',
      'with --yes or a saved plan: do not print the plan again, and show progress as counts',
      false,
    )
    .option('--verbose', 'show every field of new resources', false)
    .addOption(new Option('--auto-approve', 'same as --yes').hideHelp())
    .option('--prune', 'delete managed resources that are no longer in Git', false)
    .option('--allow-older', 'take a commit that is older than the one that was applied last', false)
    .option('--rotate <resources...>', 'write the secrets of these resources again, as Kind/name')
    .option('--no-cache', 'evaluate gates even if they have a verdict')
    .option('--plan-hash <digest>', 'refuse unless the plan made now has this digest')
    .addOption(lockTimeoutOption)
    .addOption(noLockOption)
    .option('--parallelism <n>', 'maximum number of concurrent changes', parsePositive, 32);
  runs(apply, async () => (await import('../commands/apply.ts')).apply);
}
