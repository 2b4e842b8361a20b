import type { AzureReads } from '../../model/azure.ts';
import { problem, warning, type Diagnostic } from '../../model/diagnostic.ts';
import { isArray, member, textAt, textOf, type Json, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, Prospect } from '../../model/kind.ts';
import { regionId } from '../../model/region.ts';

const API_VERSION = '2021-04-01';
const GROUPS_API_VERSION = '2025-04-01';
const NAMED = 12;

/** What would stop an apply because of the subscription: providers, types and regions, and where the environment was before. */
export async function checkSubscription(
  reader: AzureReads,
  prospects: readonly Prospect[],
  scope: EnvironmentScope,
): Promise<Diagnostic[]> {
  const [offers, elsewhere] = await Promise.all([
    checkProviders(reader, prospects, scope),
    otherGroups(reader, prospects, scope),
  ]);
  return [...offers, ...elsewhere];
}

/**
 * Resources of a provider that the subscription is not registered for are refused (409 MissingSubscriptionRegistration);
 * so are regions that the provider does not have.
 */
async function checkProviders(
  reader: AzureReads,
  prospects: readonly Prospect[],
  { subscriptionId }: EnvironmentScope,
): Promise<Diagnostic[]> {
  const created = prospects.filter(({ change }) => change.action === 'create');
  const byNamespace = Map.groupBy(created, (one) => typeOf(one).split('/')[0] ?? '');
  const asked = [...byNamespace].filter(([namespace]) => /^[A-Za-z]+\.[A-Za-z.]+$/.test(namespace));
  const answers = asked.map(async ([namespace, needing]): Promise<Diagnostic[]> => {
    const path = `/subscriptions/${subscriptionId}/providers/${namespace}`;
    const provider = await reader.get({ path, apiVersion: API_VERSION });
    if (!provider) return unknownNamespace(reader, needing, namespace, subscriptionId);
    const state = textOf(provider, 'registrationState');
    if (state === 'NotRegistered' || state === 'Unregistered')
      return [
        problem('ING3009', `The subscription is not registered for ${namespace}`, {
          resource: needing[0]?.change.id,
          hint: `Register it once: az provider register --namespace ${namespace}`,
        }),
      ];
    return needing.flatMap((one) => offerProblems(one, member(provider, 'resourceTypes')));
  });
  return (await Promise.all(answers)).flat();
}

/** Kinds know their providers; a manifest of an AzureResource may name anything. Only the whole list is proof enough. */
async function unknownNamespace(
  reader: AzureReads,
  needing: readonly Prospect[],
  namespace: string,
  subscriptionId: string,
): Promise<Diagnostic[]> {
  const named = needing.filter(({ definition }) => definition.azureType === 'any');
  if (named.length === 0) return [];
  const path = `/subscriptions/${subscriptionId}/providers`;
  const all = (await reader.list({ path, apiVersion: API_VERSION })) ?? [];
  const isKnown = all.some((one) => textOf(one, 'namespace').toLowerCase() === namespace.toLowerCase());
  if (all.length === 0 || isKnown) return [];
  return named.map(({ change }) =>
    problem('ING3021', `Azure does not know the resource provider ${namespace}`, {
      resource: change.id,
      hint: 'Providers are listed by: az provider list --output table',
    }),
  );
}

function offerProblems(prospect: Prospect, types: Json | undefined): Diagnostic[] {
  const type = typeOf(prospect);
  const name = type.slice(type.indexOf('/') + 1).toLowerCase();
  const known = isArray(types) ? types : [];
  const offer = known.find((one) => textOf(one, 'resourceType').toLowerCase() === name);
  const resource = prospect.change.id;
  if (!offer) return [];
  const locations = member(offer, 'locations');
  const offered = isArray(locations) ? locations.filter((one) => typeof one === 'string').map(regionId) : [];
  const wanted = regionId(textOf(prospect.site.spec as JsonObject, 'location'));
  if (offered.length === 0 || wanted === '' || NO_REGION.has(wanted) || offered.includes(wanted)) return [];
  return [
    problem('ING3021', `${type} is not offered in the region "${wanted}"`, {
      resource,
      hint: `There are: ${listed(offered)}.`,
    }),
  ];
}

/** What stands for no region in particular. */
const NO_REGION: ReadonlySet<string> = new Set(['global', 'none']);

function listed(names: readonly string[]): string {
  const sorted = [...new Set(names)].toSorted();
  const more = sorted.length - NAMED;
  return [...sorted.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Foundry's data plane has no provider; AzureResource says its type itself. */
function typeOf({ change, site }: Prospect): string {
  return change.azureType === 'any' ? textOf(site.spec as JsonObject, 'type') : change.azureType;
}

/** A new resource group for an environment that has another one already, in this subscription. */
async function otherGroups(
  reader: AzureReads,
  prospects: readonly Prospect[],
  { name, subscriptionId, resourceGroup }: EnvironmentScope,
): Promise<Diagnostic[]> {
  const isNew = prospects.some(({ change }) => change.action === 'create' && change.id === `Environment/${name}`);
  if (!isNew) return [];
  const path = `/subscriptions/${subscriptionId}/resourcegroups`;
  const $filter = `tagName eq 'ingate-environment' and tagValue eq '${name}'`;
  const groups = (await reader.list({ path, apiVersion: GROUPS_API_VERSION, query: { $filter } })) ?? [];
  const others = groups.filter(
    (group) =>
      textAt(group, '/tags/ingate-environment') === name &&
      textOf(group, 'name').toLowerCase() !== resourceGroup.toLowerCase(),
  );
  return others.map((group) =>
    warning('ING3022', `The environment "${name}" is in the resource group ${textOf(group, 'name')} already`, {
      resource: `Environment/${name}`,
      hint: `It is created anew in ${resourceGroup}; what is in ${textOf(group, 'name')} stays there, and nothing manages it any more.`,
    }),
  );
}
