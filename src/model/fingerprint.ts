import { createHash } from 'node:crypto';
import type { Address } from './azure.ts';
import { problem, ProblemError } from './diagnostic.ts';
import { canonicalJson, type Json, type JsonObject } from './json.ts';
import type { KindDefinition, Live, Observation, Site } from './kind.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Changes exactly when something that we manage, or the mark, changes in Azure. */
export function fingerprintOf({ spec, mark }: Pick<Observation, 'spec' | 'mark'>): string {
  const marked: Json = mark ? { environment: mark.environment, id: mark.id, protected: mark.protected ?? false } : null;
  return sha256(canonicalJson({ spec, mark: marked }));
}

/** What a kind makes of an answer of Azure. Throws a ProblemError (ING4006) where it cannot make anything of it. */
export function understood<T>(kind: string, path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const message = `The answer for a ${kind} at ${path} is not of the form that its API describes: ${error.message}`;
    throw new ProblemError(problem('ING4006', message));
  }
}

/** A live resource as its kind sees it. Throws as `understood` does. */
export function observeBody(definition: KindDefinition, body: JsonObject, address: Address, site: Site): Live {
  const observation = understood(definition.kind, address.path, () => definition.observe(body, site));
  return { ...observation, address, body, fingerprint: fingerprintOf(observation) };
}
