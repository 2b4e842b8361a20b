import type { Change, Plan } from '../../model/plan.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/** One step of an apply. A replacement is two: remove, then write. */
export interface Operation {
  readonly key: string;
  readonly type: 'write' | 'remove' | 'run';
  readonly change: Change;
  /** Keys of operations that come first. */
  readonly after: readonly string[];
}

function keyOf(type: Operation['type'], id: ResourceId): string {
  return `${type} ${id}`;
}

/** The operations of a plan. What is kept needs none, so nothing waits for it. */
export function operationsOf(plan: Plan): Operation[] {
  const byId = new Map(plan.changes.map((change) => [change.id, change]));
  const written = (id: ResourceId): string[] => {
    const change = byId.get(id);
    if (!change || change.action === 'keep' || change.action === 'delete') return [];
    return [keyOf(change.action === 'run' ? 'run' : 'write', id)];
  };
  const letGo = (id: ResourceId): string[] => {
    const action = byId.get(id)?.action;
    return action === 'delete' || action === 'replace' ? [keyOf('remove', id)] : written(id);
  };
  return plan.changes.flatMap((change): Operation[] => {
    const operation = (type: Operation['type'], after: readonly string[]): Operation => ({
      key: keyOf(type, change.id),
      type,
      change,
      after,
    });
    switch (change.action) {
      case 'keep':
        return [];
      case 'run':
        return [operation('run', change.dependsOn.flatMap(written))];
      case 'create':
      case 'update':
        return [operation('write', change.dependsOn.flatMap(written))];
      case 'delete':
        return [operation('remove', change.removeAfter.flatMap(letGo))];
      case 'replace': {
        const removal = operation('remove', change.removeAfter.flatMap(letGo));
        return [removal, operation('write', [removal.key, ...change.dependsOn.flatMap(written)])];
      }
    }
  });
}
