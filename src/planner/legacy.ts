import { problem, warning, type Diagnostic } from '../model/diagnostic.ts';
import { either } from '../model/english.ts';
import type { Graph, Node } from '../model/graph.ts';
import {
  equal,
  isArray,
  isObject,
  isWithin,
  member,
  pointer,
  type Json,
  type JsonObject,
  type Pointer,
} from '../model/json.ts';
import type { Change } from '../model/plan.ts';
import { inlineSchema, memberSchema, type SpecSchema } from '../model/schema.ts';

/**
 * What resources that exist may have and new ones should not: values that Azure no longer gives are refused for new
 * resources and told for those that have them; members that a new resource should have are told when it is created.
 */
export function checkLegacy(changes: readonly Change[], graph: Graph): Diagnostic[] {
  return changes.flatMap((change) => {
    const node = graph.get(change.id);
    if (!node || change.action === 'delete' || change.action === 'run') return [];
    const spec = change.action === 'keep' ? node.spec : change.after;
    return relics(spec, inlineSchema(node.definition.schema), '').flatMap((relic) => told(relic, change, node));
  });
}

/** Something that only exists any more. `instead`: what a new resource has; absent where a member is missing. */
interface Relic {
  readonly field: Pointer;
  readonly value?: Json;
  readonly instead?: readonly Json[];
}

function relics(value: Json, schema: SpecSchema | undefined, field: Pointer): Relic[] {
  const legacy = schema?.['x-legacy'] ?? [];
  if (legacy.some((one) => equal(one, value)))
    return [{ field, value, instead: (schema?.enum ?? []).filter((one) => !legacy.some((old) => equal(old, one))) }];
  if (isArray(value)) return value.flatMap((item, index) => relics(item, schema?.items, pointer(field, index)));
  if (!isObject(value)) return [];
  const missing = (schema?.['x-new'] ?? []).filter((name) => member(value, name) === undefined);
  return [...missing.map((name): Relic => ({ field: pointer(field, name) })), ...membersOf(value, schema, field)];
}

function membersOf(value: JsonObject, schema: SpecSchema | undefined, field: Pointer): Relic[] {
  return Object.entries(value).flatMap(([name, item]) =>
    relics(item, schema && memberSchema(schema, name), pointer(field, name)),
  );
}

function told({ field, value, instead }: Relic, change: Change, node: Node): Diagnostic[] {
  const isNew = change.action === 'create' || change.action === 'replace';
  const isWanted = change.action === 'update' && change.fields.some((one) => isWithin(one.field, field));
  const name = field.slice(1).replaceAll('/', '.');
  const place = { resource: change.id, at: node.positionOf(field) };
  if (instead === undefined)
    return isNew
      ? [warning('ING3018', `${change.id} is created without ${name}, which new ones should have`, place)]
      : [];
  const what = `${name}: ${JSON.stringify(value)}`;
  const hint = `Use ${either(instead.map((one) => JSON.stringify(one)))}.`;
  if (isNew || isWanted)
    return [problem('ING3017', `${what} is accepted only where the resource has it already`, { ...place, hint })];
  return [warning('ING3018', `${change.id} still has ${what}`, { ...place, hint })];
}
