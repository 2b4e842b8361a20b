import type { ResourceType } from '../../arm/contract.ts';
import { objectAt } from '../../engine/json.ts';
import { STORAGE_VERSIONS } from './api-versions.ts';

const retention = { enabled: 'boolean = false', days: 'integer(1..365)', allowPermanentDelete: 'boolean' };

/** Microsoft.Storage/storageAccounts/blobServices: one, named `default`, that is there from the start and stays. */
export const blobServices: ResourceType = {
  type: 'Microsoft.Storage/storageAccounts/blobServices',
  apiVersions: STORAGE_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  body: {
    sku: 'readonly',
    properties: {
      automaticSnapshotPolicyEnabled: 'boolean',
      changeFeed: { enabled: 'boolean', retentionInDays: 'integer(1..146000)' },
      containerDeleteRetentionPolicy: retention,
      cors: {
        corsRules: [
          {
            'allowedOrigins!': ['string'],
            'allowedMethods!': ['DELETE|GET|HEAD|MERGE|POST|OPTIONS|PUT|PATCH|CONNECT|TRACE'],
            'maxAgeInSeconds!': 'integer',
            'exposedHeaders!': ['string'],
            'allowedHeaders!': ['string'],
          },
        ],
      },
      defaultServiceVersion: 'string',
      deleteRetentionPolicy: retention,
      isVersioningEnabled: 'boolean',
      lastAccessTimeTrackingPolicy: {
        'enable!': 'boolean',
        name: 'AccessTimeTracking',
        trackingGranularityInDays: 'integer',
        blobType: ['string'],
      },
      restorePolicy: {
        'enabled!': 'boolean',
        days: 'integer(1..365)',
        lastEnabledTime: 'readonly',
        minRestoreTime: 'readonly',
      },
      staticWebsite: {
        'enabled!': 'boolean',
        indexDocument: 'string',
        defaultIndexDocumentPath: 'string',
        errorDocument404Path: 'string',
      },
    },
  },
  names: {
    pattern: /^default$/iu,
    code: 'InvalidResourceName',
    message: "The blob service is named 'default', not '{name}'.",
  },
  statuses: { create: 200, update: 200 },
  complete: ({ parent }) => ({
    defaults: { properties: { cors: { corsRules: [] }, deleteRetentionPolicy: {} } },
    readOnly: { sku: { ...objectAt(parent?.writable, 'sku'), ...objectAt(parent?.readOnly, 'sku') } },
  }),
};
