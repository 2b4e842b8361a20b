import { append } from '../../model/append.ts';
import { textOf, type JsonObject } from '../../model/json.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { CHILDREN_OF_PEOPLE } from './known-children.ts';
import { readFacts, type TypeFacts } from './type-facts.ts';
import { omit, passOver, readQuietly, type State } from './state.ts';
import type { Subject } from './subject.ts';

/** Most levels of children that are read below a resource without a kind. */
const MAX_DEPTH = 4;

/** What the group lists and no kind took, with what lies below it: each an AzureResource. Reads full bodies. */
export async function readGeneric(state: State): Promise<Subject[]> {
  const open = state.listed
    .filter((item) => !state.taken.has(textOf(item, 'id').toLowerCase()))
    .toSorted((a, b) => (textOf(a, 'id') < textOf(b, 'id') ? -1 : 1));
  const facts = await readFacts(namespacesOf(open), state);
  const known = new Map([...state.subjects.values()].map(({ address, id }) => [address.path.toLowerCase(), id]));
  const found: Subject[] = [];
  let layer = await readBodies(
    open.toSorted((a, b) => depthOf(a) - depthOf(b)),
    facts,
    state,
  );
  for (let depth = 0; depth < MAX_DEPTH && layer.length > 0; depth++) {
    const subjects = layer.flatMap(({ body, fact }) => toSubject(body, fact, known, state));
    append(found, subjects);
    layer = await readChildren(subjects, facts, state);
  }
  return found;
}

/** What people make below resources of kinds although there is no kind for it, with what lies below that. */
export async function readChildrenOfPeople(state: State): Promise<Subject[]> {
  const parents = [...state.subjects.values()].flatMap(({ owner, definition, address }) => {
    const entry = Object.entries(CHILDREN_OF_PEOPLE).find(
      ([type]) => owner === undefined && type.toLowerCase() === definition.azureType.toLowerCase(),
    );
    return entry ? [{ path: address.path, type: entry[0], names: entry[1] }] : [];
  });
  const facts = await readFacts(namespacesOf(parents.map(({ type }) => ({ type }))), state);
  const known = new Map([...state.subjects.values()].map(({ address, id }) => [address.path.toLowerCase(), id]));
  const wanted = parents.flatMap(({ path, type, names }) =>
    names.flatMap((name) => {
      const fact = facts.get(`${type}/${name}`.toLowerCase());
      return fact ? [{ fact, address: { path: `${path}/${name}`, apiVersion: fact.apiVersion } }] : [];
    }),
  );
  await readQuietly(
    wanted.map(({ address }) => ({ type: 'list', address })),
    state,
  );
  const found: Subject[] = [];
  let layer: Read[] = wanted.flatMap(({ fact, address }) =>
    state.fetched
      .items(address)
      .filter((body) => textOf(body, 'id').toLowerCase().startsWith(`${address.path.toLowerCase()}/`))
      .map((body) => ({ body, fact })),
  );
  for (let depth = 0; depth < MAX_DEPTH && layer.length > 0; depth++) {
    const subjects = layer.flatMap(({ body, fact }) => toSubject(body, fact, known, state));
    append(found, subjects);
    layer = await readChildren(subjects, facts, state);
  }
  return found;
}

/** One resource by its id, without what lies below it. */
export async function readOneGeneric({ id, path }: { id: ResourceId; path: string }, state: State): Promise<Subject[]> {
  const type = typeOf(path);
  if (type === undefined) return [];
  const facts = await readFacts(namespacesOf([{ type }]), state);
  const { live } = state.surroundings;
  const known = new Map([...live].map(([one, { address }]) => [address.path.toLowerCase(), one]));
  const bodies = await readBodies([{ id: path, type }], facts, state);
  return bodies.flatMap(({ body, fact }) => toSubject(body, fact, known, state)).map((subject) => ({ ...subject, id }));
}

/** `Microsoft.X/a/b` of a resource id; the last provider in it counts. */
function typeOf(path: string): string | undefined {
  const [, rest] = /^.*\/providers\/(.+)$/i.exec(path) ?? [];
  const [namespace, ...names] = rest?.split('/') ?? [];
  const types = names.filter((_, index) => index % 2 === 0);
  return namespace === undefined || types.length === 0 || names.length % 2 === 1
    ? undefined
    : [namespace, ...types].join('/');
}

interface Read {
  readonly body: JsonObject;
  readonly fact: TypeFacts;
}

function namespacesOf(items: readonly JsonObject[]): string[] {
  return [...new Set(items.map((item) => textOf(item, 'type').split('/', 1)[0] ?? ''))].filter((name) => name !== '');
}

function depthOf(item: JsonObject): number {
  return textOf(item, 'type').split('/').length;
}

async function readBodies(
  items: readonly JsonObject[],
  facts: ReadonlyMap<string, TypeFacts>,
  state: State,
): Promise<Read[]> {
  const known = items.flatMap((item) => {
    const fact = facts.get(textOf(item, 'type').toLowerCase());
    if (!fact) omit(textOf(item, 'id'), 'its provider does not say which api-version reads it', state);
    return fact ? [{ fact, address: { path: textOf(item, 'id'), apiVersion: fact.apiVersion } }] : [];
  });
  await state.fetched.all(known.map(({ address }) => ({ type: 'get', address })));
  return known.flatMap(({ fact, address }) => {
    const body = state.fetched.one(address);
    if (!body) omit(address.path, 'it could not be read', state);
    return body ? [{ body, fact }] : [];
  });
}

/** Children of types that the provider names and that can be listed. */
async function readChildren(
  parents: readonly Subject[],
  facts: ReadonlyMap<string, TypeFacts>,
  state: State,
): Promise<Read[]> {
  const wanted = parents.flatMap(({ address, given }) => {
    const prefix = `${textOf(given, 'type').toLowerCase()}/`;
    return [...facts]
      .filter(([type]) => type.startsWith(prefix) && !type.slice(prefix.length).includes('/'))
      .map(([, fact]) => ({
        fact,
        address: { path: `${address.path}/${fact.type.slice(prefix.length)}`, apiVersion: fact.apiVersion },
      }));
  });
  await readQuietly(
    wanted.map(({ address }) => ({ type: 'list', address })),
    state,
  );
  return wanted.flatMap(({ fact, address }) => state.fetched.items(address).map((body) => ({ body, fact })));
}

function toSubject(body: JsonObject, fact: TypeFacts, known: Map<string, ResourceId>, state: State): Subject[] {
  const definition = state.kinds.get('AzureResource');
  const path = textOf(body, 'id');
  if (!definition || path === '' || state.taken.has(path.toLowerCase())) return [];
  state.taken.add(path.toLowerCase());
  const isChild = fact.type.split('/').length > 2;
  const parent = isChild ? known.get(parentOf(path).toLowerCase()) : undefined;
  if (isChild && parent === undefined) {
    omit(path, 'the resource that it lies below has no manifest', state);
    return [];
  }
  const mark = state.kinds.get('Environment')?.markOf?.(body);
  if (mark && mark.environment !== state.surroundings.scope.name) {
    passOver(path, `it belongs to the environment ${mark.environment} of ingate`, state);
    return [];
  }
  const isOurs = mark?.id.startsWith('AzureResource/') === true && state.names.reserve(mark.id);
  const apiVersion = (isOurs ? mark.apiVersion : undefined) ?? fact.apiVersion;
  const given = {
    type: fact.type,
    apiVersion,
    ...(parent === undefined ? {} : { parent }),
    // A mark would have to be written into a body of which nobody knows what Azure leaves out.
    ...(isOurs ? {} : { marked: false }),
  };
  const azureName = path.slice(path.lastIndexOf('/') + 1);
  const id = isOurs
    ? mark.id
    : state.names.take(definition, parent === undefined ? azureName : `${nameOf(parent)}-${azureName}`, '');
  known.set(path.toLowerCase(), id);
  const address = { path, apiVersion };
  return [{ id, definition, azureName, address, body, given, ...(parent === undefined ? {} : { parent }) }];
}

/** `…/parents/NAME/children/CHILD` lies below `…/parents/NAME`. */
function parentOf(path: string): string {
  return path.split('/').slice(0, -2).join('/');
}
