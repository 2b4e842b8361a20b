import type { Json, JsonObject } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';

/** The name of this cloud, for `az cloud set -n`. */
const CLOUD_NAME = 'LocalAzure';

/**
 * `GET /metadata/endpoints`: where the services of a cloud are. Every URL is on the host and scheme of the request.
 * `2015-01-01` is what `az cloud register` of older versions reads; from 2019 on clouds have names and come as a list; from
 * `2022-09-01` on it is one cloud again.
 */
export function cloudMetadata(request: LocalRequest): Reply {
  const version = request.query.get('api-version') ?? '2015-01-01';
  return json(200, formFor(version, request.origin));
}

function formFor(version: string, origin: string): Json {
  if (version < '2018-01-01') return oldest(origin);
  return version < '2022-09-01' ? [middle(origin)] : newest(origin);
}

const AUDIENCES = ['https://management.core.windows.net/', 'https://management.azure.com/'];

function oldest(origin: string): JsonObject {
  return {
    galleryEndpoint: `${origin}/`,
    graphEndpoint: `${origin}/`,
    portalEndpoint: `${origin}/`,
    authentication: { loginEndpoint: `${origin}/`, audiences: AUDIENCES },
  };
}

function middle(origin: string): JsonObject {
  return {
    portal: origin,
    authentication: { loginEndpoint: `${origin}/`, audiences: AUDIENCES, tenant: 'common', identityProvider: 'AAD' },
    media: 'https://rest.media.azure.net',
    graphAudience: `${origin}/`,
    graph: `${origin}/`,
    name: CLOUD_NAME,
    suffixes: SUFFIXES,
    batch: 'https://batch.core.windows.net/',
    resourceManager: `${origin}/`,
    vmImageAliasDoc: '',
    activeDirectoryDataLake: 'https://datalake.azure.net/',
    sqlManagement: 'https://management.core.windows.net:8443/',
    gallery: 'https://gallery.azure.com/',
    microsoftGraphResourceId: `${origin}/`,
  };
}

function newest(origin: string): JsonObject {
  return {
    ...middle(origin),
    suffixes: { ...SUFFIXES, ...NEWER_SUFFIXES },
    logAnalyticsResourceId: 'https://api.loganalytics.io',
    appInsightsResourceId: 'https://api.applicationinsights.io',
    appInsightsTelemetryChannelResourceId: 'https://dc.applicationinsights.azure.com/v2/track',
    attestationResourceId: 'https://attest.azure.net',
    synapseAnalyticsResourceId: 'https://dev.azuresynapse.net',
    ossrDbmsResourceId: 'https://ossrdbms-aad.database.windows.net',
  };
}

/** Domains of data planes are those of the public cloud, as they are in the answers of the resource providers. */
const SUFFIXES = {
  azureDataLakeStoreFileSystem: 'azuredatalakestore.net',
  acrLoginServer: 'azurecr.io',
  sqlServerHostname: 'database.windows.net',
  azureDataLakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
  keyVaultDns: 'vault.azure.net',
  storage: 'core.windows.net',
  azureFrontDoorEndpointSuffix: 'azurefd.net',
};

const NEWER_SUFFIXES = {
  storageSyncEndpointSuffix: 'afs.azure.net',
  mhsmDns: 'managedhsm.azure.net',
  mysqlServerEndpoint: 'mysql.database.azure.com',
  postgresqlServerEndpoint: 'postgres.database.azure.com',
  mariadbServerEndpoint: 'mariadb.database.azure.com',
  synapseAnalytics: 'dev.azuresynapse.net',
  attestationEndpoint: 'attest.azure.net',
};
