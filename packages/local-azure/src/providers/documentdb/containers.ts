import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { arrayAt, objectAt, textAt, valueAt, type Json } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import {
  badRequest,
  CHILD_ENVELOPE,
  CONTAINER_TYPE,
  COSMOS_CODES,
  COSMOS_OPERATION,
  DOCUMENTDB_VERSIONS,
  hasCapability,
  ITEM_NAME,
  requireAccountReady,
  requireResourceId,
} from './shared.ts';
import { marks, RESTORE, withoutOptions } from './sql-databases.ts';
import { checkOptions, containerThroughput, createThroughput, THROUGHPUT_OPTIONS } from './throughput.ts';

const SPATIAL = 'Point|LineString|Polygon|MultiPolygon';
const INDEXING = {
  automatic: 'boolean = true',
  indexingMode: 'consistent|lazy|none = consistent',
  includedPaths: [
    {
      path: 'string',
      indexes: [
        {
          dataType: 'String|Number|Point|Polygon|LineString|MultiPolygon',
          precision: 'integer',
          kind: 'Hash|Range|Spatial',
        },
      ],
    },
  ],
  excludedPaths: [{ path: 'string' }],
  compositeIndexes: [[{ path: 'string', order: 'ascending|descending' }]],
  spatialIndexes: [{ path: 'string', types: [SPATIAL] }],
  vectorIndexes: [
    {
      'path!': 'string',
      'type!': 'flat|diskANN|quantizedFlat',
      quantizationByteSize: 'integer(4..)',
      indexingSearchListSize: 'integer(25..500)',
      vectorIndexShardKey: ['string'],
    },
  ],
  fullTextIndexes: [{ 'path!': 'string' }],
} as const;

/** Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers, api-version 2026-03-15. */
export const sqlContainers: ResourceType = {
  type: CONTAINER_TYPE,
  apiVersions: DOCUMENTDB_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  body: {
    ...CHILD_ENVELOPE,
    identity: IDENTITY,
    'properties!': {
      'resource!': {
        'id!': 'string',
        ...RESTORE,
        partitionKey: {
          paths: ['string'],
          kind: 'Hash|Range|MultiHash = Hash',
          version: 'integer(1..2)',
          systemKey: 'readonly',
        },
        indexingPolicy: INDEXING,
        defaultTtl: 'integer',
        uniqueKeyPolicy: { uniqueKeys: [{ paths: ['string'] }] },
        conflictResolutionPolicy: {
          mode: 'LastWriterWins|Custom',
          conflictResolutionPath: 'string',
          conflictResolutionProcedure: 'string',
        },
        clientEncryptionPolicy: {
          'includedPaths!': [
            {
              'path!': 'string',
              'clientEncryptionKeyId!': 'string',
              'encryptionType!': 'string',
              'encryptionAlgorithm!': 'string',
            },
          ],
          'policyFormatVersion!': 'integer(1..2)',
        },
        analyticalStorageTtl: 'integer',
        computedProperties: [{ name: 'string', query: 'string' }],
        vectorEmbeddingPolicy: {
          vectorEmbeddings: [
            {
              'path!': 'string',
              'dataType!': 'float32|uint8|int8|float16',
              'distanceFunction!': 'euclidean|cosine|dotproduct',
              'dimensions!': 'integer',
            },
          ],
        },
        fullTextPolicy: { defaultLanguage: 'string', fullTextPaths: [{ 'path!': 'string', language: 'string' }] },
        _rid: 'readonly',
        _ts: 'readonly',
        _etag: 'readonly',
      },
      options: THROUGHPUT_OPTIONS,
    },
  },
  immutable: [
    'properties.resource.partitionKey.paths',
    'properties.resource.partitionKey.kind',
    'properties.resource.partitionKey.version',
    'properties.resource.uniqueKeyPolicy.uniqueKeys',
    'properties.resource.conflictResolutionPolicy.mode',
    'properties.resource.conflictResolutionPolicy.conflictResolutionPath',
    'properties.resource.conflictResolutionPolicy.conflictResolutionProcedure',
    'properties.resource.vectorEmbeddingPolicy.vectorEmbeddings',
  ],
  codes: COSMOS_CODES,
  names: ITEM_NAME,
  statuses: { create: 202, update: 202, delete: 202 },
  longRunning: COSMOS_OPERATION,
  check: (write) => {
    requireResourceId(write);
    requirePartitionKey(write);
    requireVectorSearch(write);
    checkOptions(write, accountOf(write));
    requireAccountReady(write);
  },
  complete,
  afterWrite: settleThroughput,
  present: withoutOptions,
};

function accountOf({ engine, parent }: Write): StoredResource | undefined {
  return parent && engine.resources.get(parent.parent);
}

/** One path for Hash, up to three for MultiHash. */
function requirePartitionKey({ body }: Write): void {
  const target = 'properties.resource.partitionKey';
  const paths = arrayAt(body, `${target}.paths`);
  const most = textAt(body, `${target}.kind`) === 'MultiHash' ? 3 : 1;
  if (paths.length === 0) throw badRequest('A container needs a partition key.', target);
  if (paths.length > most) throw badRequest(`The partition key can have ${most} path(s) only.`, target);
  if (paths.some((path) => typeof path !== 'string' || !path.startsWith('/')))
    throw badRequest('A partition key path starts with a slash.', target);
}

function requireVectorSearch(write: Write): void {
  const wanted = arrayAt(write.body, 'properties.resource.vectorEmbeddingPolicy.vectorEmbeddings');
  const account = accountOf(write);
  if (wanted.length === 0 || !account || hasCapability(account, 'EnableNoSQLVectorSearch')) return;
  throw badRequest('A vector embedding policy needs the capability EnableNoSQLVectorSearch of the account.');
}

const ETAG_PATH = '/"_etag"/?';

/** The indexing policy is always returned in full; `_etag` is never indexed. */
function complete(write: Write): Completed {
  const resource = objectAt(write.body, 'properties.resource');
  const included: readonly Json[] = arrayAt(resource, 'indexingPolicy.includedPaths');
  const excluded: readonly Json[] = arrayAt(resource, 'indexingPolicy.excludedPaths');
  const isIndexed = textAt(resource, 'indexingPolicy.indexingMode') !== 'none';
  const hasEtag = excluded.some((each) => textAt(each, 'path') === ETAG_PATH);
  const indexing = {
    automatic: true,
    indexingMode: 'consistent',
    includedPaths: included.length === 0 && isIndexed ? [{ path: '/*' }] : included,
  };
  return {
    defaults: {
      properties: {
        resource: {
          indexingPolicy: indexing,
          uniqueKeyPolicy: { uniqueKeys: [] },
          conflictResolutionPolicy: {
            mode: 'LastWriterWins',
            conflictResolutionPath: '/_ts',
            conflictResolutionProcedure: '',
          },
        },
      },
    },
    body: {
      properties: {
        resource: {
          indexingPolicy: { excludedPaths: hasEtag || !isIndexed ? excluded : [...excluded, { path: ETAG_PATH }] },
        },
      },
    },
    readOnly: { properties: { resource: marks(write, 12) } },
  };
}

/** Without its own throughput or that of its database, a container gets 400 request units. */
function settleThroughput(write: Write, container: Resource): void {
  const { call, body, existing, engine, parent } = write;
  if (existing || hasCapability(accountOf(write), 'EnableServerless')) return;
  const options = objectAt(body, 'properties.options');
  const isShared =
    parent !== undefined && engine.resources.get(`${parent.id}/throughputSettings/default`) !== undefined;
  const given = valueAt(options, 'throughput') ?? valueAt(options, 'autoscaleSettings.maxThroughput');
  const wanted = given === undefined && !isShared ? { throughput: 400 } : options;
  createThroughput(call, container, containerThroughput, wanted);
}
