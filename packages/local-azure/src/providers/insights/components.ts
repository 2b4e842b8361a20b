import { ArmError } from '../../arm/arm-error.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { textAt } from '../../engine/json.ts';

/** Microsoft.Insights/components: Application Insights. Its member names are as they are: some start in capitals. */
export const components: ResourceType = {
  type: 'Microsoft.Insights/components',
  apiVersions: ['2015-05-01', '2018-05-01-preview', '2020-02-02-preview', '2020-02-02'],
  placement: 'resource-group',
  etag: 'body',
  hasSystemData: false,
  dialect: 'bare',
  body: {
    'kind!': 'string',
    'properties!': {
      'Application_Type!': 'web|other',
      DisableIpMasking: 'boolean',
      DisableLocalAuth: 'boolean',
      Flow_Type: 'string = Bluefield',
      ForceCustomerStorageForProfiler: 'boolean',
      HockeyAppId: 'string',
      ImmediatePurgeDataOn30Days: 'boolean',
      IngestionMode: 'ApplicationInsights|ApplicationInsightsWithDiagnosticSettings|LogAnalytics',
      Request_Source: 'string = rest',
      RetentionInDays: 'integer = 90',
      SamplingPercentage: 'number',
      WorkspaceResourceId: 'string',
      publicNetworkAccessForIngestion: 'Enabled|Disabled|SecuredByPerimeter = Enabled',
      publicNetworkAccessForQuery: 'Enabled|Disabled|SecuredByPerimeter = Enabled',
      AppId: 'readonly',
      ApplicationId: 'readonly',
      ConnectionString: 'readonly',
      CreationDate: 'readonly',
      HockeyAppToken: 'readonly',
      InstrumentationKey: 'readonly',
      LaMigrationDate: 'readonly',
      Name: 'readonly',
      PrivateLinkScopedResources: 'readonly',
      TenantId: 'readonly',
      Ver: 'readonly',
      provisioningState: 'readonly',
    },
  },
  immutable: ['kind', 'properties.Application_Type'],
  statuses: { create: 200, update: 200, patch: 200, delete: 200 },
  check: requireWorkspace,
  complete,
};

/** A workspace can be changed for another, never taken away. */
function requireWorkspace({ engine, body, existing }: Write): void {
  const path = 'properties.WorkspaceResourceId';
  const id = textAt(body, path);
  if (id === undefined && textAt(existing?.writable, path) !== undefined) {
    throw new ArmError(400, 'BadRequest', 'The workspace of a component can be changed but not removed.', {
      target: path,
    });
  }
  if (id !== undefined && !engine.resources.get(id)) {
    throw new ArmError(404, 'WorkspaceNotFound', `The workspace '${id}' was not found.`, { target: path });
  }
}

function complete({ engine, name, body, previous, now }: Write): Completed {
  const known = previous?.readOnly;
  const key = textAt(known, 'properties.InstrumentationKey') ?? engine.ids.guid();
  const appId = textAt(known, 'properties.AppId') ?? engine.ids.guid();
  const location = textAt(body, 'location') ?? '';
  const host = `https://${location}-1.in.applicationinsights.azure.com/`;
  const live = `https://${location}.livediagnostics.monitor.azure.com/`;
  const workspace = textAt(body, 'properties.WorkspaceResourceId');
  return {
    defaults: { properties: { IngestionMode: workspace === undefined ? 'ApplicationInsights' : 'LogAnalytics' } },
    readOnly: {
      properties: {
        AppId: appId,
        ApplicationId: name,
        Name: name,
        ConnectionString: `InstrumentationKey=${key};IngestionEndpoint=${host};LiveEndpoint=${live};ApplicationId=${appId}`,
        CreationDate: timestamp(previous?.created.at ?? now),
        InstrumentationKey: key,
        TenantId: engine.tenantId,
      },
    },
  };
}
