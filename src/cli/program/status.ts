import { environmentOption, formatOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Looking at what runs, and trying it. */
export function addStatusCommands({ command, runs }: Registrar): void {
  const status = command(
    'status [environment]',
    'show an environment at a glance: versions, revisions, traffic, gates, jobs, alerts, metrics; reads only',
    'ingate status prod',
    'ingate status prod --watch 30',
    'ingate status prod -o html > status.html',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'html'))
    .option('--timeout <seconds>', 'how long Azure may take for all of it', parsePositive, 30)
    .option('--watch [seconds]', 'look again and again (every 15 seconds), until interrupted', parsePositive);
  runs(status, async () => (await import('../commands/status.ts')).status);
}
