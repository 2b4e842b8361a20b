import type { Json, JsonObject } from '../../model/json.ts';
import { textOf } from '../../model/json.ts';
import type { KindDefinition, Site } from '../../model/kind.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import type { Sites } from '../../model/site.ts';
import type { State } from './state.ts';
import { probeSpec, sitesOf } from './subject.ts';

/** Extensions that are listed below each resource, with the field that names the resource. */
export const EXTENSIONS: Readonly<Record<string, string>> = { 'Microsoft.Insights/diagnosticSettings': 'target' };

export const ROLE_ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

/** Everything below is found through something else, or is no resource of its own. */
const NOT_LISTED: ReadonlySet<string> = new Set(['Environment', 'AzureResource']);

/** A place to look, and what is found there. */
export interface Place {
  readonly definition: KindDefinition;
  readonly site: Site;
  readonly given: JsonObject;
  readonly parent?: ResourceId;
  readonly part?: string;
}

/** What others can lie below: what was found, and what manifests declare already. */
interface Holder {
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  readonly path: string;
}

function holders({ subjects, surroundings: { declared, live } }: State): Holder[] {
  const found = [...subjects.values()].filter(({ owner }) => owner === undefined);
  const known = [...declared.values()].flatMap(({ id, definition, owner }) => {
    const path = live.get(id)?.address.path;
    return path === undefined || owner !== undefined ? [] : [{ id, definition, path }];
  });
  return [...known, ...found.map(({ id, definition, address }) => ({ id, definition, path: address.path }))];
}

/** Collections of the resource group, for kinds of which the group lists something. */
export function topLevelPlaces(state: State): Place[] {
  const types = new Set(state.listed.map((item) => textOf(item, 'type').toLowerCase()));
  const sites = sitesFor(state);
  return [...state.kinds.values()]
    .filter(({ kind }) => !NOT_LISTED.has(kind))
    .filter((definition) => parentField(definition) === undefined && types.has(definition.azureType.toLowerCase()))
    .map((definition) => ({ definition, given: {}, site: bareSite(definition, {}, sites) }));
}

/** Children of everything that is known. */
export function childPlaces(state: State): Place[] {
  const sites = sitesFor(state);
  return holders(state).flatMap((parent) =>
    [...state.kinds.values()].flatMap((definition): Place[] => {
      const field = parentField(definition);
      if (!field || NOT_LISTED.has(definition.kind) || !kindsOf(field.schema).includes(parent.definition.kind))
        return [];
      const given = { [field.name]: referenceTo(parent.id, field.schema) };
      return [{ definition, given, parent: parent.id, site: bareSite(definition, given, sites) }];
    }),
  );
}

/** Parts of what was found: resources of their own in Azure, fields of a manifest here. */
export function partPlaces(state: State): Place[] {
  const sites = sitesFor(state);
  return [...state.subjects.values()].flatMap((parent) =>
    Object.entries(parent.definition.parts).map(([part, definition]): Place => {
      const site = { ...bareSite(definition, {}, sites), id: `${parent.id}/${part}` as ResourceId, owner: parent.id };
      const named = { ...site, azureName: definition.nameRule.fixed ?? '*' };
      return { definition, given: {}, parent: parent.id, part, site: named };
    }),
  );
}

/** Role assignments of the group, and what is attached to single resources. */
export function attachedPlaces(state: State): Place[] {
  const sites = sitesFor(state);
  const extensions = [...state.kinds.values()].filter(({ azureType }) => EXTENSIONS[azureType] !== undefined);
  const roles = [...state.kinds.values()].filter(({ azureType }) => azureType === ROLE_ASSIGNMENTS);
  const granted = roles.map((definition): Place => ({ definition, given: {}, site: bareSite(definition, {}, sites) }));
  const targets = holders(state).filter(
    ({ path, definition: { azureType, kind } }) =>
      isArm(path) && azureType !== ROLE_ASSIGNMENTS && EXTENSIONS[azureType] === undefined && kind !== 'Environment',
  );
  const settings = extensions.flatMap((definition) =>
    targets.map((target): Place => {
      const given = { [EXTENSIONS[definition.azureType] ?? '']: target.id };
      return { definition, given, parent: target.id, site: bareSite(definition, given, sites) };
    }),
  );
  return [...granted, ...settings];
}

export function isArm(path: string): boolean {
  return path.startsWith('/');
}

function sitesFor({ subjects, surroundings }: State): Sites {
  const empty = sitesOf(subjects, new Map(), new Map(), surroundings);
  // Outputs of one resource, such as a project's endpoint, say where others are found.
  const outputs = [...subjects.values()].map((subject): [ResourceId, JsonObject] => {
    const { definition, body } = subject;
    const site = { ...bareSite(definition, probeSpec(subject), empty), azureName: subject.azureName };
    return [subject.id, definition.observe(body, site).outputs];
  });
  return sitesOf(subjects, new Map(), new Map(outputs), surroundings);
}

function bareSite(definition: KindDefinition, spec: JsonObject, sites: Sites): Site {
  const site = sites.siteOf({
    id: `${definition.kind}/*`,
    definition,
    spec,
    azureName: '*',
    lifecycle: { preventDestroy: false, ignoreChanges: [], adopt: false },
    references: [],
    positionOf: () => ({ file: '', line: 1, column: 1, length: 1 }),
  });
  return { ...site, spec };
}

interface ParentField {
  readonly name: string;
  readonly schema: SpecSchema;
}

function parentField({ schema }: KindDefinition): ParentField | undefined {
  const found = Object.entries(inlineSchema(schema).properties ?? {}).find(([, field]) => field['x-parent'] === true);
  return found && { name: found[0], schema: found[1] };
}

function kindsOf(schema: SpecSchema): readonly string[] {
  const target = schema['x-ref'] ?? [];
  return typeof target === 'string' ? [target] : target;
}

/** A reference as a manifest writes it: by name where the field allows one kind only. */
function referenceTo(id: ResourceId, schema: SpecSchema): Json {
  const kinds = kindsOf(schema);
  return kinds.length === 1 && kinds[0] !== '*' ? nameOf(id) : id;
}
