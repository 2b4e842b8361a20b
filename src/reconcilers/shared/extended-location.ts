import { textOf, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { isResourceId, kindOf } from '../../model/resource-id.ts';

/** Apps and jobs in an environment on an Arc-connected cluster name its custom location; in a managed one nothing. */
export function extendedLocation(site: Site): JsonObject {
  const environment = textOf(site.spec as JsonObject, 'environment');
  if (!isResourceId(environment) || kindOf(environment) !== 'ConnectedEnvironment') return {};
  const name = site.outputOf(environment, 'customLocation');
  return typeof name === 'string' ? { extendedLocation: { name, type: 'CustomLocation' } } : {};
}
