import { collectionOf } from '../engine/documents.ts';
import type { Engine } from './contract.ts';

const subscriptions = collectionOf<{ readonly id: string }>('subscriptions');

export function addSubscription({ documents }: Engine, id: string): void {
  subscriptions.put(documents, id, { id });
}

export function isKnownSubscription({ documents }: Engine, id: string): boolean {
  return subscriptions.get(documents, id) !== undefined;
}

export function subscriptionIds({ documents }: Engine): string[] {
  return subscriptions.list(documents).map(({ id }) => id);
}
