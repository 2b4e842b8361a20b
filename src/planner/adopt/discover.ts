import type { ResourceId } from '../../model/resource-id.ts';
import { readChildrenOfPeople, readGeneric, readOneGeneric } from './generic.ts';
import { readLocks } from './locks.ts';
import { attachedPlaces, childPlaces, partPlaces, topLevelPlaces } from './places.ts';
import type { DiscoverRequest, State } from './state.ts';
import type { Omission, Subject } from './subject.ts';
import { tellUntold } from './untold.ts';
import { lookAt } from './take.ts';

export interface Discovered {
  readonly subjects: ReadonlyMap<ResourceId, Subject>;
  readonly omissions: readonly Omission[];
}

/**
 * Finds what lives in the resource group, in rounds: what the group lists, then what lies below what was found, with what
 * is attached to it. What has no kind becomes an AzureResource.
 */
export async function discover(request: DiscoverRequest): Promise<Discovered> {
  const state: State = { ...request, subjects: new Map(), omissions: [], taken: new Set(), looked: new Set() };
  await lookAt(topLevelPlaces(state), state);
  for (let size = -1; size !== state.subjects.size;) {
    size = state.subjects.size;
    await lookAt([...childPlaces(state), ...partPlaces(state)], state);
  }
  for (const subject of await readGeneric(state)) state.subjects.set(subject.id, subject);
  for (const subject of await readChildrenOfPeople(state)) state.subjects.set(subject.id, subject);
  await lookAt(attachedPlaces(state), state);
  for (const subject of await readLocks(state)) state.subjects.set(subject.id, subject);
  await tellUntold(state);
  return state;
}

/** Finds one resource with its parts, by its address, as a resource of the kind that `only` names. */
export async function discoverOne(request: DiscoverRequest, only: NonNullable<State['only']>): Promise<Discovered> {
  const state: State = { ...request, only, subjects: new Map(), omissions: [], taken: new Set(), looked: new Set() };
  const isAsked = ({ definition }: { definition: { kind: string } }): boolean => definition.kind === only.kind;
  if (only.kind === 'AzureResource') {
    for (const subject of await readOneGeneric(only, state)) state.subjects.set(subject.id, subject);
    return state;
  }
  const places = [...topLevelPlaces(state), ...childPlaces(state), ...attachedPlaces(state)];
  await lookAt(places.filter(isAsked), state);
  await lookAt(partPlaces(state), state);
  return state;
}
