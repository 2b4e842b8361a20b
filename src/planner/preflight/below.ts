import type { AzureReader } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Graph } from '../../model/graph.ts';
import { createSites } from '../../model/site.ts';
import type { JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, KindCatalog, KindDefinition, Live, Site } from '../../model/kind.ts';
import type { Change } from '../../model/plan.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { LiveState } from '../read-live.ts';

const NAMED = 3;

export interface BelowRequest {
  readonly graph: Graph;
  readonly kinds: KindCatalog;
  readonly scope: EnvironmentScope;
  readonly reader: AzureReader;
  readonly state: LiveState;
  readonly changes: readonly Change[];
}

/** A resource that goes, with what is known of it. */
interface Going {
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  readonly path: string;
  readonly site: Site;
  readonly live: Live | undefined;
}

/**
 * What lies below a resource that the plan deletes or replaces and is nobody's of this environment: it would be deleted
 * along, or make Azure refuse. Looked for in the collections of kinds, which know what Azure makes by itself.
 */
export async function checkBelow(request: BelowRequest): Promise<Diagnostic[]> {
  const going = goingOf(request);
  if (going.length === 0) return [];
  const ours = oursOf(request);
  const found = await Promise.all(
    going.map(async (one) => {
      const paths = await collected(one, request);
      const inside = paths.filter((path) => path.toLowerCase().startsWith(`${one.path.toLowerCase()}/`));
      const foreign = new Map(inside.map((path) => [path.toLowerCase(), path]));
      return [...foreign].filter(([key]) => !ours.has(key)).map(([, path]) => path.slice(one.path.length + 1));
    }),
  );
  return going.flatMap((one, index) => told(one, found[index] ?? []));
}

function goingOf({ graph, scope, state, changes }: BelowRequest): Going[] {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  return changes.flatMap(({ id, action }): Going[] => {
    if (action !== 'delete' && action !== 'replace') return [];
    const stray = state.strays.find((one) => one.id === id);
    const node = graph.get(id);
    const live = state.live.get(id) ?? stray?.live;
    const path = live?.address.path ?? stray?.address.path;
    const definition = stray?.definition ?? node?.definition;
    const site = stray?.site ?? (node && sites.siteOf(node));
    return !definition || !site || path === undefined || definition.kind === 'Environment'
      ? []
      : [{ id, definition, path, site, live }];
  });
}

/** Everything that this environment manages, by address in lower case: it is decided about by itself. */
function oursOf({ state }: BelowRequest): Set<string> {
  const all = [...state.live.values(), ...state.strays];
  return new Set(all.map(({ address }) => address.path.toLowerCase()));
}

/** Addresses of what the collections of kinds have below it. */
async function collected(one: Going, { kinds, reader, scope }: BelowRequest): Promise<string[]> {
  const lists = [...kinds.values()].map(async (definition): Promise<string[]> => {
    const below = siteBelow(definition, one);
    const collection = below && collectionOf(definition, below, one);
    if (!collection) return [];
    const items = (await reader.list(collection)) ?? [];
    return items
      .filter((item) => isForeign(definition, item, below, scope))
      .map((item) => definition.identify(item, collection));
  });
  return (await Promise.all(lists)).flat();
}

/** Neither made by Azure nor marked by this environment, whose resources go with what they lie in. */
function isForeign(definition: KindDefinition, item: JsonObject, site: Site, { name }: EnvironmentScope): boolean {
  if (definition.claims?.(item) === 'azure') return false;
  const mark = definition.markOf ? definition.markOf(item) : definition.observe(item, site).mark;
  return mark?.environment !== name;
}

function siteBelow(definition: KindDefinition, { id, path, site, live, definition: parent }: Going): Site | undefined {
  const properties = Object.entries(inlineSchema(definition.schema).properties ?? {});
  const [field, schema] = properties.find(([, property]) => property['x-parent'] === true) ?? [];
  const kinds = schema?.['x-ref'] ?? [];
  if (field === undefined || kinds === '*' || !(typeof kinds === 'string' ? [kinds] : kinds).includes(parent.kind))
    return undefined;
  const { owner: _, ...rest } = site;
  return {
    ...rest,
    owner: undefined,
    id: `${definition.kind}/*`,
    azureName: '*',
    spec: { [field]: typeof kinds === 'string' ? nameOf(id) : id },
    pathOf: (other) => (other === id ? path : site.pathOf(other)),
    outputOf: (other, output) => (other === id ? live?.outputs[output] : site.outputOf(other, output)),
  };
}

function collectionOf(definition: KindDefinition, below: Site, { path }: Going) {
  const { collection } = definition.locate(below);
  // A collection that is not below the resource itself is that of another service, such as an account's data plane.
  return collection?.path.toLowerCase().startsWith(path.toLowerCase()) === true ? collection : undefined;
}

function told({ id }: Going, foreign: readonly string[]): Diagnostic[] {
  if (foreign.length === 0) return [];
  const more = foreign.length - NAMED;
  const names = [...foreign.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [
    problem('ING3020', `${id} holds what this environment does not manage: ${names}`, {
      resource: id,
      hint: 'Deleting it would delete that too, or be refused. Delete or move it first, or take it over with ingate import.',
    }),
  ];
}
