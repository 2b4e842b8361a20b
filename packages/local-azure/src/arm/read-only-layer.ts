import { isObject, member, type Json, type JsonObject } from '../engine/json.ts';
import type { Node, ObjectNode } from '../shape/notation.ts';

/**
 * The read-only members of a resource after a write: those that its type gave now, and of the earlier ones those that still
 * have a place. Members inside an object that the client writes disappear with that object; lists that the client writes
 * are never mixed with those of an earlier body.
 */
export function carryReadOnly(shape: ObjectNode, kept: JsonObject, given: JsonObject, body: JsonObject): JsonObject {
  const survivors = Object.entries(kept).flatMap(([key, old]): [string, Json][] => {
    const value = carryMember(nodeOf(shape, key), old, member(given, key), member(body, key));
    return value === undefined ? [] : [[key, value]];
  });
  return { ...given, ...Object.fromEntries(survivors) };
}

function carryMember(
  node: Node | undefined,
  old: Json,
  given: Json | undefined,
  body: Json | undefined,
): Json | undefined {
  if (node?.kind === 'list') return given;
  if (node?.kind !== 'members' || !isObject(old)) return given ?? old;
  if (!isObject(body)) return given;
  return carryReadOnly(node, old, isObject(given) ? given : {}, body);
}

function nodeOf({ members, rest }: ObjectNode, key: string): Node | undefined {
  return members.get(key.toLowerCase())?.node ?? rest;
}
