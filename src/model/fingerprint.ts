import { createHash } from 'node:crypto';
import type { Address } from './azure.ts';
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

/** A live resource as its kind sees it. */
export function observeBody(definition: KindDefinition, body: JsonObject, address: Address, site: Site): Live {
  const observation = definition.observe(body, site);
  return { ...observation, address, body, fingerprint: fingerprintOf(observation) };
}
