import { displayLocation, isLocation, normaliseLocation } from '../../arm/locations.ts';
import type { Write } from '../../arm/contract.ts';
import {
  arrayAt,
  equal,
  isObject,
  objectAt,
  overlayObjects,
  textAt,
  valueAt,
  withValue,
  without,
  type Json,
  type JsonObject,
} from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { badRequest } from './shared.ts';

/** A region that an account is in. */
interface Region {
  readonly name: string;
  readonly priority: number;
  readonly isZoneRedundant: boolean;
}

/** In the order of failover. A single region needs no priority. */
export function regionsOf(account: JsonObject): Region[] {
  const regions = arrayAt(account, 'properties.locations').map((each): Region => ({
    name: normaliseLocation(textAt(each, 'locationName') ?? ''),
    priority: Number(valueAt(each, 'failoverPriority') ?? 0),
    isZoneRedundant: valueAt(each, 'isZoneRedundant') === true,
  }));
  return regions.toSorted((a, b) => a.priority - b.priority);
}

/** Regions exist, their priorities count from 0, and they are not changed together with anything else. */
export function checkRegions({ body, existing }: Write): void {
  const regions = regionsOf(body);
  const target = 'properties.locations';
  if (regions.length === 0) throw badRequest('An account needs at least one location.', target);
  const unknown = regions.find(({ name }) => !isLocation(name));
  if (unknown) throw badRequest(`The location '${unknown.name}' is not valid.`, target);
  if (new Set(regions.map(({ name }) => name)).size < regions.length)
    throw badRequest('A location is given more than once.', target);
  if (regions.some(({ priority }, index) => priority !== index))
    throw badRequest('Failover priorities must be unique and count from 0.', target);
  if (existing && changesRegions(body, existing.writable) && changesOthers(body, existing.writable))
    throw badRequest('Regions cannot be added or removed together with a change of other properties.', target);
}

function changesRegions(body: JsonObject, before: JsonObject): boolean {
  const names = (account: JsonObject): string[] =>
    regionsOf(account)
      .map(({ name }) => name)
      .toSorted();
  return !equal(names(body), names(before));
}

/** True when a member of `properties` that was sent has another value than before. */
function changesOthers(body: JsonObject, before: JsonObject): boolean {
  const old = objectAt(before, 'properties');
  const sent = without(objectAt(body, 'properties'), 'locations');
  return !equal(overlayObjects(old, sent), old);
}

/** Locations, endpoints and the lists that follow from them. */
export function presentRegions(body: JsonObject, { name }: StoredResource): JsonObject {
  const lower = name.toLowerCase();
  const regions = regionsOf(body);
  const locations = regions.map((region) => describe(lower, region));
  const writesEverywhere = valueAt(body, 'properties.enableMultipleWriteLocations') === true;
  const properties: JsonObject = {
    ...objectAt(body, 'properties'),
    documentEndpoint: `https://${lower}.documents.azure.com:443/`,
    locations,
    writeLocations: writesEverywhere ? locations : locations.slice(0, 1),
    readLocations: locations,
    failoverPolicies: regions.map((region): Json => ({
      id: `${lower}-${region.name}`,
      locationName: displayLocation(region.name),
      failoverPriority: region.priority,
    })),
  };
  return { ...body, properties };
}

function describe(account: string, { name, priority, isZoneRedundant }: Region): JsonObject {
  return {
    id: `${account}-${name}`,
    locationName: displayLocation(name),
    documentEndpoint: `https://${account}-${name}.documents.azure.com:443/`,
    provisioningState: 'Succeeded',
    failoverPriority: priority,
    isZoneRedundant,
  };
}

/** The account with other priorities. Throws when they do not name exactly its regions. */
export function withPriorities(account: JsonObject, policies: readonly Json[]): JsonObject {
  const wanted = policies.map((each) => normaliseLocation(textAt(each, 'locationName') ?? ''));
  const priorities = policies.map((each) => Number(valueAt(each, 'failoverPriority') ?? -1));
  const names = regionsOf(account).map(({ name }) => name);
  const counts = priorities.toSorted((a, b) => a - b).every((priority, index) => priority === index);
  if (!equal(wanted.toSorted(), names.toSorted()) || !counts)
    throw badRequest('The failover policies must name every region of the account once, with priorities from 0.');
  const locations = arrayAt(account, 'properties.locations').map((each) => {
    const index = wanted.indexOf(normaliseLocation(textAt(each, 'locationName') ?? ''));
    return isObject(each) ? { ...each, failoverPriority: priorities[index] ?? 0 } : each;
  });
  return withValue(account, 'properties.locations', locations);
}
