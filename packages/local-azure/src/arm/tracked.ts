import { objectAt, textAt, withValue, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { gatewayError, type ArmError } from './arm-error.ts';
import { allLocations, isLocation, normaliseLocation } from './locations.ts';
import { isTracked } from './registry.ts';
import type { Call } from './contract.ts';

const GROUP_TYPE = 'Microsoft.Resources/resourceGroups';

/** A tracked resource needs a location that exists and never moves. Returns the body with the location as it is kept. */
export function settleLocation(
  { type, target }: Call,
  body: JsonObject,
  existing: StoredResource | undefined,
): JsonObject {
  if (!isTracked(type)) return body;
  const location = textAt(body, 'location');
  const before = textAt(existing?.writable, 'location');
  if (location === undefined)
    throw gatewayError(400, 'LocationRequired', 'The location property is required for this definition.');
  const isGroup = type.type === GROUP_TYPE;
  if (!isLocation(location) || (isGroup && normaliseLocation(location) === 'global'))
    throw isGroup ? unavailableForGroup(location) : unavailable(type.type, location);
  if (before !== undefined && normaliseLocation(before) !== normaliseLocation(location))
    throw moved(type.type, target, before, location);
  return withValue(body, 'location', before ?? (type.location === 'echoed' ? location : normaliseLocation(location)));
}

function unavailable(type: string, location: string): ArmError {
  const message = `The provided location '${location}' is not available for resource type '${type}'.`;
  return gatewayError(400, 'LocationNotAvailableForResourceType', message);
}

function unavailableForGroup(location: string): ArmError {
  const regions = allLocations().map(([name]) => name);
  const message = `The provided location '${location}' is not available for resource group. List of available regions is '${regions.join(',')}'.`;
  return gatewayError(400, 'LocationNotAvailableForResourceGroup', message);
}

function moved(type: string, { names, resourceGroup }: Call['target'], before: string, location: string): ArmError {
  const name = names.at(-1) ?? '';
  if (type === GROUP_TYPE) {
    const message = `Invalid resource group location '${location}'. The Resource group already exists in location '${before}'.`;
    return gatewayError(409, 'InvalidResourceGroupLocation', message);
  }
  const message = `The resource '${name}' already exists in location '${before}' in resource group '${resourceGroup}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`;
  return gatewayError(409, 'InvalidResourceLocation', message);
}

const MOST_TAGS = 50;
const LONGEST_KEY = 512;
const LONGEST_VALUE = 256;

/** Tag limits of ARM. */
export function requireTags(body: JsonObject): void {
  const tags = Object.entries(objectAt(body, 'tags'));
  if (tags.length > MOST_TAGS)
    throw gatewayError(400, 'TooManyTags', `Too many tags on the resource: ${tags.length}. The limit is ${MOST_TAGS}.`);
  for (const [key, value] of tags) {
    if (key.length > LONGEST_KEY || /[<>%&\\?/]/u.test(key))
      throw gatewayError(400, 'InvalidTagNameCharacters', `The tag name '${key}' is invalid.`);
    if ((typeof value === 'string' ? value.length : 0) > LONGEST_VALUE)
      throw gatewayError(
        400,
        'InvalidTagValueLength',
        `The value of tag '${key}' is longer than ${LONGEST_VALUE} characters.`,
      );
  }
}
