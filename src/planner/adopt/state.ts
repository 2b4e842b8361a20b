import { append } from '../../model/append.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KindCatalog } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { Fetched, FetchRequest } from '../read-live/fetch.ts';
import type { NameBook } from './names.ts';
import type { Omission, Subject, Surroundings } from './subject.ts';

export interface DiscoverRequest {
  readonly kinds: KindCatalog;
  readonly surroundings: Surroundings;
  readonly names: NameBook;
  readonly fetched: Fetched;
  /** Thin items of the resource group's list. */
  readonly listed: readonly JsonObject[];
}

/** What was found so far. */
export interface State extends DiscoverRequest {
  readonly subjects: Map<ResourceId, Subject>;
  readonly omissions: Omission[];
  /** Addresses in lower case that were dealt with. */
  readonly taken: Set<string>;
  readonly looked: Set<string>;
  /** The one resource that is asked for, and what it is going to be. */
  readonly only?: { readonly kind: string; readonly id: ResourceId; readonly path: string };
}

export function omit(what: string, reason: string, { omissions }: Pick<State, 'omissions'>): void {
  omissions.push({ what, reason });
}

/** Tells of something that is no part of the estate. */
export function passOver(what: string, reason: string, { omissions }: Pick<State, 'omissions'>): void {
  omissions.push({ what, reason, harmless: true });
}

const PERMISSION: ReadonlySet<string> = new Set(['ING4002', 'ING4003']);

/**
 * Reads what not every type has: that a provider refuses says nothing about the estate, unless it refuses this identity.
 * Unverified: that providers answer with an error for types that cannot be listed or have no diagnostic settings.
 */
export async function readQuietly(
  requests: readonly FetchRequest[],
  { fetched }: Pick<State, 'fetched'>,
): Promise<void> {
  const before = fetched.problems.length;
  await fetched.all(requests);
  const refused = fetched.problems.splice(before);
  append(
    fetched.problems,
    refused.filter(({ code }) => PERMISSION.has(code)),
  );
}
