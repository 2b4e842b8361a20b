import type { ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { STORAGE_VERSIONS } from './api-versions.ts';

const after = {
  daysAfterModificationGreaterThan: 'number',
  daysAfterCreationGreaterThan: 'number',
  daysAfterLastAccessTimeGreaterThan: 'number',
  daysAfterLastTierChangeGreaterThan: 'number',
};
const moves = { tierToCool: after, tierToArchive: after, tierToCold: after, tierToHot: after, delete: after };

/** Microsoft.Storage/storageAccounts/managementPolicies: the lifecycle rules of an account, one set named `default`. */
export const managementPolicies: ResourceType = {
  type: 'Microsoft.Storage/storageAccounts/managementPolicies',
  apiVersions: STORAGE_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  body: {
    'properties!': {
      lastModifiedTime: 'readonly',
      'policy!': {
        'rules!': [
          {
            'name!': 'string',
            'type!': 'Lifecycle',
            enabled: 'boolean = true',
            'definition!': {
              'actions!': {
                baseBlob: { ...moves, enableAutoTierToHotFromCool: 'boolean' },
                snapshot: moves,
                version: moves,
              },
              filters: {
                prefixMatch: ['string'],
                'blobTypes!': ['string'],
                blobIndexMatch: [{ 'name!': 'string', 'op!': 'string', 'value!': 'string' }],
              },
            },
          },
        ],
      },
    },
  },
  names: { pattern: /^default$/iu, message: "The management policy is named 'default', not '{name}'." },
  codes: { notFound: 'ManagementPolicyNotFound' },
  statuses: { create: 200, update: 200, delete: 200 },
  complete: ({ now }) => ({ readOnly: { properties: { lastModifiedTime: timestamp(now) } } }),
};
