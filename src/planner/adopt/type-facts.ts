import { isArray, member, textOf, type JsonObject } from '../../model/json.ts';
import type { State } from './state.ts';

const PROVIDERS_API_VERSION = '2025-04-01';

/** What a provider says of one of its types. */
export interface TypeFacts {
  readonly type: string;
  readonly apiVersion: string;
}

/** What providers say of their types, by type in lower case. */
export async function readFacts(
  namespaces: readonly string[],
  { fetched, surroundings }: State,
): Promise<Map<string, TypeFacts>> {
  const addressOf = (namespace: string) => ({
    path: `/subscriptions/${surroundings.scope.subscriptionId}/providers/${namespace}`,
    apiVersion: PROVIDERS_API_VERSION,
  });
  await fetched.all(namespaces.map((namespace) => ({ type: 'get', address: addressOf(namespace) })));
  return new Map(namespaces.flatMap((namespace) => factsOf(namespace, fetched.one(addressOf(namespace)))));
}

function factsOf(namespace: string, body: JsonObject | undefined): [string, TypeFacts][] {
  const types = body && member(body, 'resourceTypes');
  return (isArray(types) ? types : []).flatMap((one): [string, TypeFacts][] => {
    const type = `${namespace}/${textOf(one, 'resourceType')}`;
    const versions = member(one, 'apiVersions');
    const apiVersion = newest(isArray(versions) ? versions.filter((version) => typeof version === 'string') : []);
    return apiVersion === undefined ? [] : [[type.toLowerCase(), { type, apiVersion }]];
  });
}

/** The newest version that is no preview; the newest preview where there is nothing else. */
function newest(versions: readonly string[]): string | undefined {
  const accepted = versions.filter((version) => /^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)).toSorted();
  return accepted.findLast((version) => !version.endsWith('-preview')) ?? accepted.at(-1);
}
