import { environmentOption, formatOption, lockTimeoutOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** What was changed outside of Git. */
export function addDriftCommands({ command, runs }: Registrar): void {
  const drift = command(
    'drift',
    'show what was changed in Azure since the last complete apply; reads only',
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
    .description('write what was changed in Azure into the files: Kind/name or Kind/name/field, or all of it')
    .addOption(environmentOption)
    .option('-y, --yes', 'do not ask', false)
    .option('--dry-run', 'show the changes of the files only', false);
  runs(accept, async () => (await import('../commands/drift-accept.ts')).driftAccept);
  const revert = drift
    .command('revert [resources...]')
    .description('write back what Git applied, and nothing that is pending in Git')
    .addOption(environmentOption)
    .option('-y, --yes', 'do not ask', false)
    .addOption(lockTimeoutOption)
    .option('--all', 'bring back resources that were deleted as well', false)
    .option('--parallelism <n>', 'most changes at once', parsePositive, 32);
  runs(revert, async () => (await import('../commands/drift.ts')).driftRevert);
}
