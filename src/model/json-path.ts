import { isArray, isObject, member, type Json } from './json.ts';

/** The value at a path such as `$.a.b[0]`; undefined where there is nothing. */
export function valueAtPath(document: Json | undefined, path: string): Json | undefined {
  const parts = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  return parts.reduce<Json | undefined>((value, part) => {
    if (typeof part === 'number') return isArray(value) ? value[part] : undefined;
    return isObject(value) ? member(value, part) : undefined;
  }, document);
}
