import { isArray, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { SecretSource } from '../../model/kind.ts';
import { isSecretReference } from '../../model/manifest.ts';

/** The spec with every secret reference replaced by its value. The result goes into one request and nowhere else. */
export async function withSecrets(spec: JsonObject, source: SecretSource): Promise<JsonObject> {
  const filled = await fill(spec, source);
  return isObject(filled) ? filled : {};
}

async function fill(value: Json, source: SecretSource): Promise<Json> {
  if (isSecretReference(value)) return source(value);
  if (isArray(value)) return Promise.all(value.map((item) => fill(item, source)));
  if (!isObject(value)) return value;
  const members = await Promise.all(
    Object.entries(value).map(async ([key, item]): Promise<[string, Json]> => [key, await fill(item, source)]),
  );
  return Object.fromEntries(members);
}
