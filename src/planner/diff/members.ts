import { isObject, member, type Json } from '../../model/json.ts';
import { memberSchema, type SpecSchema } from '../../model/schema.ts';

/** The schema of a member; below a free value, what its name alone tells. */
export function innerSchema(schema: SpecSchema | undefined, name: string): SpecSchema | undefined {
  const declared = schema && memberSchema(schema, name);
  if (declared !== undefined || schema?.['x-compare'] !== 'free') return declared;
  return REGION.test(name) ? { 'x-compare': 'location' } : FREE;
}

/** Items of a list, which are as free as the list. */
export function itemsSchema(schema: SpecSchema | undefined): SpecSchema | undefined {
  return schema?.items ?? (schema?.['x-compare'] === 'free' ? FREE : undefined);
}

const FREE: SpecSchema = { 'x-compare': 'free' };

/** `location`, `locationName`, `targetRegion`. */
const REGION = /(^l|L)ocation(Name)?$|(^r|R)egion(Name)?$/;

/** Names of the members of an object; none of anything else. */
export function keysOf(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** One member of an object, for tags without regard to case. */
export function memberOf(value: Json | undefined, name: string, caseless: boolean): Json | undefined {
  if (!caseless || !isObject(value)) return member(value, name);
  const key = Object.keys(value).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : member(value, key);
}
