import { environmentOption, formatOption, parsePositive } from './options.ts';
import type { Registrar } from './registrar.ts';

function another(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Looking at what runs, and trying it. */
export function addStatusCommands({ command, runs }: Registrar): void {
  const status = command(
    'status [environment]',
    'show an environment at a glance: versions, revisions, traffic, gates, jobs, alerts, metrics; read-only',
    'ingate status prod',
    'ingate status prod --watch 30',
    'ingate status prod -o html > status.html',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'html'))
    .option('--timeout <seconds>', 'total time limit for all reads from Azure', parsePositive, 30)
    .option('--watch [seconds]', 'refresh (default: every 15 seconds) until interrupted', parsePositive);
  runs(status, async () => (await import('../commands/status.ts')).status);

  const invoke = command(
    'invoke <target...>',
    'call an agent, a container app or a model once, for a manual test: [environment] Kind/name',
    'ingate invoke dev Agent/support --input "Where is my order?" --stream',
    'ingate invoke dev Agent/support --version 4 --file question.txt',
    'ingate invoke prod ContainerApp/api --revision candidate --path /healthz',
    `ingate invoke dev ContainerApp/api --path /chat --input '{"q":"ping"}'`,
    'ingate invoke dev ModelDeployment/chat --file - -o json < prompt.txt',
  )
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'))
    .option('--input <text>', 'text to send')
    .option('--file <file>', 'send the contents of a file; - is standard input')
    .option('--version <version>', 'call this version of an agent, regardless of its traffic')
    .option('--revision <revision>', 'call this revision of an app: its name, suffix or label')
    .option('--stream', 'print the answer as it arrives', false)
    .option('--path <url-path>', 'path and query for an app', '/')
    .option('--method <method>', 'method for an app (default: GET, or POST with an input)')
    .option('--header <header>', 'a header for an app, as "Name: value"; may be given again', another, [])
    .option('--timeout <seconds>', 'time limit for the answer', parsePositive, 120);
  runs(invoke, async () => (await import('../commands/invoke.ts')).invoke);
}
