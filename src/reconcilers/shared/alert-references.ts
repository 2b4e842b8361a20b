import { isArray, valueAt, type Json, type Pointer } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { isResourceId, nameOf, resourceId } from '../../model/resource-id.ts';

/** References as alerts hold them: scopes and action groups by path in Azure, by name in manifests. */

/** Paths of scopes; `otherwise`, or the environment's resource group, where none are declared. */
export function scopePaths(
  { environment, pathOf }: Site,
  scopes: readonly string[] | undefined,
  otherwise = environment.groupPath,
): string[] {
  return scopes?.map((scope) => (isResourceId(scope) ? (pathOf(scope) ?? scope) : scope)) ?? [otherwise];
}

/** Live scopes as a manifest would write them. */
export function scopeNames({ resourceAt }: Site, paths: readonly string[]): string[] {
  return paths.map((path) => resourceAt(path) ?? path);
}

export function actionGroupPath({ pathOf }: Site, name: string): string {
  return name.startsWith('/') ? name : (pathOf(resourceId('ActionGroup', name)) ?? name);
}

export function actionGroupName({ resourceAt }: Site, path: string): string {
  const known = resourceAt(path);
  return known === undefined ? path : nameOf(known);
}

/** The texts of a list in a body; empty where there is none. */
export function textsAt(body: Json, path: Pointer): string[] {
  const value = valueAt(body, path);
  return isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The items of a list in a body; empty where there is none. */
export function itemsAt(body: Json, path: Pointer): readonly Json[] {
  const value = valueAt(body, path);
  return isArray(value) ? value : [];
}
