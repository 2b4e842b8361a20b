import { collectionOf } from '../engine/documents.ts';
import type { Engine } from './contract.ts';

export type RegistrationState = 'NotRegistered' | 'Registering' | 'Registered';

interface Registration {
  readonly registered: boolean;
  /** When it takes effect, in milliseconds of the clock. */
  readonly at: number;
}

const registrations = collectionOf<Registration>('registrations');

/** Namespaces are registered unless something says otherwise. */
export function registrationState(engine: Engine, subscription: string, namespace: string): RegistrationState {
  const found = registrations.get(engine.documents, keyOf(subscription, namespace));
  if (!found) return 'Registered';
  if (!found.registered) return 'NotRegistered';
  return engine.clock.now() >= found.at ? 'Registered' : 'Registering';
}

export function setRegistered(engine: Engine, subscription: string, namespace: string, registered: boolean): void {
  if (registered && registrationState(engine, subscription, namespace) !== 'NotRegistered') return;
  const at = engine.clock.now() + engine.timing.registrationMs;
  registrations.put(engine.documents, keyOf(subscription, namespace), { registered, at });
}

function keyOf(subscription: string, namespace: string): string {
  return `${subscription}/${namespace}`;
}
