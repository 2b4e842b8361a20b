import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, isObject, member, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { foundryAsset } from '../shared/foundry-asset.ts';
import schema from './schema.json' with { type: 'json' };
import type { IndexSpec } from './spec.ts';

/** An index of a Foundry project, data plane v1: types AzureSearch and CosmosDBNoSqlVectorStore. */
export const index = foundryAsset({
  kind: 'Index',
  schema,
  collection: 'indexes',
  stateful: false,
  outputs: { indexName: 'Name of the index in the search service.' },
  contentOf: (site) => sha256(canonicalJson(definitionOf(site))),
  observe: (version, site) => specOf(version, site),
  body: (_, site) => Promise.resolve(definitionOf(site)),
});

/** What the service keeps of an index. */
function definitionOf(site: Site): JsonObject {
  const { connection, indexName, cosmos, fieldMapping } = site.spec as IndexSpec;
  const common = {
    connectionName: nameOf(site, 'Connection', connection),
    ...(fieldMapping ? { fieldMapping: fieldMapping as unknown as JsonObject } : {}),
  };
  if (!cosmos) return { type: 'AzureSearch', ...common, indexName: indexName ?? '' };
  return {
    type: 'CosmosDBNoSqlVectorStore',
    ...common,
    databaseName: nameOf(site, 'CosmosDatabase', cosmos.database),
    containerName: nameOf(site, 'CosmosContainer', cosmos.container),
    embeddingConfiguration: {
      modelDeploymentName: nameOf(site, 'ModelDeployment', cosmos.embeddingModel),
      embeddingField: cosmos.embeddingField,
    },
  };
}

function nameOf(site: Site, kind: string, name: string): string {
  return site.azureNameOf(resourceId(kind, name)) ?? name;
}

/** A live index as a manifest would write it; what stands for the declared name is shown as that name. */
function specOf(version: JsonObject, site: Site): JsonObject {
  const wanted = site.spec as IndexSpec;
  const mapping = member(version, 'fieldMapping');
  const shown = (kind: string, name: string | undefined, live: Json | undefined): Json =>
    name !== undefined && live === nameOf(site, kind, name) ? name : (live ?? '');
  const common: JsonObject = {
    connection: shown('Connection', wanted.connection, member(version, 'connectionName')),
    ...(isObject(mapping) ? { fieldMapping: mapping } : {}),
  };
  if (textOf(version, 'type') !== 'CosmosDBNoSqlVectorStore')
    return { ...common, indexName: textOf(version, 'indexName') };
  const { cosmos } = wanted;
  const embedding = valueAt(version, '/embeddingConfiguration') ?? {};
  return {
    ...common,
    cosmos: {
      database: shown('CosmosDatabase', cosmos?.database, member(version, 'databaseName')),
      container: shown('CosmosContainer', cosmos?.container, member(version, 'containerName')),
      embeddingModel: shown('ModelDeployment', cosmos?.embeddingModel, member(embedding, 'modelDeploymentName')),
      embeddingField: member(embedding, 'embeddingField') ?? '',
    },
  };
}
