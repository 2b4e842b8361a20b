import {
  isArray,
  member,
  mergePatch,
  valueAt,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import { withThroughput, withThroughputSettings } from '../shared/cosmos-throughput.ts';
import schema from './schema.json' with { type: 'json' };
import type { CosmosContainerSpec } from './spec.ts';

/** Azure excludes it in every policy. */
const ETAG_PATH = '/"_etag"/?';

/** Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2026-03-15. Live policies are always complete. */
export const cosmosContainer = withThroughputSettings(
  armKind<CosmosContainerSpec>({
    kind: 'CosmosContainer',
    schema,
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers',
    apiVersion: '2026-03-15',
    nameRule: { scope: 'parent', pattern: /^[^/\\?#]{0,254}[^/\\?# ]$/, maxLength: 255, style: 'as-is' },
    oneAtATime: 'databaseAccounts',
    stateful: true,
    createOnly: ['/properties/options'],
    readOnly: [
      '/properties/resource/_rid',
      '/properties/resource/_ts',
      '/properties/resource/_etag',
      '/properties/resource/partitionKey/systemKey',
    ],
    targets: {
      partitionKey: ['/properties/resource/partitionKey'],
      uniqueKeys: ['/properties/resource/uniqueKeyPolicy'],
      indexingMode: ['/properties/resource/indexingPolicy'],
      includedPaths: ['/properties/resource/indexingPolicy/includedPaths'],
      excludedPaths: ['/properties/resource/indexingPolicy/excludedPaths'],
    },
    itemKeys: {
      '/properties/resource/indexingPolicy/includedPaths': ['/path'],
      '/properties/resource/indexingPolicy/excludedPaths': ['/path'],
    },
    toArm(body, { spec, azureName }) {
      const { partitionKey, uniqueKeys = [], includedPaths = ['/*'], excludedPaths = [] } = spec;
      const policy = (paths: readonly string[]): JsonObject[] => paths.map((path) => ({ path }));
      const none = spec.indexingMode === 'none';
      const resource: JsonObject = {
        id: azureName,
        partitionKey: { kind: partitionKey.length > 1 ? 'MultiHash' : 'Hash', version: 2 },
        indexingPolicy: {
          automatic: !none,
          includedPaths: none ? [] : policy(includedPaths),
          excludedPaths: policy(excludedPaths),
        },
        ...(uniqueKeys.length > 0 ? { uniqueKeyPolicy: { uniqueKeys: uniqueKeys.map((paths) => ({ paths })) } } : {}),
      };
      // Azure takes vector policies only where the account can search vectors.
      const sent = dropEmpty(
        body,
        '/properties/resource/vectorEmbeddingPolicy',
        '/properties/resource/indexingPolicy/vectorIndexes',
      );
      return withThroughput(mergePatch(sent, { properties: { resource } }) as JsonObject, spec);
    },
    fromArm: (spec, body) => ({
      ...spec,
      uniqueKeys: items(body, '/uniqueKeyPolicy/uniqueKeys').map((one) => member(one, 'paths') ?? []),
      includedPaths: pathsOf(body, 'includedPaths'),
      excludedPaths: pathsOf(body, 'excludedPaths').filter((path) => path !== ETAG_PATH),
    }),
    // Without an index there are no paths to compare.
    tolerate: (desired) => (member(desired, 'indexingMode') === 'none' ? ['/includedPaths', '/excludedPaths'] : []),
  }),
);

/** Without those of the paths that hold nothing. */
function dropEmpty(body: JsonObject, ...paths: readonly Pointer[]): JsonObject {
  return paths.reduce<JsonObject>((rest, path) => {
    const found = valueAt(rest, path);
    const list = isArray(found) ? found : valueAt(found, '/vectorEmbeddings');
    return isArray(list) && list.length === 0 ? (withValueAt(rest, path, undefined) as JsonObject) : rest;
  }, body);
}

function items(body: JsonObject, path: `/${string}`): readonly Json[] {
  const value = valueAt(body, `/properties/resource${path}`);
  return isArray(value) ? value : [];
}

function pathsOf(body: JsonObject, name: string): Json[] {
  return items(body, `/indexingPolicy/${name}`).map((one) => member(one, 'path') ?? null);
}
