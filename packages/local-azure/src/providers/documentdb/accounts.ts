import { ArmError } from '../../arm/arm-error.ts';
import { createChild } from '../../arm/build.ts';
import type { Call, Completed, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { arrayAt, equal, objectAt, sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { empty } from '../../http/reply.ts';
import { checkRegions, presentRegions, regionsOf } from './account-locations.ts';
import { accountActions } from './account-actions.ts';
import { accountDefaults } from './account-defaults.ts';
import { ACCOUNT_SHAPE } from './account-shape.ts';
import { BUILT_IN_ROLES, sqlRoleDefinitions } from './role-definitions.ts';
import { ACCOUNT_TYPE, badRequest, COSMOS_CODES, COSMOS_OPERATION, DOCUMENTDB_VERSIONS } from './shared.ts';

/** Microsoft.DocumentDB/databaseAccounts. PUT answers 200 and continues; regions are returned by their display names. */
export const databaseAccounts: ResourceType = {
  type: ACCOUNT_TYPE,
  apiVersions: DOCUMENTDB_VERSIONS,
  placement: 'resource-group',
  location: 'display',
  body: ACCOUNT_SHAPE,
  immutable: ['kind', 'properties.enableFreeTier'],
  codes: COSMOS_CODES,
  names: {
    pattern: /^[a-z0-9](?:[a-z0-9-]{1,42}[a-z0-9])$/u,
    code: 'BadRequest',
    message:
      "The account name '{name}' is invalid: 3 to 44 lower-case letters, digits and hyphens, the first and last a letter or digit.",
  },
  statuses: { create: 200, update: 200, patch: 200, delete: 202 },
  longRunning: COSMOS_OPERATION,
  serialisedUnder: ACCOUNT_TYPE,
  check: (write) => {
    requireFreeName(write);
    checkRegions(write);
    requireSteadyCapabilities(write);
    requireSteadyPolicies(write);
    requireNoRestore(write);
  },
  complete,
  afterWrite,
  present: presentRegions,
  actions: accountActions,
};

/** `HEAD /providers/Microsoft.DocumentDB/databaseAccountNames/{name}`: 200 when the name is taken, else 404. */
export const databaseAccountNames: ResourceType = {
  type: 'Microsoft.DocumentDB/databaseAccountNames',
  apiVersions: DOCUMENTDB_VERSIONS,
  placement: 'none',
  handlers: { HEAD: (call) => empty(isTaken(call, call.target.names[0] ?? '') ? 200 : 404) },
};

function isTaken({ engine }: Pick<Call, 'engine'>, name: string): boolean {
  return engine.resources.list({ type: ACCOUNT_TYPE }).some((account) => sameText(account.name, name));
}

function requireFreeName({ engine, existing, name }: Write): void {
  if (existing || !isTaken({ engine }, name)) return;
  const message = `The DatabaseAccount name '${name}' already exists. Please choose a different name.`;
  throw new ArmError(400, 'BadRequest', message, { target: 'name' });
}

/** Serverless is for good, for one region, and never comes later. */
function requireSteadyCapabilities({ body, existing }: Write): void {
  const isServerless = (account: JsonObject): boolean =>
    arrayAt(account, 'properties.capabilities').some((each) => textAt(each, 'name') === 'EnableServerless');
  const target = 'properties.capabilities';
  const isSaid = valueAt(body, target) !== undefined;
  if (existing && isSaid && isServerless(body) !== isServerless(existing.writable))
    throw badRequest('The capability EnableServerless cannot be added to or removed from an account.', target);
  if (isServerless(body) && regionsOf(body).length > 1)
    throw badRequest('A serverless account can have one region only.', target);
}

/** Continuous backup, analytical storage and a customer-managed key stay once they are there. */
function requireSteadyPolicies({ body, existing }: Write): void {
  if (!existing) return;
  const [before, wanted] = [existing.writable, body];
  const backup = textAt(wanted, 'properties.backupPolicy.type');
  if (textAt(before, 'properties.backupPolicy.type') === 'Continuous' && backup === 'Periodic')
    throw badRequest('Continuous backup cannot be changed to periodic.', 'properties.backupPolicy.type');
  if (
    valueAt(before, 'properties.enableAnalyticalStorage') === true &&
    valueAt(wanted, 'properties.enableAnalyticalStorage') === false
  )
    throw badRequest('Analytical storage cannot be disabled.', 'properties.enableAnalyticalStorage');
  const [key, other] = [valueAt(before, 'properties.keyVaultKeyUri'), valueAt(wanted, 'properties.keyVaultKeyUri')];
  if (key !== undefined && other !== undefined && !equal(key, other))
    throw badRequest('The key of an account cannot be changed.', 'properties.keyVaultKeyUri');
}

function requireNoRestore({ body }: Write): void {
  const mode = textAt(body, 'properties.createMode') ?? 'Default';
  if (sameText(mode, 'Default')) return;
  throw new ArmError(501, 'NotImplemented', `The embedded Azure does not imitate createMode '${mode}' of accounts.`);
}

function complete({ engine, body, id, existing, now }: Write): Completed {
  const created = timestamp(existing?.created.at ?? now);
  const kinds = ['primaryMasterKey', 'secondaryMasterKey', 'primaryReadonlyMasterKey', 'secondaryReadonlyMasterKey'];
  const known = valueAt(existing?.readOnly, 'properties.keysMetadata');
  return {
    defaults: accountDefaults(body, objectAt(existing?.writable, 'properties')),
    readOnly: {
      properties: {
        instanceId: textAt(existing?.readOnly, 'properties.instanceId') ?? engine.ids.guidOf(`${id}/${created}`),
        keysMetadata: known ?? Object.fromEntries(kinds.map((kind) => [kind, { generationTime: created }])),
      },
    },
  };
}

function afterWrite({ call, existing }: Write, account: Resource): void {
  if (existing) return;
  for (const [name, properties] of Object.entries(BUILT_IN_ROLES))
    createChild(call, account, sqlRoleDefinitions, name, { properties });
}
