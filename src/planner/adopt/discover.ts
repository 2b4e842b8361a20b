import type { Address } from '../../model/azure.ts';
import { textAt, textOf, type Json, type JsonObject } from '../../model/json.ts';
import type { KindDefinition, Site } from '../../model/kind.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import { isUuid } from '../../model/uuid.ts';
import type { FetchRequest } from '../read-live/fetch.ts';
import { readGeneric } from './generic.ts';
import { kebab } from './names.ts';
import { omit, type DiscoverRequest, type State } from './state.ts';
import { probeSpec, sitesOf, type Omission, type Subject } from './subject.ts';

export interface Discovered {
  readonly subjects: ReadonlyMap<ResourceId, Subject>;
  readonly omissions: readonly Omission[];
}

/** Extensions that are listed below each resource, with the field that names the resource. */
const EXTENSIONS: Readonly<Record<string, string>> = { 'Microsoft.Insights/diagnosticSettings': 'target' };

const ROLE_ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

/** Everything below is found through something else, or is no resource of its own. */
const NOT_LISTED: ReadonlySet<string> = new Set(['Environment', 'AzureResource']);

/** A place to look, and what is found there. */
interface Place {
  readonly definition: KindDefinition;
  readonly site: Site;
  readonly given: JsonObject;
  readonly parent?: ResourceId;
  readonly part?: string;
}

/**
 * Finds what lives in the resource group, in rounds: what the group lists, then what lies below what was found, with what
 * is attached to it. What has no kind becomes an AzureResource.
 */
export async function discover(request: DiscoverRequest): Promise<Discovered> {
  const state: State = { ...request, subjects: new Map(), omissions: [], taken: new Set(), looked: new Set() };
  await lookAt(topLevel(state), state);
  for (let size = -1; size !== state.subjects.size;) {
    size = state.subjects.size;
    await lookAt(below(state), state);
  }
  for (const subject of await readGeneric(state)) state.subjects.set(subject.id, subject);
  await lookAt(attached(state), state);
  const { subjects, omissions } = state;
  return { subjects, omissions };
}

function topLevel(state: State): Place[] {
  const types = new Set(state.listed.map((item) => textOf(item, 'type').toLowerCase()));
  const sites = sitesFor(state);
  return [...state.kinds.values()]
    .filter(({ kind }) => !NOT_LISTED.has(kind))
    .filter((definition) => parentField(definition) === undefined && types.has(definition.azureType.toLowerCase()))
    .map((definition) => ({ definition, given: {}, site: bareSite(definition, {}, sites) }));
}

/** Children and parts of everything that was found, each place once. */
function below(state: State): Place[] {
  const sites = sitesFor(state);
  return [...state.subjects.values()].flatMap((parent): Place[] => {
    const children = [...state.kinds.values()].flatMap((definition): Place[] => {
      const field = parentField(definition);
      if (!field || NOT_LISTED.has(definition.kind) || !kindsOf(field.schema).includes(parent.definition.kind))
        return [];
      const given = { [field.name]: referenceTo(parent.id, field.schema) };
      return [{ definition, given, parent: parent.id, site: bareSite(definition, given, sites) }];
    });
    const parts = Object.entries(parent.definition.parts).map(([part, definition]): Place => {
      const site = { ...bareSite(definition, {}, sites), id: `${parent.id}/${part}` as ResourceId, owner: parent.id };
      return {
        definition,
        given: {},
        parent: parent.id,
        part,
        site: { ...site, azureName: definition.nameRule.fixed ?? '*' },
      };
    });
    return [...children, ...parts];
  });
}

function attached(state: State): Place[] {
  const sites = sitesFor(state);
  const extensions = [...state.kinds.values()].filter(({ azureType }) => EXTENSIONS[azureType] !== undefined);
  const roles = [...state.kinds.values()].filter(({ azureType }) => azureType === ROLE_ASSIGNMENTS);
  const granted = roles.map((definition): Place => ({ definition, given: {}, site: bareSite(definition, {}, sites) }));
  const settings = extensions.flatMap((definition) =>
    [...state.subjects.values()]
      .filter(
        ({ owner, address, definition: { azureType } }) =>
          !owner && isArm(address.path) && azureType !== ROLE_ASSIGNMENTS,
      )
      .map((target): Place => {
        const given = { [EXTENSIONS[definition.azureType] ?? '']: target.id };
        return { definition, given, parent: target.id, site: bareSite(definition, given, sites) };
      }),
  );
  return [...granted, ...settings];
}

function isArm(path: string): boolean {
  return path.startsWith('/');
}

export function sitesFor({ subjects, surroundings }: Pick<State, 'subjects' | 'surroundings'>) {
  const empty = sitesOf(subjects, new Map(), new Map(), surroundings);
  // Outputs of one resource, such as a project's endpoint, say where others are found.
  const outputs = [...subjects.values()].map((subject): [ResourceId, JsonObject] => {
    const { definition, body } = subject;
    const site = { ...bareSite(definition, probeSpec(subject), empty), azureName: subject.azureName };
    return [subject.id, definition.observe(body, site).outputs];
  });
  return sitesOf(subjects, new Map(), new Map(outputs), surroundings);
}

type Sites = ReturnType<typeof sitesOf>;

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

async function lookAt(places: readonly Place[], state: State): Promise<void> {
  const open = places.flatMap((place) => {
    const request = requestFor(place);
    const key = `${place.definition.kind} ${request?.address.path.toLowerCase()}`;
    if (!request || state.looked.has(key)) return [];
    state.looked.add(key);
    return [{ place, request }];
  });
  await state.fetched.all(open.map(({ request }) => request));
  for (const { place, request } of open) {
    const single = state.fetched.one(request.address);
    const items = request.type === 'list' ? state.fetched.items(request.address) : single ? [single] : [];
    const path = (item: JsonObject): string =>
      request.type === 'list' ? place.definition.identify(item, request.address) : request.address.path;
    for (const item of items.toSorted((a, b) => (path(a) < path(b) ? -1 : 1)))
      take(item, path(item), request.address, place, state);
  }
}

function requestFor({ definition, site }: Place): FetchRequest | undefined {
  const { address, collection } = definition.locate(site);
  if (collection) return { type: 'list', address: collection };
  return address && definition.nameRule.fixed !== undefined ? { type: 'get', address, definition } : undefined;
}

function take(item: JsonObject, path: string, from: Address, place: Place, state: State): void {
  const { definition, given, parent, part } = place;
  const key = path.toLowerCase();
  if (path === '' || state.taken.has(key) || !isWithinGroup(path, item, state)) return;
  const claim = definition.claims?.(item) ?? 'yes';
  if (claim === 'azure') state.taken.add(key);
  if (claim !== 'yes') {
    if (claim === 'other' && part !== undefined) omit(path, 'ingate cannot declare this form of it', state);
    return;
  }
  state.taken.add(key);
  const { mark } = definition.observe(item, { ...place.site, spec: { ...place.site.spec, ...given } });
  const environment = state.surroundings.scope.name;
  if (mark && mark.environment !== environment)
    return omit(path, `it belongs to the environment ${mark.environment} of ingate`, state);
  if (needsFiles(definition)) return omit(path, 'its content lives in files, and Azure does not give them back', state);
  const azureName = path.slice(path.lastIndexOf('/') + 1);
  const address = {
    path,
    apiVersion: from.apiVersion,
    ...(from.query && isArm(path) && definition.locate(place.site).address?.query ? { query: from.query } : {}),
  };
  const common = { definition, azureName, address, body: item, given, ...(parent ? { parent } : {}) };
  if (part !== undefined && parent !== undefined) {
    const id =
      definition.nameRule.fixed === undefined
        ? (`${parent}/${part}/${azureName}` as const)
        : (`${parent}/${part}` as const);
    state.subjects.set(id, { ...common, id, owner: parent, part });
    return;
  }
  const marked =
    mark && mark.id.startsWith(`${definition.kind}/`) && !nameOf(mark.id).includes('/') && state.names.reserve(mark.id)
      ? mark.id
      : undefined;
  const id =
    marked ?? state.names.take(definition, wantedName(item, azureName, place, state), parent ? nameOf(parent) : '');
  state.subjects.set(id, { ...common, id });
}

/** Roles are listed with those that are inherited from outside. */
function isWithinGroup(path: string, item: JsonObject, { surroundings }: State): boolean {
  if (!path.toLowerCase().includes(`/providers/${ROLE_ASSIGNMENTS.toLowerCase()}/`)) return true;
  const group = surroundings.scope.groupPath.toLowerCase();
  return `${textAt(item, '/properties/scope').toLowerCase()}/`.startsWith(`${group}/`);
}

/** Content that only a digest stands for cannot be read back. */
function needsFiles({ schema }: KindDefinition): boolean {
  return Object.values(inlineSchema(schema).properties ?? {}).some((field) => field['x-file']?.as === 'digest');
}

/** What people would call it: names that are GUIDs say nothing. */
function wantedName(item: JsonObject, azureName: string, place: Place, state: State): string {
  const { definition, parent } = place;
  if (definition.azureType === ROLE_ASSIGNMENTS) return roleName(item, place, state);
  if (definition.nameRule.style === 'uuid') return textAt(item, '/properties/displayName') || azureName;
  return EXTENSIONS[definition.azureType] === undefined || !parent
    ? azureName
    : `${nameOf(parent)}-${kebab(azureName)}`;
}

/** Who, what and where, as far as they are known here. */
function roleName(item: JsonObject, { definition, site }: Place, state: State): string {
  const role = textOf(definition.observe(item, site).spec, 'role');
  const principal = textAt(item, '/properties/principalId');
  const who = [...state.subjects.values()].find((one) => principalOf(one) === principal);
  const scope = textAt(item, '/properties/scope').toLowerCase();
  const where = [...state.subjects.values()].find(({ address }) => address.path.toLowerCase() === scope);
  return [
    who ? nameOf(who.id) : `principal-${principal.slice(0, 8)}`,
    isUuid(role) ? `role-${role.slice(0, 8)}` : role,
    where ? nameOf(where.id) : scope.slice(scope.lastIndexOf('/') + 1),
  ].join('-');
}

/** Object id of the identity that a resource has or is. */
function principalOf({ body, owner, definition }: Subject): string | undefined {
  const isGrant = owner !== undefined || definition.azureType === ROLE_ASSIGNMENTS;
  return isGrant ? undefined : textAt(body, '/identity/principalId') || textAt(body, '/properties/principalId');
}

interface ParentField {
  readonly name: string;
  readonly schema: SpecSchema;
}

export function parentField({ schema }: KindDefinition): ParentField | undefined {
  const found = Object.entries(inlineSchema(schema).properties ?? {}).find(([, field]) => field['x-parent'] === true);
  return found && { name: found[0], schema: found[1] };
}

export function kindsOf(schema: SpecSchema): readonly string[] {
  const target = schema['x-ref'] ?? [];
  return typeof target === 'string' ? [target] : target;
}

/** A reference as a manifest writes it: by name where the field allows one kind only. */
export function referenceTo(id: ResourceId, schema: SpecSchema): Json {
  const kinds = kindsOf(schema);
  return kinds.length === 1 && kinds[0] !== '*' ? nameOf(id) : id;
}
