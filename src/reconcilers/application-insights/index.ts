import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

export const applicationInsights = armKind({
  kind: 'ApplicationInsights',
  schema,
  type: 'Microsoft.Insights/components',
  apiVersion: '2020-02-02',
  nameRule: { scope: 'group', pattern: /^[^%&\\?/<>#]{0,259}[^%&\\?/<>#. ]$/, maxLength: 260, style: 'kebab' },
  stateful: true,
  fixed: { kind: 'web' },
  outputs: {
    connectionString: ['/properties/ConnectionString', 'Connection string with which apps send their telemetry.'],
    instrumentationKey: ['/properties/InstrumentationKey', 'Older form of the connection string.'],
    appId: ['/properties/AppId', 'Id for queries.'],
  },
  readOnly: [
    '/properties/AppId',
    '/properties/ApplicationId',
    '/properties/ConnectionString',
    '/properties/CreationDate',
    '/properties/HockeyAppToken',
    '/properties/InstrumentationKey',
    '/properties/LaMigrationDate',
    '/properties/Name',
    '/properties/PrivateLinkScopedResources',
    '/properties/TenantId',
  ],
});
