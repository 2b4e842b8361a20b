import { problem, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph, Node, Reference } from '../model/graph.ts';
import { isObject, member, type JsonObject } from '../model/json.ts';
import type { EnvironmentScope, KindCatalog, KindDefinition } from '../model/kind.ts';
import type { Manifest } from '../model/manifest.ts';
import { isResourceId, nameOf, resourceId, type ResourceId } from '../model/resource-id.ts';
import { inlineSchema } from '../model/schema.ts';
import type { LoadedEnvironment } from './load.ts';
import { didYouMean } from './load/suggest.ts';
import { azureNameFor } from './resolve/azure-name.ts';
import { withGuards } from './resolve/guards.ts';
import { orderNodes } from './resolve/order.ts';
import { splitParts, type Part } from './resolve/parts.ts';
import { resolveReferences, type Declared } from './resolve/references.ts';

export interface Resolved {
  readonly scope: EnvironmentScope;
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
}

/** Turns manifests into the graph: parts become nodes, names become references, and everything gets its Azure name. */
export function resolveGraph(environment: LoadedEnvironment, kinds: KindCatalog): Resolved {
  const diagnostics: Diagnostic[] = [];
  const scope = environmentScope(environment);
  const drafts = environment.manifests.flatMap((manifest) => draftNodes(manifest, kinds));
  const declared = declaredResources(environment, drafts);
  const nodes = drafts.map((draft) => toNode(draft, environment, scope, declared, diagnostics));
  const graph = orderNodes(withGuards(nodes), diagnostics);
  // What is missing may be declared in what could not be read: that mistake is reported, this would only follow from it.
  const own = environment.isWhollyRead ? diagnostics : diagnostics.filter(({ code }) => code !== 'ING2001');
  return { scope, graph, diagnostics: own };
}

function environmentScope({ name, spec }: LoadedEnvironment): EnvironmentScope {
  const { cloud, subscriptionId, tenantId, resourceGroup, location, tags } = spec;
  const groupPath = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return { name, cloud, subscriptionId, tenantId, resourceGroup, groupPath, location, tags };
}

interface DraftNode extends Part {
  readonly manifest: Manifest;
  readonly owner?: ResourceId;
}

function draftNodes(manifest: Manifest, kinds: KindCatalog): DraftNode[] {
  const definition = kinds.get(manifest.kind);
  if (!definition) return [];
  const { id, name, positionOf } = manifest;
  const { own, parts } = splitParts(id, manifest.spec, definition, positionOf);
  return [
    { id, name, definition, spec: own, positionOf, manifest },
    ...parts.map((part) => ({ ...part, manifest, owner: id })),
  ];
}

function declaredResources(environment: LoadedEnvironment, drafts: readonly DraftNode[]): Declared {
  const ids = new Set<ResourceId>([...environment.declared, ...drafts.map((draft) => draft.id)]);
  const definitions = new Map(drafts.map((draft) => [draft.id, draft.definition]));
  const byName = Map.groupBy(ids, nameOf);
  return { ids, named: (name) => byName.get(name) ?? [], definitionOf: (id) => definitions.get(id) };
}

function toNode(
  draft: DraftNode,
  environment: LoadedEnvironment,
  scope: EnvironmentScope,
  declared: Declared,
  diagnostics: Diagnostic[],
): Node {
  const { id, definition, manifest, positionOf } = draft;
  const context = { id, declared, positionOf, diagnostics };
  const canonical = definition.canonical?.(draft.spec) ?? draft.spec;
  const written = withEnvironmentDefaults(canonical, definition, scope);
  const { spec, references } = resolveReferences(written, inlineSchema(definition.schema), context);
  for (const { field, code, message, line } of definition.review?.(spec) ?? [])
    diagnostics.push(problem(code, `${id}: ${message}`, { at: positionOf(field, line), resource: id }));
  const order = draft.owner === undefined ? explicitOrder(manifest, declared, diagnostics) : [];
  const implicit = implicitReferences(draft, environment);
  return {
    id,
    definition,
    spec,
    azureName: checkedName(draft, environment, scope, diagnostics),
    lifecycle: definition.kind === 'Environment' ? { ...manifest.lifecycle, adopt: true } : manifest.lifecycle,
    ...(draft.owner === undefined ? {} : { owner: draft.owner }),
    references: [...references, ...order, ...implicit].filter((reference) => declared.definitionOf(reference.to)),
    positionOf,
  };
}

/** Region and tags of the environment, for kinds that have these fields. */
function withEnvironmentDefaults(spec: JsonObject, definition: KindDefinition, scope: EnvironmentScope): JsonObject {
  const { location, tags } = inlineSchema(definition.schema).properties ?? {};
  const own = member(spec, 'tags');
  // Where the manifest says that there is no place for a mark there is none for tags.
  const tagged = definition.kind !== 'Environment' && definition.ownershipOf?.(spec) !== 'none';
  return {
    ...spec,
    ...(location && location['x-global'] !== true && !Object.hasOwn(spec, 'location')
      ? { location: scope.location }
      : {}),
    ...(tags && tagged ? { tags: { ...scope.tags, ...(isObject(own) ? own : {}) } } : {}),
  };
}

/** A part lies below its owner; everything lies in the environment's resource group. */
function implicitReferences(draft: DraftNode, environment: LoadedEnvironment): Reference[] {
  const group = resourceId('Environment', environment.name);
  if (draft.owner !== undefined) return [{ to: draft.owner, field: '', type: 'parent' }];
  return draft.id === group ? [] : [{ to: group, field: '', type: 'parent' }];
}

function explicitOrder(manifest: Manifest, declared: Declared, diagnostics: Diagnostic[]): Reference[] {
  return manifest.dependsOn.flatMap((to, index): Reference[] => {
    if (declared.ids.has(to)) return [{ to, field: `/dependsOn/${index}`, type: 'order' }];
    const at = manifest.positionOf(`/dependsOn/${index}`);
    const hint = didYouMean(to, [...declared.ids]) ?? (isResourceId(to) ? undefined : 'Write Kind/name.');
    diagnostics.push(
      problem('ING2001', `${manifest.id} depends on ${to}, which does not exist`, { at, resource: manifest.id, hint }),
    );
    return [];
  });
}

function checkedName(
  draft: DraftNode,
  environment: LoadedEnvironment,
  scope: EnvironmentScope,
  diagnostics: Diagnostic[],
): string {
  const rule = draft.definition.nameRule;
  const explicit = draft.owner === undefined ? draft.manifest.azureName : undefined;
  const name = explicit ?? azureNameFor(draft, rule, environment.spec.naming, scope);
  if (!rule.pattern.test(name) || name.length > rule.maxLength) {
    const at = draft.positionOf(explicit === undefined ? '' : '/azureName');
    const message = `${draft.id} would be named "${name}" in Azure, which ${typeName(draft.definition)} does not allow`;
    const hint = `A name has at most ${rule.maxLength} characters and matches ${rule.pattern.source}.`;
    diagnostics.push(problem('ING1019', message, { at, resource: draft.id, hint }));
  }
  return name;
}

function typeName(definition: KindDefinition): string {
  return definition.azureType;
}
