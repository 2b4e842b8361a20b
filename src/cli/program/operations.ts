import { environmentOption, formatOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Starting a project, and help for those who run it. */
export function addOperationCommands({ command, runs }: Registrar): void {
  const init = command(
    'init',
    'write environments and pipelines for a new project; existing files are kept',
    'ingate init',
    'ingate init --azure-devops --environments dev,prod',
  )
    .option('--github', 'pipelines for GitHub Actions (default)', false)
    .option('--azure-devops', 'pipelines for Azure DevOps', false)
    .option(
      '--environments <names>',
      'environments, in the order of promotion (default: those there are, else dev,qa,prod)',
    )
    .option('--force', 'overwrite files whose first line says that `ingate init` wrote them', false);
  runs(init, async () => (await import('../commands/init.ts')).init);

  const doctor = command(
    'doctor',
    'check what plan and apply depend on, and suggest fixes',
    'ingate doctor',
    'ingate doctor -e prod -o json',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'));
  runs(doctor, async () => (await import('../commands/doctor.ts')).doctor);

  const history = command(
    'history',
    'show what was applied, when, from which commit and by whom',
    'ingate history -e prod',
    'ingate history -e prod -o json --limit 50',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'))
    .option('--limit <n>', 'maximum number of applies to show', parsePositive, 10);
  runs(history, async () => (await import('../commands/history.ts')).history);
}
