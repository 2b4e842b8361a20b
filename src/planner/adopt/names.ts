import type { EnvironmentScope, KindDefinition } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { azureNameFor } from '../resolve/azure-name.ts';

/** Longest `metadata.name`. */
const MAX_LENGTH = 63;

export const DEFAULT_NAMING = '{name}-{environment}';
const PLAIN_NAMING = '{name}';

/** The naming pattern that fits: the default where most names end with that of the environment, else names as they are. */
export function namingFor(azureNames: readonly string[], environment: string): string {
  const fitting = azureNames.filter((name) => name.toLowerCase().endsWith(environment.toLowerCase()));
  return azureNames.length > 0 && fitting.length * 2 >= azureNames.length ? DEFAULT_NAMING : PLAIN_NAMING;
}

/** Text as a `metadata.name`: lower case with dashes; empty where nothing of it can be used. */
export function kebab(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
}

/** Gives names that are unique per kind, the same for the same resources in the same order. */
export interface NameBook {
  /** `wanted` is made readable; `prefix` tells apart what would be called the same. */
  take(definition: KindDefinition, wanted: string, prefix: string): ResourceId;
  /** Takes the id that a mark names; false when it is taken. */
  reserve(id: ResourceId): boolean;
}

export function createNameBook(taken: Iterable<ResourceId>, naming: string, environment: string): NameBook {
  const used = new Set<ResourceId>(taken);
  const reserve = (id: ResourceId): boolean => !used.has(id) && Boolean(used.add(id));
  const free = (kind: string, names: readonly string[]): ResourceId => {
    for (const name of names) {
      const id = resourceId(kind, name);
      if (name !== '' && reserve(id)) return id;
    }
    const last = names.at(-1) || kebab(kind);
    for (let number = 2; ; number++) {
      const id = resourceId(kind, `${last.slice(0, MAX_LENGTH - 6)}-${number}`);
      if (reserve(id)) return id;
    }
  };
  return {
    reserve,
    take(definition, wanted, prefix) {
      const bare = definition.nameRule.scope === 'parent' ? wanted : withoutEnvironment(wanted, naming, environment);
      const name = kebab(bare) || kebab(wanted) || kebab(definition.kind);
      return free(definition.kind, [name, kebab(`${prefix}-${name}`)]);
    },
  };
}

function withoutEnvironment(name: string, naming: string, environment: string): string {
  if (naming !== DEFAULT_NAMING || !name.toLowerCase().endsWith(environment.toLowerCase())) return name;
  return name.slice(0, -environment.length).replace(/[-_.]+$/, '');
}

/** `spec.azureName` where the environment's pattern would give another name than the live one. */
export function explicitName(
  { id, definition, azureName }: { id: ResourceId; definition: KindDefinition; azureName: string },
  naming: string,
  scope: EnvironmentScope,
): string | undefined {
  const name = id.slice(id.indexOf('/') + 1);
  return azureNameFor({ id, name }, definition.nameRule, naming, scope) === azureName ? undefined : azureName;
}
