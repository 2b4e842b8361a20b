import { Option } from 'commander';
import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Manifests from what is live. */
export function addAdoptionCommands({ command, runs }: Registrar): void {
  const pull = command(
    'pull',
    'write manifests for all resources of a resource group; read-only in Azure',
    'ingate pull -e dev --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg-support',
    'ingate pull -e dev --force',
    'ingate pull -e dev --from azure.yaml --project support',
  )
    .addOption(environmentOption)
    .option('--resource-group <name>', 'resource group to read (default: the one in the Environment document)')
    .addOption(new Option('--subscription <id>', 'subscription of the resource group').env('AZURE_SUBSCRIPTION_ID'))
    .option('--location <region>', 'refuse unless the resource group is in this region')
    .addOption(
      new Option('--cloud <cloud>', 'cloud of the subscription').choices(['public', 'usgovernment', 'china', 'local']),
    )
    .option('--force', 'replace the manifests of the folder, if all of them are committed', false)
    .option(
      '--from <file>',
      "read agents of azd's azure.yaml or of AgentSchema files instead, into an environment that exists",
    )
    .option('--project <name>', 'with --from: the FoundryProject of the agents (default: the only one)')
    .addOption(formatOption('text', 'json'));
  runs(pull, async () => (await import('../commands/pull.ts')).pull);

  const one = command(
    'import <kind> <name> <id>',
    'write the manifest of one live resource; read-only in Azure',
    'ingate import -e dev KeyVault secrets /subscriptions/…/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-team',
    'ingate import -e dev Agent triage https://ai.services.ai.azure.com/api/projects/support/agents/triage --file team.yaml',
  )
    .addOption(environmentOption)
    .option('--file <name>', "file below the environment's folder to append to (default: by area)")
    .addOption(formatOption('text', 'json'));
  runs(one, async () => (await import('../commands/import.ts')).importOne);
}
