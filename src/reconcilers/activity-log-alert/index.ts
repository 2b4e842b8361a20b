import { mergePatch, textOf, type JsonObject } from '../../model/json.ts';
import {
  actionGroupName,
  actionGroupPath,
  itemsAt,
  scopeNames,
  scopePaths,
  textsAt,
} from '../shared/alert-references.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { ActivityLogAlertSpec } from './spec.ts';

/** Microsoft.Insights/activityLogAlerts@2026-01-01, which are global. */
export const activityLogAlert = armKind<ActivityLogAlertSpec>({
  kind: 'ActivityLogAlert',
  schema,
  type: 'Microsoft.Insights/activityLogAlerts',
  apiVersion: '2026-01-01',
  nameRule: {
    scope: 'group',
    pattern: /^[^*#&+:<>?@%{}\\/]{0,259}[^*#&+:<>?@%{}\\/. ]$/,
    maxLength: 260,
    style: 'kebab',
  },
  fixed: { location: 'global' },
  targets: { scopes: ['/properties/scopes'], actionGroups: ['/properties/actions/actionGroups'] },
  itemKeys: { '/properties/actions/actionGroups': ['/actionGroupId'] },
  toArm(body, site) {
    const groups = (site.spec.actionGroups ?? []).map((name) => ({ actionGroupId: actionGroupPath(site, name) }));
    const properties = { scopes: scopePaths(site, site.spec.scopes), actions: { actionGroups: groups } };
    return mergePatch(body, { properties }) as JsonObject;
  },
  fromArm: (spec, body, site) => ({
    ...spec,
    ...(site.spec.scopes ? { scopes: scopeNames(site, textsAt(body, '/properties/scopes')) } : {}),
    actionGroups: itemsAt(body, '/properties/actions/actionGroups').map((action) =>
      actionGroupName(site, textOf(action, 'actionGroupId')),
    ),
  }),
});
