import type { Address } from '../../model/azure.ts';
import type { Graph, Node } from '../../model/graph.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, KindDefinition, Live, Site } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import { createSites, type Sites } from '../../model/site.ts';

/** A live resource that becomes a manifest, or a part of one. */
export interface Subject {
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  readonly azureName: string;
  readonly address: Address;
  readonly body: JsonObject;
  /** Fields that the address tells and the body does not: the parent, the target, type and api-version. */
  readonly given: JsonObject;
  /** The resource that it lies below or is attached to. */
  readonly parent?: ResourceId;
  /** The resource whose manifest describes it in the field `part`. */
  readonly owner?: ResourceId;
  readonly part?: string;
}

/** Something live that gets no manifest, or not all of it, and why. */
export interface Omission {
  /** Resource id, URL or type. */
  readonly what: string;
  readonly reason: string;
  /** Nothing of the estate is missing because of it: Azure's own, or another environment's. */
  readonly harmless?: true;
}

/** True where the manifests say less than what is live. */
export function isLoss({ harmless }: Omission): boolean {
  return harmless !== true;
}

/** Live resources by id, parents first. */
export type Subjects = ReadonlyMap<ResourceId, Subject>;

/** A secret that Azure does not give back: where the manifest takes it from. */
export interface MissingSecret {
  /** Environment variable that the manifest names. */
  readonly variable: string;
  readonly resource: ResourceId;
  readonly field: string;
}

const nowhere = { file: '', line: 1, column: 1, length: 1 };

/** The node that a subject would be in the graph; `spec` is as much as is known of it. */
export function nodeOf(subject: Subject, spec: JsonObject): Node {
  return {
    id: subject.id,
    definition: subject.definition,
    spec,
    azureName: subject.azureName,
    lifecycle: { preventDestroy: false, ignoreChanges: [], adopt: true },
    ...(subject.owner === undefined ? {} : { owner: subject.owner }),
    references: [],
    positionOf: () => nowhere,
  };
}

/** What is known of the surroundings of subjects: what is declared already, and who lies where. */
export interface Surroundings {
  readonly scope: EnvironmentScope;
  /** The environment's pattern of Azure names. */
  readonly naming: string;
  /** Resources that manifests declare already; with the environment itself. */
  readonly declared: Graph;
  readonly live: ReadonlyMap<ResourceId, Pick<Live, 'address' | 'outputs'>>;
}

/** Sites of subjects, each with the spec that is known of it so far. */
export function sitesOf(
  subjects: Subjects,
  specs: ReadonlyMap<ResourceId, JsonObject>,
  outputs: ReadonlyMap<ResourceId, JsonObject>,
  { scope, declared, live }: Omit<Surroundings, 'naming'>,
): Sites {
  const nodes = [...subjects.values()].map((subject): [ResourceId, Node] => [
    subject.id,
    nodeOf(subject, specs.get(subject.id) ?? probeSpec(subject)),
  ]);
  const index = new Map([
    ...[...live].map(([id, one]): [string, ResourceId] => [one.address.path.toLowerCase(), id]),
    ...[...subjects.values()].map((one): [string, ResourceId] => [one.address.path.toLowerCase(), one.id]),
  ]);
  const resourceAt: Site['resourceAt'] = (path) => index.get(path.toLowerCase().replace(/\/+$/, ''));
  const known = (id: ResourceId): JsonObject | undefined => outputs.get(id) ?? live.get(id)?.outputs;
  return createSites(new Map([...declared, ...nodes]), scope, known, resourceAt);
}

/**
 * A spec that asks for everything: kinds tell some fields only where the manifest has them, so every field is there with
 * an empty value.
 */
export function probeSpec({ definition, given }: Subject): JsonObject {
  if (definition.kind === 'AzureResource') return given;
  const properties = Object.entries(inlineSchema(definition.schema).properties ?? {});
  const empty = properties.flatMap(([name, field]): [string, Json][] => {
    const skipped = field['x-part'] !== undefined || field['x-file'] !== undefined || field['x-secret'] === true;
    const value = emptyValue(field);
    return skipped || value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(empty), ...given };
}

function emptyValue({ type, enum: choices }: SpecSchema): Json | undefined {
  if (type === 'array') return [];
  if (type === 'object') return {};
  return type === 'string' && choices === undefined ? '' : undefined;
}

/** Text of a value for comparing, without regard to case: ids and names of Azure. */
export function sameText(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}
