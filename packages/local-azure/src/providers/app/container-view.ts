import { arrayAt, member, overlayObjects, valueAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';

/** Defaults of containers in a template. */
export function defaultContainers(template: JsonObject): JsonObject {
  const resources = { cpu: 0.5, memory: '1Gi' };
  return { containers: arrayAt(template, 'containers').map(() => ({ resources })) };
}

/** Null for each of the members that are not there. */
export function nulls(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => member(value, key) === undefined).map((key) => [key, null]));
}

/** The size of the disk of a container, which follows from its CPU; to be laid over the container. */
export function withEphemeralStorage(container: Json): JsonObject {
  const cpu = Number(valueAt(container, 'resources.cpu') ?? 0.5);
  const size = cpu <= 0.25 ? '1Gi' : cpu <= 0.5 ? '2Gi' : cpu <= 1 ? '4Gi' : '8Gi';
  return { resources: { ephemeralStorage: size } };
}

/** Secrets with their values, for `listSecrets`. */
export function secretsOf({ writable, secret }: Resource): readonly Json[] {
  return arrayAt(overlayObjects(writable, secret), 'properties.configuration.secrets');
}
