import type { Graph, Node } from '../model/graph.ts';
import { dependenciesOf, ownershipOf } from '../model/graph.ts';
import type { JsonObject, Pointer } from '../model/json.ts';
import type { EnvironmentScope, KindDefinition, Live, Site } from '../model/kind.ts';
import { withIgnored } from '../model/ignored.ts';
import type { Change, FieldChange, Task } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { inlineSchema } from '../model/schema.ts';
import { wasOurs, type BaseResource } from './base.ts';
import { diffSpec, touches, type Difference } from './diff.ts';
import { createLiveReferences } from './plan/live-references.ts';
import { risksOf } from './plan/risks.ts';
import type { LiveState } from './read-live.ts';
import { createSites, type Sites } from '../model/site.ts';

export interface DecideRequest {
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly state: LiveState;
  /** Resources as they were applied last, where that is known. */
  readonly base: ReadonlyMap<ResourceId, BaseResource> | undefined;
  readonly prune: boolean;
  /** Resources whose secrets are written again. */
  readonly rotate?: ReadonlySet<ResourceId>;
  /** Gates are evaluated although they have a verdict. */
  readonly anew?: boolean;
  /** Decides only whether the verdict of a gate is still valid. */
  readonly now: Date;
}

/**
 * Decides for every resource what has to happen, in dependency order, deletes last. Pure: the same files and the same
 * Azure give the same changes in the same order.
 */
export function decideChanges(request: DecideRequest): Change[] {
  const { graph, scope, state } = request;
  const decided = new Map<ResourceId, Change>();
  const sites = createSites(graph, scope, (id) => outputsNow(decided.get(id), state.live.get(id)), state.resourceAt);
  for (const node of graph.values()) decided.set(node.id, decide(node, sites, decided, request));
  const deletes = request.prune ? deletions(request) : [];
  return withRemovalOrder([...decided.values(), ...deletes], request);
}

/** What is known of a resource's outputs while planning: those of live resources that stay. */
function outputsNow(change: Change | undefined, live: Live | undefined): JsonObject | undefined {
  const stays = change?.action === 'keep' || change?.action === 'update';
  return stays ? live?.outputs : undefined;
}

function decide(node: Node, sites: Sites, decided: ReadonlyMap<ResourceId, Change>, request: DecideRequest): Change {
  const { definition } = node;
  const live = request.state.live.get(node.id);
  const site = sites.siteOf(node);
  const step = {
    id: node.id,
    azureType: definition.azureType,
    address: live?.address.path ?? sites.locationOf(node).address?.path ?? null,
    dependsOn: dependenciesOf(node),
    risk: [],
    unchecked: [],
  };
  if (definition.due) {
    const task =
      definition.due(site, live, request.now) ?? (request.anew ? againTask(definition, site, request.now) : undefined);
    if (task) return { ...step, action: 'run', task };
    const proof = definition.proof?.(site, live);
    return { ...step, action: 'keep', ...(proof === undefined ? {} : { note: proof }) };
  }
  const spec = site.spec as JsonObject;
  if (!live) {
    const gone = request.base?.has(node.id) === true && !definition.due;
    const create: Change = { ...step, action: 'create', after: spec, ...(gone ? { drift: true as const } : {}) };
    return { ...create, risk: risksOf(create, definition) };
  }
  const after = withIgnored(spec, live.spec, node.lifecycle.ignoreChanges);
  const difference = differenceOf(node, after, live, request);
  const common = { ...step, unchecked: difference.unchecked };
  const { fields } = difference;
  const moved =
    definition.twin === undefined &&
    live.address.path.toLowerCase() !== (sites.locationOf(node).address?.path ?? live.address.path).toLowerCase();
  const forcedBy = [
    ...replacementCauses(node, difference, decided),
    ...(moved && difference.immutable.length === 0 ? ['/azureName' as const] : []),
  ];
  if (forcedBy.length > 0) {
    const replace: Change = {
      ...common,
      action: 'replace',
      before: live.spec,
      after: spec,
      fields,
      forcedBy,
      removeAfter: [],
    };
    return { ...replace, risk: risksOf(replace, definition) };
  }
  const marked = isMarked(node, live, request.scope);
  const open = definition.unfinished?.(site, live, request.now);
  if (fields.length === 0 && marked && !open?.due)
    return { ...common, action: 'keep', ...(open ? { note: open.note } : {}) };
  const note = open?.note ?? definition.explainUpdate?.(site, live);
  const update: Change = {
    ...common,
    action: 'update',
    before: live.spec,
    after,
    fields,
    ...ownershipChange(node, live, marked, request),
    ...(note === undefined ? {} : { note }),
  };
  return { ...update, risk: risksOf(update, definition) };
}

/** What becomes of the mark of a resource that has none, or another one. */
function ownershipChange(node: Node, live: Live, marked: boolean, { base }: DecideRequest): MarkChange {
  const { mark } = live;
  if (marked) return {};
  if (mark === undefined) return wasOurs(base?.get(node.id), live) ? { restoresMark: true } : { adopts: true };
  return mark.id === node.id ? { protects: node.lifecycle.preventDestroy } : { renamedFrom: mark.id };
}

type MarkChange = Pick<Extract<Change, { action: 'update' }>, 'adopts' | 'restoresMark' | 'renamedFrom' | 'protects'>;

/** A verdict that is asked for although an earlier one still counts. */
function againTask(definition: KindDefinition, site: Site, now: Date): Task | undefined {
  const task = definition.due?.(site, undefined, now);
  return task?.type === 'gate' ? { ...task, reason: 'asked for anew' } : undefined;
}

/** True when the live resource carries the mark that it should, or has no place for one. */
function isMarked(node: Node, live: Live, scope: EnvironmentScope): boolean {
  if (ownershipOf(node) === 'none') return true;
  const { mark } = live;
  if (mark?.environment !== scope.name || mark.id !== node.id) return false;
  return mark.protected === undefined || mark.protected === node.lifecycle.preventDestroy;
}

function differenceOf(node: Node, after: JsonObject, live: Live, request: DecideRequest): Difference {
  const base = request.base?.get(node.id)?.spec;
  const rotate = request.rotate?.has(node.id) === true;
  const difference = diffSpec({
    schema: inlineSchema(node.definition.schema),
    desired: after,
    live: live.spec,
    base,
    rotate,
  });
  const tolerated = node.definition.tolerate?.(after, live.spec) ?? [];
  const declared = node.definition.immutable?.(after) ?? [];
  const ignored = [...node.lifecycle.ignoreChanges, ...tolerated];
  const isKept = (field: Pointer): boolean => !touches(field, ignored);
  return {
    fields: difference.fields.filter((change: FieldChange) => isKept(change.field)),
    immutable: [
      ...difference.immutable,
      ...difference.fields.map((change) => change.field).filter((field) => touches(field, declared)),
    ].filter(isKept),
    unchecked: difference.unchecked.filter(isKept),
  };
}

/** Immutable fields that changed, and replaced resources without which this one cannot stay. */
function replacementCauses(
  node: Node,
  difference: Difference,
  decided: ReadonlyMap<ResourceId, Change>,
): (Pointer | ResourceId)[] {
  const replaced = node.references.filter((reference) => decided.get(reference.to)?.action === 'replace');
  const schema = inlineSchema(node.definition.schema);
  const bound = replaced.filter(
    (reference) => reference.type === 'parent' || isImmutableReference(schema, reference.field),
  );
  return [...difference.immutable, ...new Set(bound.map((reference) => reference.to))];
}

function isImmutableReference(schema: ReturnType<typeof inlineSchema>, field: Pointer): boolean {
  const top = field.split('/')[1];
  return top !== undefined && schema.properties?.[top]?.['x-immutable'] === true;
}

function deletions({ state, graph }: DecideRequest): Change[] {
  return state.strays.map((stray): Change => {
    const { definition, live, id } = stray;
    const change: Change = {
      id,
      azureType: definition.azureType,
      address: stray.address.path,
      dependsOn: [],
      risk: [],
      unchecked: [],
      action: 'delete',
      before: live?.spec ?? {},
      removeAfter: [],
      ...(graph.has(id) ? {} : { note: 'no longer in Git' }),
    };
    return { ...change, risk: risksOf(change, definition) };
  });
}

/** Fills in `removeAfter`: what still refers to a resource that goes away lets go of it first. */
function withRemovalOrder(changes: readonly Change[], request: DecideRequest): Change[] {
  const going = new Set(
    changes.filter((one) => one.action === 'delete' || one.action === 'replace').map((one) => one.id),
  );
  if (going.size === 0) return [...changes];
  const referencesOf = createLiveReferences(request.state, request.graph);
  const holders = new Map<ResourceId, ResourceId[]>();
  for (const change of changes) {
    if (change.action === 'keep' || change.action === 'create' || change.action === 'run') continue;
    for (const target of referencesOf(change.id)) {
      if (!going.has(target) || (change.action === 'update' && change.dependsOn.includes(target))) continue;
      holders.set(target, [...(holders.get(target) ?? []), change.id]);
    }
  }
  const ordered = changes.map((change) => {
    return change.action === 'delete' || change.action === 'replace'
      ? { ...change, removeAfter: holders.get(change.id) ?? [] }
      : change;
  });
  return [...ordered.filter((one) => one.action !== 'delete'), ...ordered.filter((one) => one.action === 'delete')];
}
