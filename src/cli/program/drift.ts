import { environmentOption, formatOption, lockTimeoutOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Commands about changes made outside of Git. */
export function addDriftCommands({ command, runs }: Registrar): void {
  const drift = command(
    'drift',
    'show changes made in Azure since the last complete apply; read-only',
    'ingate drift -e prod',
    'ingate drift -e prod -o markdown',
    'ingate drift accept -e prod StorageAccount/data',
    'ingate drift revert -e prod StorageAccount/data',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'markdown', 'html'))
    .option('--issue', 'keep one issue on GitHub open while there is drift, and close it when it is gone', false);
  runs(drift, async () => (await import('../commands/drift.ts')).drift);
  const accept = drift
    .command('accept [fields...]')
    .description('write changes made in Azure into the manifests: Kind/name, Kind/name/field, or all')
    .addOption(environmentOption)
    .option('-y, --yes', 'do not ask for confirmation', false)
    .option('--dry-run', 'only show the changes to the files', false);
  runs(accept, async () => (await import('../commands/drift-accept.ts')).driftAccept);
  const revert = drift
    .command('revert [names...]')
    .description(
      'restore what was last applied from Git: Kind/name, Kind/name/field, or all; pending changes are not applied',
    )
    .addOption(environmentOption)
    .option('-y, --yes', 'do not ask for confirmation', false)
    .addOption(lockTimeoutOption)
    .option('--all', 'also restore deleted resources', false)
    .option('--parallelism <n>', 'maximum number of concurrent changes', parsePositive, 32);
  runs(revert, async () => (await import('../commands/drift.ts')).driftRevert);
}
