import { collectionOf } from '../engine/documents.ts';
import type { Engine } from './contract.ts';

interface Principal {
  readonly id: string;
  /** Milliseconds of the clock. */
  readonly created: number;
}

const principals = collectionOf<Principal>('principals');

/** Makes up the principal of a new identity. */
export function registerPrincipal(engine: Engine): string {
  const id = engine.ids.guid();
  principals.put(engine.documents, id, { id, created: engine.clock.now() });
  return id;
}

/** False while a principal of this server is too young to be known everywhere. Principals from elsewhere are always known. */
export function isReplicated(engine: Engine, id: string): boolean {
  const found = principals.get(engine.documents, id);
  return !found || engine.clock.now() >= found.created + engine.timing.principalPropagationMs;
}
