import type { ObjectShape } from '../../shape/notation.ts';

const KEYS =
  'all|encrypt|decrypt|wrapKey|unwrapKey|sign|verify|get|list|create|update|import|delete|backup|restore|recover|purge|release|rotate|getrotationpolicy|setrotationpolicy';
const SECRETS = 'all|get|list|set|delete|backup|restore|recover|purge';
const CERTIFICATES =
  'all|get|list|delete|create|import|update|managecontacts|getissuers|listissuers|setissuers|deleteissuers|manageissuers|recover|purge|backup|restore';
const STORAGE =
  'all|get|list|delete|set|update|regeneratekey|recover|purge|backup|restore|setsas|listsas|getsas|deletesas';

/** Who may do what in a vault that does not use Azure's roles. */
export const ACCESS_POLICY: ObjectShape = {
  'tenantId!': 'string',
  'objectId!': 'string',
  applicationId: 'string',
  'permissions!': {
    keys: [KEYS],
    secrets: [SECRETS],
    certificates: [CERTIFICATES],
    storage: [STORAGE],
  },
};

/** Body of Microsoft.KeyVault/vaults, api-version 2026-02-01. */
export const VAULT_SHAPE: ObjectShape = {
  'properties!': {
    'tenantId!': 'string',
    'sku!': { 'family!': 'A', 'name!': 'standard|premium' },
    accessPolicies: [ACCESS_POLICY],
    vaultUri: 'readonly',
    hsmPoolResourceId: 'readonly',
    provisioningState: 'readonly',
    privateEndpointConnections: 'readonly',
    enabledForDeployment: 'boolean = false',
    enabledForDiskEncryption: 'boolean',
    enabledForTemplateDeployment: 'boolean',
    enableSoftDelete: 'boolean = true',
    softDeleteRetentionInDays: 'integer(7..90)',
    enableRbacAuthorization: 'boolean',
    createMode: 'transient',
    enablePurgeProtection: 'boolean',
    networkAcls: {
      bypass: 'AzureServices|None = AzureServices',
      defaultAction: 'Allow|Deny = Allow',
      ipRules: [{ 'value!': 'string' }],
      virtualNetworkRules: [{ 'id!': 'string', ignoreMissingVnetServiceEndpoint: 'boolean' }],
    },
    publicNetworkAccess: 'Enabled|Disabled|SecuredByPerimeter = Enabled',
  },
};
