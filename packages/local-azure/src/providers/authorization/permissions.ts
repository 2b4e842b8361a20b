import { requireParent } from '../../arm/existence.ts';
import type { ResourceType } from '../../arm/contract.ts';
import type { JsonObject } from '../../engine/json.ts';
import { json } from '../../http/reply.ts';
import { AUTHORIZATION_VERSIONS } from './api-versions.ts';
import { grantedAt } from './authorise.ts';

/** Who may do everything, such as an owner or anybody while access is not checked. */
const EVERYTHING: JsonObject = { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] };

/** Microsoft.Authorization/permissions@2022-04-01: what the caller may do at a scope, one entry per role. Nothing is stored. */
export const permissions: ResourceType = {
  type: 'Microsoft.Authorization/permissions',
  apiVersions: AUTHORIZATION_VERSIONS,
  placement: 'extension',
  hasSystemData: false,
  handlers: {
    LIST(call) {
      requireParent(call);
      const { engine, caller, target } = call;
      const granted = grantedAt(engine, caller, target.parent);
      const owns = engine.isAllowed?.({ caller, scope: target.parent, action: '*', isData: true }) ?? true;
      return json(200, { value: owns ? [EVERYTHING, ...granted] : granted });
    },
  },
};
