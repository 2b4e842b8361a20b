import { Option } from 'commander';
import { parsePort } from './options.ts';
import type { Registrar } from './registrar.ts';

/** The embedded Azure. */
export function addLocalCommands({ command, runs }: Registrar): void {
  const local = command(
    'local',
    'the embedded Azure, for experiments without an account',
    'ingate local start',
    'ingate local start --tls --seed seed.yaml --throttle',
    'ingate local status',
    'ingate local reset',
  );
  const stateOption = (): Option =>
    new Option('--state <folder>', 'keep the state in this folder instead of the project; no project is needed');
  const start = local
    .command('start')
    .description('run it until interrupted; environments with `cloud: local` use it')
    .option('--port <n>', 'port to listen on; 0 takes a free one', parsePort, 4280)
    .option('--tls', 'also accept https on the same port, with a generated certificate', false)
    .addOption(stateOption())
    .option('--seed <file>', 'resources and requests that fill an empty state')
    .option('--faults <file>', 'file with the faults to inject')
    .option('--throttle', "refuse requests beyond Azure Resource Manager's limits", false)
    .option('--virtual-clock', 'time stands still until it is advanced over HTTP', false);
  runs(start, async () => (await import('../commands/local.ts')).localStart);
  runs(
    local.command('status').description('show whether it is running, and its contents').addOption(stateOption()),
    async () => (await import('../commands/local.ts')).localStatus,
  );
  runs(
    local.command('reset').description('delete its state').addOption(stateOption()),
    async () => (await import('../commands/local.ts')).localReset,
  );
}
