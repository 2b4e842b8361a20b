import type { JsonObject } from '../../engine/json.ts';
import type { FoundryCall } from './route.ts';

/** `systemData` of what a client writes now, with when and by whom it was written first. */
export function systemData({ engine, caller }: FoundryCall, previous: JsonObject | undefined): JsonObject {
  const now = new Date(engine.clock.now()).toISOString();
  const actor = { by: caller.name, type: caller.kind };
  return {
    createdAt: previous?.['createdAt'] ?? now,
    createdBy: previous?.['createdBy'] ?? actor.by,
    createdByType: previous?.['createdByType'] ?? actor.type,
    lastModifiedAt: now,
    lastModifiedBy: actor.by,
    lastModifiedByType: actor.type,
  };
}
