import { valueAt, withValueAt, type JsonObject, type Pointer } from './json.ts';

/** `desired` with the live value in every ignored field, so that neither a diff nor a write touches it. */
export function withIgnored(desired: JsonObject, live: JsonObject, ignored: readonly Pointer[]): JsonObject {
  return ignored.reduce<JsonObject>((spec, path) => {
    const value = valueAt(live, path);
    return value === undefined ? spec : (withValueAt(spec, path, value) as JsonObject);
  }, desired);
}
