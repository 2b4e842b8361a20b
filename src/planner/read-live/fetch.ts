import { isAzureError, type Address, type AzureReader } from '../../model/azure.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { understood } from '../../model/fingerprint.ts';
import { describeAzureError } from '../../model/azure-problem.ts';

export interface FetchRequest {
  readonly type: 'list' | 'get';
  readonly address: Address;
  /** Knows how the address is read where it cannot be asked for by itself. */
  readonly definition?: KindDefinition;
}

/** What was read of Azure so far. Nothing is read twice. */
export interface Fetched {
  readonly problems: Diagnostic[];
  /** Reads what was not read yet, all at once; false when there was nothing to read. */
  all(requests: readonly FetchRequest[]): Promise<boolean>;
  /** Items of a collection; empty where it was not read or its parent does not exist. */
  items(collection: Address): readonly JsonObject[];
  /** The item of a collection at `path`; ids compare without regard to case. */
  find(collection: Address, path: string, definition: KindDefinition): JsonObject | undefined;
  one(address: Address): JsonObject | undefined;
}

export function createFetched(reader: AzureReader): Fetched {
  const bodies = new Map<string, readonly JsonObject[]>();
  const indexes = new Map<string, ReadonlyMap<string, JsonObject>>();
  const problems: Diagnostic[] = [];
  const read = async ({ type, address, definition }: FetchRequest): Promise<readonly JsonObject[]> => {
    try {
      if (type === 'list') return (await reader.list(address)) ?? [];
      const body = definition?.look ? await definition.look(reader, address) : await reader.get(address);
      return body ? [body] : [];
    } catch (error) {
      if (!isAzureError(error)) throw error;
      problems.push(describeAzureError(error));
      return [];
    }
  };
  const items = (collection: Address): readonly JsonObject[] =>
    bodies.get(keyOf({ type: 'list', address: collection })) ?? [];
  return {
    problems,
    items,
    one: (address) => bodies.get(keyOf({ type: 'get', address }))?.[0],
    find(collection, path, definition) {
      const list = items(collection);
      const key = `${definition.kind} ${keyOf({ type: 'list', address: collection })}`;
      const known =
        indexes.get(key) ?? new Map(list.map((item) => [identified(definition, item, collection).toLowerCase(), item]));
      if (list.length > 0) indexes.set(key, known);
      return known.get(path.toLowerCase());
    },
    async all(requests) {
      const open = new Map(requests.map((request) => [keyOf(request), request]));
      for (const key of bodies.keys()) open.delete(key);
      await Promise.all([...open].map(async ([key, request]) => bodies.set(key, await read(request))));
      return open.size > 0;
    },
  };
}

function identified(definition: KindDefinition, item: JsonObject, collection: Address): string {
  return understood(definition.kind, collection.path, () => definition.identify(item, collection));
}

function keyOf({ type, address }: FetchRequest): string {
  const query = Object.entries(address.query ?? {})
    .flat()
    .join(' ');
  return `${type} ${address.path.toLowerCase()} ${address.apiVersion} ${query}`;
}
