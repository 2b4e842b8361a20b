import type { Graph } from '../../model/graph.ts';
import { isArray, isObject, walk, type Json } from '../../model/json.ts';
import { isResourceId, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema, memberSchema, type SpecSchema } from '../../model/schema.ts';
import type { LiveState } from '../read-live.ts';

/**
 * What a resource refers to in Azure now, which may differ from what Git says: by its live fields, and by lying below
 * another resource. Resources that Git no longer describes count as well.
 */
export function createLiveReferences(state: LiveState, graph: Graph): (id: ResourceId) => ResourceId[] {
  const strays = new Map(state.strays.map((stray) => [stray.id, stray]));
  const byAddress = new Map<string, ResourceId>([
    ...[...state.live].map(([id, live]): [string, ResourceId] => [live.address.path.toLowerCase(), id]),
    ...state.strays.map((stray): [string, ResourceId] => [stray.address.path.toLowerCase(), stray.id]),
  ]);
  const byOutput = outputIndex(state);
  return (id) => {
    const live = state.live.get(id) ?? strays.get(id)?.live;
    const definition = graph.get(id)?.definition ?? strays.get(id)?.definition;
    if (!live || !definition) return [];
    const named = valuesOfReferences(live.spec, inlineSchema(definition.schema)).flatMap(
      ({ text, kinds }): ResourceId[] => {
        const at = byAddress.get(text.toLowerCase());
        if (at) return [at];
        if (isResourceId(text)) return [text];
        return kinds.map((kind) => resourceId(kind, text));
      },
    );
    const used = textsIn(live.spec).flatMap((text) => byOutput.get(text) ?? []);
    return [...new Set([...named, ...used, ...ancestors(live.address.path, byAddress)])].filter((one) => one !== id);
  };
}

/** Shorter values, such as versions, mean nothing by themselves. */
const SHORTEST_OUTPUT = 12;

/** Resources by what only they produce: principals, endpoints, connection strings. */
function outputIndex(state: LiveState): Map<string, ResourceId> {
  const all = [
    ...state.live,
    ...state.strays.flatMap((stray) => (stray.live ? [[stray.id, stray.live] as const] : [])),
  ];
  const index = new Map<string, ResourceId | undefined>();
  for (const [id, { outputs }] of all) {
    for (const text of textsIn(outputs)) {
      if (text.length >= SHORTEST_OUTPUT) index.set(text, index.has(text) && index.get(text) !== id ? undefined : id);
    }
  }
  return new Map([...index].flatMap(([text, id]) => (id === undefined ? [] : [[text, id] as const])));
}

function textsIn(value: Json): string[] {
  const texts: string[] = [];
  walk(value, (one) => {
    if (typeof one === 'string') texts.push(one);
  });
  return texts;
}

function ancestors(path: string, byAddress: ReadonlyMap<string, ResourceId>): ResourceId[] {
  const found: ResourceId[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const id = byAddress.get(path.slice(0, end).toLowerCase());
    if (id) found.push(id);
  }
  return found;
}

interface ReferenceValue {
  readonly text: string;
  readonly kinds: readonly string[];
}

function valuesOfReferences(value: Json, schema: SpecSchema | undefined): ReferenceValue[] {
  if (!schema) return [];
  if (isArray(value)) return value.flatMap((item) => valuesOfReferences(item, schema.items));
  if (isObject(value))
    return Object.entries(value).flatMap(([name, item]) => valuesOfReferences(item, memberSchema(schema, name)));
  const target = schema['x-ref'];
  if (target === undefined || typeof value !== 'string') return [];
  return [{ text: value, kinds: typeof target === 'string' ? (target === '*' ? [] : [target]) : target }];
}
