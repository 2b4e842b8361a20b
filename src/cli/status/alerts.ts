import type { Address, AzureReader } from '../../model/azure.ts';
import { textAt, textOf, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { AlertStatus } from './document.ts';

/** Microsoft.AlertsManagement/alerts@2019-03-01: fired alerts about resources of the group; 250 a page, 30 days at most. */
function alertsAddress({ subscriptionId, resourceGroup }: EnvironmentScope): Address {
  return {
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.AlertsManagement/alerts`,
    apiVersion: '2019-03-01',
    query: { targetResourceGroup: resourceGroup, monitorCondition: 'Fired', timeRange: '30d', pageCount: '250' },
  };
}

/** What fires in the environment now. Alerts that somebody closed are left out. Rejects with AzureError. */
export async function readAlerts(
  reader: AzureReader,
  scope: EnvironmentScope,
  resourceAt: (path: string) => ResourceId | undefined,
): Promise<AlertStatus[]> {
  const items = (await reader.list(alertsAddress(scope))) ?? [];
  return items
    .filter((item) => textAt(item, '/properties/essentials/monitorCondition') === 'Fired')
    .filter((item) => textAt(item, '/properties/essentials/alertState') !== 'Closed')
    .map((item) => alertStatus(item, resourceAt))
    .toSorted((a, b) => a.severity - b.severity || b.since.localeCompare(a.since));
}

function alertStatus(item: JsonObject, resourceAt: (path: string) => ResourceId | undefined): AlertStatus {
  const essential = (name: string): string => textAt(item, `/properties/essentials/${name}`);
  const target = essential('targetResource');
  const description = essential('description');
  return {
    rule: resourceAt(essential('alertRule')) ?? (textOf(item, 'name') || essential('alertRule')),
    severity: Number(/^Sev(\d)$/.exec(essential('severity'))?.[1] ?? 4),
    target: resourceAt(target) ?? (essential('targetResourceName') || target),
    since: essential('startDateTime'),
    state: essential('alertState'),
    ...(description === '' ? {} : { description }),
  };
}
