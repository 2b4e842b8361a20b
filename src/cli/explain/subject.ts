import commonSchema from '../../model/common.schema.json' with { type: 'json' };
import type { KindDefinition } from '../../model/kind.ts';
import { steeringKinds, type SteeringKind } from '../../model/promotion/documents.ts';
import { inlineSchema, memberNames, memberSchema, type SpecSchema } from '../../model/schema.ts';
import { COMMON_SPEC_MEMBERS, documentSchema } from '../../planner/load/document-schema.ts';
import { registry } from '../../reconcilers/registry.ts';

/** A kind, or a field of a kind or of what all kinds share. `path` has the spelling of the schema, without list positions. */
export interface Subject {
  readonly path: readonly string[];
  readonly schema: SpecSchema;
  /** The mapping that has the field. */
  readonly parent?: SpecSchema;
  /** Absent for what all kinds share, such as `lifecycle`. */
  readonly kind?: KindDefinition | SteeringKind;
}

/** Names that an unknown one was compared with. */
export interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
  /** What stands before the name, such as `ContainerApp.containers`. */
  readonly within?: string;
}

export const allKinds: readonly (KindDefinition | SteeringKind)[] = [...registry.values(), ...steeringKinds.values()];

const shared = new Map(
  Object.keys(commonSchema.$defs).map((name): [string, SpecSchema] => [
    name,
    inlineSchema({ $ref: `common.schema.json#/$defs/${name}` }),
  ]),
);

/** What can stand first: kinds, and what all kinds share. */
export const firstNames: readonly string[] = [...allKinds.map(({ kind }) => kind), ...shared.keys()];

/** Finds `Kind`, `Kind.field[].field`, `Kind.metadata.name` or `lifecycle.adopt`, without regard to case. */
export function findSubject(text: string): Subject | Unknown {
  const [first = '', ...steps] = text
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('.')
    .filter((step) => !/^\d*$/.test(step));
  const kind = allKinds.find((one) => isSame(one.kind, first));
  if (kind) return descend({ path: [kind.kind], schema: rootOf(kind), kind }, fieldSteps(kind, steps));
  const name = [...shared.keys()].find((one) => isSame(one, first));
  const schema = name === undefined ? undefined : shared.get(name);
  return name === undefined || !schema ? { name: first, known: firstNames } : descend({ path: [name], schema }, steps);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The kind's spec with what every spec has, so that `spec` can be left out of a path. */
function rootOf({ kind, schema }: KindDefinition | SteeringKind): SpecSchema {
  const whole = inlineSchema(documentSchema(kind, schema));
  const { spec, metadata } = whole.properties ?? {};
  return { ...spec, properties: { ...(metadata && { metadata }), ...spec?.properties } };
}

function fieldSteps({ schema }: { readonly schema: SpecSchema }, steps: readonly string[]): readonly string[] {
  return steps[0] === 'spec' && schema.properties?.['spec'] === undefined ? steps.slice(1) : steps;
}

function descend(start: Subject, steps: readonly string[]): Subject | Unknown {
  const path = [...start.path];
  let schema = start.schema;
  let parent = start.parent;
  for (const step of steps) {
    const holder = itemsOf(schema);
    const names = memberNames(holder);
    const name = names.find((one) => one === step) ?? names.find((one) => isSame(one, step)) ?? step;
    const found = memberSchema(holder, name);
    if (!found) return { name: step, known: names, within: path.join('.') };
    path.push(name);
    [schema, parent] = [found, holder];
  }
  return { ...start, path, schema, ...(parent && { parent }) };
}

/** What the items of a list are, at any depth; the schema itself where it is not a list. */
export function itemsOf(schema: SpecSchema): SpecSchema {
  return schema.items ? itemsOf(schema.items) : schema;
}

/** Own fields first; what every kind has stands apart. */
export function isShared(name: string): boolean {
  return name === 'metadata' || COMMON_SPEC_MEMBERS.some((one) => one === name);
}
