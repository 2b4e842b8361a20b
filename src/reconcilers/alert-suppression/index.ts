import { mergePatch, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
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
import type { AlertSuppressionSpec } from './spec.ts';

type RuleSite = Site<AlertSuppressionSpec>;

/** Microsoft.AlertsManagement/actionRules@2021-08-08 ("alert processing rules"), which are global. */
export const alertSuppression = armKind<AlertSuppressionSpec>({
  kind: 'AlertSuppression',
  schema,
  type: 'Microsoft.AlertsManagement/actionRules',
  apiVersion: '2021-08-08',
  nameRule: {
    scope: 'group',
    pattern: /^[^*#&+:<>?@%{}\\/]{0,259}[^*#&+:<>?@%{}\\/. ]$/,
    maxLength: 260,
    style: 'kebab',
  },
  fixed: { location: 'Global' },
  targets: { scopes: ['/properties/scopes'], tellInstead: ['/properties/actions'] },
  toArm: (body, site) =>
    mergePatch(body, {
      properties: { scopes: scopePaths(site, site.spec.scopes), actions: [actionOf(site)] },
    }) as JsonObject,
  fromArm: (spec, body, site) => ({
    ...spec,
    ...(site.spec.scopes ? { scopes: scopeNames(site, textsAt(body, '/properties/scopes')) } : {}),
    tellInstead: itemsAt(body, '/properties/actions').flatMap((action) =>
      textsAt(action, '/actionGroupIds').map((path) => actionGroupName(site, path)),
    ),
  }),
});

function actionOf(site: RuleSite): JsonObject {
  const groups = (site.spec.tellInstead ?? []).map((name) => actionGroupPath(site, name));
  return groups.length === 0
    ? { actionType: 'RemoveAllActionGroups' }
    : { actionType: 'AddActionGroups', actionGroupIds: groups };
}
