import type { JsonObject } from '../../model/json.ts';
import type { KindCatalog } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { Fetched } from '../read-live/fetch.ts';
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
