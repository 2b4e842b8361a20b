import { environmentOption, formatOption, lockTimeoutOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** What was changed outside of Git. */
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
    .option('-y, --yes', 'do not ask', false)
    .option('--dry-run', 'show the changes of the files only', false);
  runs(accept, async () => (await import('../commands/drift-accept.ts')).driftAccept);
  const revert = drift
    .command('revert [names...]')
    .description(
      'restore what was last applied from Git: Kind/name, Kind/name/field, or all; pending changes are not applied',
    )
    .addOption(environmentOption)
    .option('-y, --yes', 'do not ask', false)
    .addOption(lockTimeoutOption)
    .option('--all', 'bring back resources that were deleted as well', false)
    .option('--parallelism <n>', 'most changes at once', parsePositive, 32);
  runs(revert, async () => (await import('../commands/drift.ts')).driftRevert);
}
