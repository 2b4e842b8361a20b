import type { PositionOf } from './diagnostic.ts';
import type { JsonObject, Pointer } from './json.ts';
import type { KindDefinition, Ownership } from './kind.ts';
import type { Lifecycle } from './manifest.ts';
import type { ResourceId } from './resource-id.ts';

/** Why one resource comes after another: a field names it, takes a value of it, lies below it, or `dependsOn` says so. A gate `guard`s what it names, which turns the order around. */
export interface Reference {
  readonly to: ResourceId;
  /** Below `spec` of the resource that refers. */
  readonly field: Pointer;
  readonly type: 'reference' | 'value' | 'parent' | 'order' | 'guard';
}

/** One resource of the environment: a manifest, or a part of one that is a resource of its own in Azure. */
export interface Node {
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  /** With references spelled in full where the kind allows several, and parts taken out. Still with `valueFrom` and `secret`. */
  readonly spec: JsonObject;
  readonly azureName: string;
  readonly lifecycle: Lifecycle;
  /** The resource that this node is a part of. */
  readonly owner?: ResourceId;
  readonly references: readonly Reference[];
  readonly positionOf: PositionOf;
}

/** Acyclic. Iterates in dependency order, ties by id, so every run says the same in the same order. */
export type Graph = ReadonlyMap<ResourceId, Node>;

/** Where the mark of a resource is kept. */
export function ownershipOf({ definition, spec }: Node): Ownership {
  return definition.ownershipOf?.(spec) ?? definition.ownership;
}

/** Ids that `node` waits for, each once. */
export function dependenciesOf(node: Node): ResourceId[] {
  return [...new Set(node.references.map((reference) => reference.to))];
}
