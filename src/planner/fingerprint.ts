import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../model/json.ts';
import type { Observation } from '../model/kind.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Changes exactly when something that we manage, or the mark, changes in Azure. */
export function fingerprintOf({ spec, mark }: Pick<Observation, 'spec' | 'mark'>): string {
  const marked: Json = mark ? { environment: mark.environment, id: mark.id, protected: mark.protected } : null;
  return sha256(canonicalJson({ spec, mark: marked }));
}
