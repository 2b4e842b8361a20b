import { ArmError } from '../../arm/arm-error.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import { arrayAt, sameText, textAt, textsAt } from '../../engine/json.ts';

const LEAF = { field: 'string', equals: 'string', containsAny: ['string'] } as const;

/** Microsoft.Insights/activityLogAlerts, which are global. */
export const activityLogAlerts: ResourceType = {
  type: 'Microsoft.Insights/activityLogAlerts',
  apiVersions: ['2017-04-01', '2020-10-01', '2023-01-01-preview', '2026-01-01'],
  placement: 'resource-group',
  location: 'echoed',
  hasSystemData: false,
  dialect: 'bare',
  body: {
    'properties!': {
      tenantScope: 'string',
      'scopes!': ['string'],
      'condition!': { 'allOf!': [{ ...LEAF, anyOf: [LEAF] }] },
      'actions!': {
        actionGroups: [
          { 'actionGroupId!': 'string', webhookProperties: { '*': 'string' }, actionProperties: { '*': 'string' } },
        ],
      },
      enabled: 'boolean = true',
      description: 'string',
    },
  },
  names: { pattern: /^[^*#&+:<>?@%{}\\/]{1,260}$/u, code: 'BadRequest', message: "The rule name '{name}' is invalid." },
  codes: { invalid: 'BadRequest' },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  check: (write) => {
    requireCategoryAndGroups(write);
    requireSubscription(write);
  },
};

function requireCategoryAndGroups({ engine, body }: Write): void {
  const conditions = arrayAt(body, 'properties.condition.allOf');
  const about = conditions.some((one) => textAt(one, 'field')?.toLowerCase() === 'category');
  if (!about) throw new ArmError(400, 'BadRequest', "One of the conditions must be about the field 'category'.");
  for (const group of arrayAt(body, 'properties.actions.actionGroups')) {
    const id = textAt(group, 'actionGroupId') ?? '';
    if (!engine.resources.get(id)) throw new ArmError(400, 'BadRequest', `The action group '${id}' does not exist.`);
  }
}

/** A rule about service health counts for one subscription: Microsoft Learn, resource-manager-alerts-service-health. */
function requireSubscription({ body }: Write): void {
  const isHealth = arrayAt(body, 'properties.condition.allOf').some(
    (one) => sameText(textAt(one, 'field') ?? '', 'category') && sameText(textAt(one, 'equals') ?? '', 'ServiceHealth'),
  );
  const scopes = textsAt(body, 'properties.scopes');
  if (!isHealth || (scopes.length === 1 && /^\/subscriptions\/[^/]+\/?$/iu.test(scopes[0] ?? ''))) return;
  const message = "The 'scopes' of a service health alert rule can only contain a single subscription.";
  throw new ArmError(400, 'BadRequest', message);
}
