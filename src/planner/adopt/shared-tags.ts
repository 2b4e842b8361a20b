import { isObject, member, without, type JsonObject } from '../../model/json.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { Described } from './describe.ts';

/**
 * Tags that every resource has with the same value: those of the environment, which gives them to everything that can carry
 * tags. One resource without a tag is enough to leave it where it is.
 */
export function sharedTags(described: readonly Described[]): Record<string, string> {
  const [first = {}, second, ...rest] = described.filter(takesTags).map(({ spec }) => tagsOf(spec));
  if (second === undefined) return {};
  const shared = Object.entries(first).filter(([key, value]) => [second, ...rest].every((tags) => tags[key] === value));
  return Object.fromEntries(shared) as Record<string, string>;
}

/** The same without the environment's tags. */
export function withoutSharedTags(one: Described, shared: Readonly<Record<string, string>>): Described {
  if (!takesTags(one)) return one;
  const own = Object.entries(tagsOf(one.spec)).filter(([key, value]) => shared[key] !== value);
  const rest = without(one.spec, 'tags');
  return { ...one, spec: own.length === 0 ? rest : { ...rest, tags: Object.fromEntries(own) } };
}

/** The environment adds its tags where the kind has tags and a place for a mark. */
function takesTags({ subject: { definition }, spec }: Described): boolean {
  return (
    inlineSchema(definition.schema).properties?.['tags'] !== undefined && definition.ownershipOf?.(spec) !== 'none'
  );
}

function tagsOf(spec: JsonObject): JsonObject {
  const tags = member(spec, 'tags');
  return isObject(tags) ? tags : {};
}
