import { mergePatch, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import { withThroughput, withThroughputSettings } from '../shared/cosmos-throughput.ts';
import schema from './schema.json' with { type: 'json' };
import type { CosmosDatabaseSpec } from './spec.ts';

/** Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2026-03-15. Writes below one account must not run at once. */
export const cosmosDatabase = withThroughputSettings(
  armKind<CosmosDatabaseSpec>({
    kind: 'CosmosDatabase',
    schema,
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases',
    apiVersion: '2026-03-15',
    nameRule: { scope: 'parent', pattern: /^[^/\\?#]{0,254}[^/\\?# ]$/, maxLength: 255, style: 'as-is' },
    oneAtATime: 'databaseAccounts',
    stateful: true,
    createOnly: ['/properties/options'],
    readOnly: [
      '/properties/resource/_rid',
      '/properties/resource/_ts',
      '/properties/resource/_etag',
      '/properties/resource/_colls',
      '/properties/resource/_users',
    ],
    toArm: (body, { spec, azureName }) =>
      withThroughput(mergePatch(body, { properties: { resource: { id: azureName } } }) as JsonObject, spec),
  }),
);
