import { textOf } from '../../model/json.ts';
import { locationOfParent } from '../shared/arm-location.ts';
import { armKind } from '../shared/arm-kind.ts';
import { fixedReadScale, sameObjective } from './sku.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.Sql/servers/databases@2025-01-01. */
export const sqlDatabase = armKind({
  kind: 'SqlDatabase',
  schema,
  type: 'Microsoft.Sql/servers/databases',
  apiVersion: '2025-01-01',
  nameRule: { scope: 'parent', pattern: /^[^<>*%&:\\/?]{0,127}[^<>*%&:\\/?. ]$/, maxLength: 128, style: 'as-is' },
  stateful: true,
  deadlineMinutes: 60,
  readOnly: [
    '/kind',
    '/managedBy',
    '/properties/status',
    '/properties/databaseId',
    '/properties/creationDate',
    '/properties/currentServiceObjectiveName',
    '/properties/requestedServiceObjectiveName',
    '/properties/defaultSecondaryLocation',
    '/properties/failoverGroupId',
    '/properties/maxLogSizeBytes',
    '/properties/earliestRestoreDate',
    '/properties/currentSku',
    '/properties/currentBackupStorageRedundancy',
    '/properties/pausedDate',
    '/properties/resumedDate',
    '/properties/isInfraEncryptionEnabled',
  ],
  tolerate: (desired, live) => [...sameObjective(desired, live), ...fixedReadScale(live)],
  // Every server has a database `master`.
  claims: (body) => (textOf(body, 'kind').toLowerCase().includes('system') ? 'azure' : 'yes'),
  toArm: (body, site) => ({ ...body, location: locationOfParent(site, schema) }),
});
