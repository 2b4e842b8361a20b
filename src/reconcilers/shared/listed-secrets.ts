import type { Address } from '../../model/azure.ts';
import {
  isArray,
  isObject,
  member,
  textOf,
  valueAt,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { WriteContext } from '../../model/kind.ts';

/**
 * A request whose list of secrets is sent as a whole, with the values of those that stay: Azure tells them to
 * `POST {id}/listSecrets` alone, and a list without them would take them away. They go into this request and nowhere else.
 */
export async function withListedSecrets(
  body: JsonObject,
  path: Pointer,
  { azure, signal }: Pick<WriteContext, 'azure' | 'signal'>,
  { path: app, apiVersion }: Address,
): Promise<JsonObject> {
  const secrets = valueAt(body, path);
  if (!isArray(secrets) || !secrets.some(isBare)) return body;
  const reply = await azure.post({ path: `${app}/listSecrets`, apiVersion }, undefined, { signal });
  const known = member(reply.body, 'value');
  const values = isArray(known) ? known : [];
  const filled = secrets.map((item): Json => {
    const value = values.find((one) => textOf(one, 'name') === textOf(item, 'name'));
    return isObject(item) && isBare(item) && isObject(value)
      ? { ...value, ...item, value: member(value, 'value') ?? null }
      : item;
  });
  return withValueAt(body, path, filled) as JsonObject;
}

/** It has neither a value nor a place to find it. */
function isBare(secret: Json): boolean {
  const value = member(secret, 'value');
  return (value === undefined || value === null) && textOf(secret, 'keyVaultUrl') === '';
}
