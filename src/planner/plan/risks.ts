import type { KindDefinition } from '../../model/kind.ts';
import type { Change, Risk } from '../../model/plan.ts';

/** What a reviewer must see of a change before anything else. */
export function risksOf(change: Change, definition: KindDefinition): Risk[] {
  if (change.action !== 'delete' && change.action !== 'replace') return [];
  const verb = change.action === 'delete' ? 'deletes' : 'deletes and recreates';
  const destroys: Risk = { id: 'RISK001', level: 'medium', message: `${verb} ${change.id}`, fields: [] };
  const data: Risk = { id: 'RISK002', level: 'high', message: `${verb} ${change.id} with the data in it`, fields: [] };
  return definition.stateful ? [data] : [destroys];
}
