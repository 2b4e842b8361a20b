import {
  isArray,
  isObject,
  pointer,
  segmentsOf,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { memberSchema, type SpecSchema } from '../../model/schema.ts';
import { findSecretLiterals } from '../load/secret-literals.ts';
import type { MissingSecret, Subject } from './subject.ts';

/** A spec in which secrets are references, and the variables that they are taken from. */
export interface WithSecrets {
  readonly spec: JsonObject;
  readonly secrets: readonly MissingSecret[];
  /** Fields that were left out, and why. */
  readonly dropped: readonly { readonly field: Pointer; readonly reason: string }[];
}

/**
 * Secrets by reference: those that Azure does not give back, and values that look like secrets. No value is kept; each is
 * named by an environment variable that the user sets.
 */
export function referToSecrets(subject: Subject, spec: JsonObject, schema: SpecSchema): WithSecrets {
  const { id, definition, body } = subject;
  const told = definition.secretsOf?.(spec, body) ?? [];
  const wanted = [...requiredSecrets(spec, schema, ''), ...told.filter((field) => !field.endsWith('/*'))];
  const literals = findSecretLiterals(spec).map(({ field }) => field);
  const isFree = definition.kind === 'AzureResource';
  const fields = [
    ...new Set([...wanted, ...(isFree ? literals.filter((field) => field.startsWith('/properties/')) : [])]),
  ];
  const hidden = literals.filter((field) => !fields.includes(field));
  const secrets = fields.map((field): MissingSecret => ({
    variable: variableFor(id, field),
    resource: id,
    field: labelOf(field),
  }));
  const referring = fields.reduce<JsonObject>(
    (result, field) => withValueAt(result, field, { secret: { env: variableFor(id, field) } }) as JsonObject,
    spec,
  );
  const clean = hidden.reduce<JsonObject>(
    (result, field) => withValueAt(result, field, undefined) as JsonObject,
    referring,
  );
  const dropped = [
    ...hidden.map((field) => ({ field, reason: 'it looks like a secret, and the kind takes no secret there' })),
    ...told
      .filter((field) => field.endsWith('/*'))
      .map((field) => ({ field, reason: 'Azure does not tell the names of these secrets; add them by hand' })),
  ];
  return { spec: clean, secrets, dropped };
}

/** Required fields that hold secrets and are not there. */
function requiredSecrets(value: Json, schema: SpecSchema | undefined, field: Pointer): Pointer[] {
  if (isArray(value))
    return value.flatMap((item, index) => requiredSecrets(item, schema?.items, pointer(field, index)));
  if (!isObject(value) || !schema) return [];
  const missing = (schema.required ?? []).filter(
    (name) => schema.properties?.[name]?.['x-secret'] === true && !Object.hasOwn(value, name),
  );
  const inner = Object.entries(value).flatMap(([name, item]) =>
    requiredSecrets(item, memberSchema(schema, name), pointer(field, name)),
  );
  return [...missing.map((name) => pointer(field, name)), ...inner];
}

/** `CONNECTION_CRM_CREDENTIALS_KEY`. */
function variableFor(id: ResourceId, field: Pointer): string {
  const words = [id.replace('/', '_'), ...segmentsOf(field)].join('_');
  return words
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^(\d)/, '_$1');
}

export function labelOf(field: Pointer): string {
  return segmentsOf(field).join('.');
}
