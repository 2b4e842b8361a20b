import { canonicalJson, isArray, isObject, walk, type Json, type JsonObject } from '../../model/json.ts';
import type { SecretSource } from '../../model/kind.ts';
import { isSecretReference } from '../../model/manifest.ts';

/**
 * A request body with the references that `spec` declares replaced by their values. What only looks like a reference,
 * because it came from Azure, stays as it is.
 */
export async function withDeclaredSecrets(
  body: JsonObject,
  spec: JsonObject,
  source: SecretSource,
): Promise<JsonObject> {
  const declared = new Set<string>();
  walk(spec, (value) => {
    if (isSecretReference(value)) declared.add(canonicalJson(value));
  });
  return withSecrets(body, source, (value) => declared.has(canonicalJson(value)));
}

/** The spec with every secret reference replaced by its value. The result goes into one request and nowhere else. */
export async function withSecrets(
  spec: JsonObject,
  source: SecretSource,
  isOurs: (reference: JsonObject) => boolean = () => true,
): Promise<JsonObject> {
  const filled = await fill(spec, source, isOurs);
  return isObject(filled) ? filled : {};
}

async function fill(value: Json, source: SecretSource, isOurs: (reference: JsonObject) => boolean): Promise<Json> {
  if (isSecretReference(value) && isOurs(value)) return source(value);
  if (isArray(value)) return Promise.all(value.map((item) => fill(item, source, isOurs)));
  if (!isObject(value)) return value;
  const members = await Promise.all(
    Object.entries(value).map(async ([key, item]): Promise<[string, Json]> => [key, await fill(item, source, isOurs)]),
  );
  return Object.fromEntries(members);
}
