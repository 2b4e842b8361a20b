import type { ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { STORAGE_VERSIONS } from './api-versions.ts';

/** Microsoft.Storage/storageAccounts/blobServices/containers: blob containers, and file systems of a hierarchical account. */
export const containers: ResourceType = {
  type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
  apiVersions: STORAGE_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  etag: 'body-and-header',
  body: {
    properties: {
      defaultEncryptionScope: 'string = $account-encryption-key',
      denyEncryptionScopeOverride: 'boolean = false',
      enableNfsV3AllSquash: 'boolean',
      enableNfsV3RootSquash: 'boolean',
      immutableStorageWithVersioning: { enabled: 'boolean', timeStamp: 'readonly', migrationState: 'readonly' },
      metadata: { '*': 'string' },
      publicAccess: 'Container|Blob|None = None',
      deleted: 'readonly',
      deletedTime: 'readonly',
      hasImmutabilityPolicy: 'readonly',
      hasLegalHold: 'readonly',
      immutabilityPolicy: 'readonly',
      lastModifiedTime: 'readonly',
      leaseDuration: 'readonly',
      leaseState: 'readonly',
      leaseStatus: 'readonly',
      legalHold: 'readonly',
      remainingRetentionDays: 'readonly',
      version: 'readonly',
    },
  },
  immutable: ['properties.defaultEncryptionScope', 'properties.denyEncryptionScopeOverride'],
  names: {
    pattern: /^(?!.*--)(?:[a-z0-9][a-z0-9-]{1,61}[a-z0-9]|\$root|\$web|\$logs)$/u,
    code: 'ContainerNameInvalid',
    message: "The container name '{name}' is invalid: 3 to 63 lower-case letters, digits and single hyphens.",
  },
  codes: { notFound: 'ContainerNotFound' },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  complete: ({ now }) => ({
    readOnly: {
      properties: {
        deleted: false,
        hasImmutabilityPolicy: false,
        hasLegalHold: false,
        lastModifiedTime: timestamp(now),
        leaseState: 'Available',
        leaseStatus: 'Unlocked',
        remainingRetentionDays: 0,
      },
    },
  }),
};
