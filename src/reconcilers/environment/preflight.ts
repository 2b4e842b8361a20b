import type { AzureReads } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { textOf, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, Prospect } from '../../model/kind.ts';

const API_VERSION = '2021-04-01';

/** Resources of a provider that the subscription is not registered for are refused (409 MissingSubscriptionRegistration). */
export async function unregisteredProviders(
  reader: AzureReads,
  prospects: readonly Prospect[],
  { subscriptionId }: EnvironmentScope,
): Promise<Diagnostic[]> {
  const created = prospects.filter(({ change }) => change.action === 'create');
  const byNamespace = Map.groupBy(created, ({ change, site }) =>
    namespaceOf(change.azureType, site.spec as JsonObject),
  );
  const asked = [...byNamespace].filter(([namespace]) => namespace.startsWith('Microsoft.'));
  const answers = asked.map(async ([namespace, needing]): Promise<Diagnostic[]> => {
    const path = `/subscriptions/${subscriptionId}/providers/${namespace}`;
    const state = textOf((await reader.get({ path, apiVersion: API_VERSION })) ?? {}, 'registrationState');
    if (state !== 'NotRegistered' && state !== 'Unregistered') return [];
    return [
      problem('ING3009', `The subscription is not registered for ${namespace}`, {
        resource: needing[0]?.change.id,
        hint: `Register it once: az provider register --namespace ${namespace}`,
      }),
    ];
  });
  return (await Promise.all(answers)).flat();
}

/** Foundry's data plane has no provider; AzureResource says its type itself. */
function namespaceOf(azureType: string, spec: JsonObject): string {
  const type = azureType === 'any' ? textOf(spec, 'type') : azureType;
  return type.split('/')[0] ?? '';
}
