import type { JsonObject } from '../engine/json.ts';
import { compileObject } from '../shape/notation.ts';
import { assetId, type AssetVersion } from './shared/assets.ts';
import { assetRoutes } from './shared/asset-routes.ts';
import type { FoundryCall, Route } from './shared/route.ts';

const fields = {
  contentFields: ['string'],
  filepathField: 'string',
  metadataFields: ['string'],
  titleField: 'string',
  urlField: 'string',
  vectorFields: ['string'],
} as const;

/** Indexes, which refer to search indexes that are kept elsewhere. */
export const INDEX_ROUTES: readonly Route[] = assetRoutes({
  plural: 'indexes',
  title: 'Index',
  shape: compileObject({
    'type!': 'AzureSearch|ManagedAzureSearch|CosmosDBNoSqlVectorStore',
    '?type': {
      AzureSearch: { 'connectionName!': 'string', 'indexName!': 'string', fieldMapping: fields },
      ManagedAzureSearch: { 'vectorStoreId!': 'string' },
      CosmosDBNoSqlVectorStore: {
        'connectionName!': 'string',
        'databaseName!': 'string',
        'containerName!': 'string',
        'embeddingConfiguration!': { 'modelDeploymentName!': 'string', 'embeddingField!': 'string' },
        'fieldMapping!': { ...fields, 'contentFields!': ['string'] },
      },
    },
    description: 'string',
    tags: { '*': 'string' },
    id: 'readonly',
    name: 'string',
    version: 'string',
  }),
  show,
});

function show({ account, project }: FoundryCall, { name, version, body }: AssetVersion): JsonObject {
  return {
    ...body,
    name,
    version,
    id: assetId(account, project, 'indexes', { name, version }),
    tags: body['tags'] ?? {},
  };
}
