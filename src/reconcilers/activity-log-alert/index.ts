import { mergePatch, textOf, type JsonObject } from '../../model/json.ts';
import type { Reconciler, Site } from '../../model/kind.ts';
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

const alert = armKind<ActivityLogAlertSpec>({
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
    const scopes = scopePaths(site, site.spec.scopes, defaultScope(site));
    return mergePatch(body, { properties: { scopes, actions: { actionGroups: groups } } }) as JsonObject;
  },
  fromArm(spec, body, site) {
    const { scopes } = site.spec;
    const live = textsAt(body, '/properties/scopes');
    const plain =
      scopes?.length === 0 && live.length === 1 && same(live[0], defaultScope({ ...site, spec: spec as never }));
    return {
      ...spec,
      ...(scopes && !plain ? { scopes: scopeNames(site, live) } : {}),
      actionGroups: itemsAt(body, '/properties/actions/actionGroups').map((action) =>
        actionGroupName(site, textOf(action, 'actionGroupId')),
      ),
    };
  },
});

/** Microsoft.Insights/activityLogAlerts@2026-01-01 */
export const activityLogAlert: Reconciler = { ...alert, review: reviewScopes };

/** Alerts about the health of services count for a whole subscription; all others for the resource group. */
function defaultScope({ spec, environment }: Site<ActivityLogAlertSpec>): string {
  return isServiceHealth(spec as unknown as JsonObject)
    ? `/subscriptions/${environment.subscriptionId}`
    : environment.groupPath;
}

function isServiceHealth(spec: JsonObject): boolean {
  return itemsAt(spec, '/conditions').some(
    (one) => same(textOf(one, 'field'), 'category') && same(textOf(one, 'equals'), 'ServiceHealth'),
  );
}

function same(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** Microsoft Learn, service health alerts by Resource Manager: "the scopes … can only contain a single subscription". */
function reviewScopes(spec: JsonObject) {
  const scopes = textsAt(spec, '/scopes');
  const fits = scopes.length === 0 || (scopes.length === 1 && /^\/subscriptions\/[^/]+\/?$/i.test(scopes[0] ?? ''));
  if (fits || !isServiceHealth(spec)) return [];
  const message =
    'An alert about service health has one subscription as its scope; leave scopes out for the subscription of the environment';
  return [{ field: '/scopes' as const, code: 'ING1013' as const, message }];
}
