import type { KindDefinition, NameRule } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';

/** Longest `metadata.name`. */
const MAX_LENGTH = 63;

export const DEFAULT_NAMING = '{name}-{environment}';

/** A live name with the rule of its type. */
export interface NamedItem {
  readonly azureName: string;
  readonly rule: NameRule;
}

/**
 * The naming pattern that most live names follow: with the environment at the end, with a common first word, with both, or
 * names as they are.
 */
export function namingFor(items: readonly NamedItem[], environment: string): string {
  const ruled = items.filter(({ rule }) => rule.scope !== 'parent' && rule.style !== 'uuid');
  const firstWord = mostCommon(
    ruled.flatMap(({ azureName }) => /^([a-z0-9]+)-/i.exec(azureName)?.[1]?.toLowerCase() ?? []),
  );
  const prefixed = firstWord === undefined ? [] : [`${firstWord}-${DEFAULT_NAMING}`, `${firstWord}-{name}`];
  const candidates = [...prefixed.slice(0, 1), DEFAULT_NAMING, ...prefixed.slice(1), '{name}'];
  const fit = (pattern: string): number =>
    ruled.filter(({ azureName, rule }) => nameIn(azureName, rule, pattern, environment) !== undefined).length;
  // A pattern has to explain most names; of those that do the longest says most.
  return (
    candidates.find((pattern) => fit(pattern) * 2 > ruled.length) ?? (ruled.length === 0 ? DEFAULT_NAMING : '{name}')
  );
}

/** The word that more than one name begins with, if any. */
function mostCommon(words: readonly string[]): string | undefined {
  const counted = [...Map.groupBy(words, (word) => word)].toSorted(([, a], [, b]) => b.length - a.length);
  return counted.find(([, some]) => some.length > 1)?.[0];
}

/** The `{name}` of a live name that follows the pattern; undefined where it does not. */
function nameIn(
  azureName: string,
  { scope, style }: NameRule,
  pattern: string,
  environment: string,
): string | undefined {
  if (scope === 'parent') return azureName;
  const filled = pattern.replaceAll('{environment}', environment);
  const styled = style === 'alphanumeric' ? filled.replaceAll('-', '') : filled;
  const [before = '', after = ''] = styled.toLowerCase().split('{name}');
  const lower = azureName.toLowerCase();
  const fits = lower.startsWith(before) && lower.endsWith(after) && lower.length > before.length + after.length;
  return fits ? azureName.slice(before.length, azureName.length - after.length) : undefined;
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
      const bare = nameIn(wanted, definition.nameRule, naming, environment);
      const name = kebab(bare ?? '') || kebab(wanted) || kebab(definition.kind);
      return free(definition.kind, [name, kebab(`${prefix}-${name}`)]);
    },
  };
}
