import type { Change } from '../../model/plan.ts';
import { isResourceId } from '../../model/resource-id.ts';
import { dotted } from './value.ts';

/** What stands beside a change, apart from its fields: why it is replaced, and what becomes of its mark. */
export function remarkTexts(change: Change): string[] {
  return [...causes(change), ...marks(change), ...(change.note === undefined ? [] : [change.note])];
}

function causes(change: Change): string[] {
  if (change.action === 'create' && change.drift) return ['was deleted outside of Git'];
  if (change.action !== 'replace') return [];
  const causes = change.forcedBy.map((cause) => (isResourceId(cause) ? `${cause} is replaced` : dotted(cause)));
  return [`must be replaced: ${causes.join(', ')}`];
}

function marks(change: Change): string[] {
  if (change.action !== 'update') return [];
  const { adopts, restoresMark, renamedFrom, protects } = change;
  return [
    ...(adopts ? ['is taken over'] : []),
    ...(restoresMark ? ['its mark was removed and is written again'] : []),
    ...(renamedFrom === undefined ? [] : [`was ${renamedFrom}; its mark gets the new name`]),
    ...(protects === undefined ? [] : [protects ? 'is protected from now on' : 'is no longer protected']),
  ];
}
