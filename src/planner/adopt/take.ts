import type { Address } from '../../model/azure.ts';
import { textAt, type JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { nameOf } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { FetchRequest } from '../read-live/fetch.ts';
import { EXTENSIONS, isArm, ROLE_ASSIGNMENTS, type Place } from './places.ts';
import { omit, passOver, readQuietly, type State } from './state.ts';
import { wantedName } from './wanted-name.ts';

/** Reads places, each once, and takes what is there. */
export async function lookAt(places: readonly Place[], state: State): Promise<void> {
  const open = places.flatMap((place) => {
    const request = requestFor(place);
    const key = `${place.definition.kind} ${request?.address.path.toLowerCase()}`;
    if (!request || state.looked.has(key)) return [];
    state.looked.add(key);
    return [{ place, request }];
  });
  const isExtension = ({ place }: { place: Place }): boolean => EXTENSIONS[place.definition.azureType] !== undefined;
  await state.fetched.all(open.filter((one) => !isExtension(one)).map(({ request }) => request));
  await readQuietly(
    open.filter(isExtension).map(({ request }) => request),
    state,
  );
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
  if (state.only !== undefined && part === undefined && key !== state.only.path.toLowerCase()) return;
  const claim = definition.claims?.(item) ?? 'yes';
  if (claim === 'azure') state.taken.add(key);
  if (claim !== 'yes') {
    if (claim === 'other' && parent !== undefined) omit(path, 'its kind cannot declare this form of it', state);
    if (claim === 'azure' && state.only) passOver(path, 'Azure keeps it by itself', state);
    return;
  }
  state.taken.add(key);
  const { mark } = definition.observe(item, { ...place.site, spec: { ...place.site.spec, ...given } });
  const environment = state.surroundings.scope.name;
  if (mark && mark.environment !== environment)
    return passOver(path, `it belongs to the environment ${mark.environment} of ingate`, state);
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
    mark &&
    state.only === undefined &&
    mark.id.startsWith(`${definition.kind}/`) &&
    !nameOf(mark.id).includes('/') &&
    state.names.reserve(mark.id)
      ? mark.id
      : undefined;
  const id =
    state.only?.id ??
    marked ??
    state.names.take(definition, wantedName(item, azureName, place, state), parent ? nameOf(parent) : '');
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
