import { ArmError } from '../../arm/arm-error.ts';
import { listDeleted } from '../../arm/removal.ts';
import type { Completed, ResourceType, View, Write } from '../../arm/contract.ts';
import { arrayAt, isObject, sameText, textAt, valueAt, withValue, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { forgetVault } from './objects.ts';
import { DAY, findVault, KEY_VAULT_VERSIONS, retentionDays, VAULT_TYPE, vaultUri } from './shared.ts';
import { VAULT_SHAPE } from './vault-shape.ts';

const DELETED_NAME =
  'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.';

/** Microsoft.KeyVault/vaults. A deleted one keeps its name and content until it is recovered, purged or its time is over. */
export const vaults: ResourceType = {
  type: VAULT_TYPE,
  apiVersions: KEY_VAULT_VERSIONS,
  placement: 'resource-group',
  body: VAULT_SHAPE,
  immutable: ['properties.softDeleteRetentionInDays', 'properties.tenantId'],
  codes: { invalid: 'BadRequest', immutable: 'BadRequest', immutableStatus: 400 },
  names: {
    pattern: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/u,
    code: 'VaultNameNotValid',
    message:
      "The vault name '{name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  longRunning: {
    create: [],
    states: { create: 'RegisteringDns' },
    statusPath: 'locations/{location}/operationResults/{id}',
  },
  softDelete: {
    retention: (vault) => retentionDays(vault) * DAY,
    recreate: 'refused-unless-restored',
    isRestore: asksForRecovery,
    refusal: { code: 'ConflictError', message: DELETED_NAME },
  },
  check: (write) => {
    requireFreeName(write);
    requireProtection(write);
    requirePolicies(write);
  },
  complete,
  afterWrite: ({ engine, previous }, vault) => {
    if (!previous) forgetVault(engine, vault.id);
  },
  present,
};

function asksForRecovery(body: JsonObject): boolean {
  return sameText(textAt(body, 'properties.createMode') ?? '', 'recover');
}

function requireFreeName({ engine, existing, previous, name, id, call }: Write): void {
  if (existing || previous) return;
  if (findVault(engine, name)) {
    const message = `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`;
    throw new ArmError(409, 'VaultAlreadyExists', message);
  }
  const deleted = listDeleted(engine, VAULT_TYPE, call.target.subscription).some(
    ({ resource }) => sameText(resource.name, name) && !sameText(resource.id, id),
  );
  if (deleted) throw new ArmError(409, 'ConflictError', DELETED_NAME);
}

/** Soft delete cannot be left out, and purge protection cannot be taken back. */
function requireProtection({ body }: Write): void {
  if (valueAt(body, 'properties.enableSoftDelete') === false)
    throw invalid('enableSoftDelete', 'cannot be set to false for a vault.');
  if (valueAt(body, 'properties.enablePurgeProtection') === false)
    throw invalid(
      'enablePurgeProtection',
      'cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
}

function invalid(name: string, reason: string): ArmError {
  return new ArmError(400, 'BadRequest', `The property "${name}" ${reason}`, { target: `properties.${name}` });
}

const MOST_POLICIES = 1024;

/** Without Azure's roles the policies must be said, if only as an empty list. */
function requirePolicies({ body, call }: Write): void {
  const policies = valueAt(body, 'properties.accessPolicies');
  const usesRoles = valueAt(body, 'properties.enableRbacAuthorization') ?? rolesByDefault(call.apiVersion);
  if (policies === undefined && usesRoles !== true)
    throw new ArmError(400, 'BadRequest', 'The parameter accessPolicies is not specified.');
  if (Array.isArray(policies) && policies.length > MOST_POLICIES)
    throw new ArmError(400, 'BadRequest', `A vault has at most ${MOST_POLICIES} access policies.`);
}

/** The newest api-version uses Azure's roles by default, the older ones use policies. */
function rolesByDefault(apiVersion: string): boolean {
  return apiVersion >= '2026-02-01';
}

function complete({ call, previous }: Write): Completed {
  const purgeProtection = valueAt(previous?.writable, 'properties.enablePurgeProtection');
  return {
    defaults: {
      properties: {
        accessPolicies: [],
        enableRbacAuthorization: rolesByDefault(call.apiVersion),
        softDeleteRetentionInDays: 90,
        ...(purgeProtection === true ? { enablePurgeProtection: true } : {}),
      },
    },
  };
}

function present(body: JsonObject, vault: StoredResource, { origin }: View): JsonObject {
  return withValue(withoutDefaultRules(body), 'properties.vaultUri', vaultUri(origin, vault));
}

/** Rules that are what a vault without rules has are not answered; with Deny, `None` or any rule they are. */
function withoutDefaultRules(body: JsonObject): JsonObject {
  const rules = valueAt(body, 'properties.networkAcls');
  const isDefault =
    isObject(rules) &&
    sameText(textAt(rules, 'defaultAction') ?? 'Allow', 'Allow') &&
    sameText(textAt(rules, 'bypass') ?? 'AzureServices', 'AzureServices') &&
    arrayAt(rules, 'ipRules').length + arrayAt(rules, 'virtualNetworkRules').length === 0;
  return isDefault ? withValue(body, 'properties.networkAcls', undefined) : body;
}
