import { Option } from 'commander';
import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Manifests from what is live. */
export function addAdoptionCommands({ command, runs }: Registrar): void {
  const pull = command(
    'pull',
    'write manifests for everything that lives in a resource group; Azure is only read',
    'ingate pull -e dev --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg-support',
    'ingate pull -e dev',
  )
    .addOption(environmentOption)
    .option('--resource-group <name>', "resource group to read; that of the environment's own document without it")
    .addOption(new Option('--subscription <id>', 'subscription of the resource group').env('AZURE_SUBSCRIPTION_ID'))
    .option('--location <region>', "region that manifests leave out; the resource group's without it")
    .addOption(
      new Option('--cloud <cloud>', 'cloud of the subscription').choices(['public', 'usgovernment', 'china', 'local']),
    )
    .option('--force', 'replace the manifests of the folder, all of which Git has committed', false)
    .addOption(formatOption('text', 'json'));
  runs(pull, async () => (await import('../commands/pull.ts')).pull);
}
