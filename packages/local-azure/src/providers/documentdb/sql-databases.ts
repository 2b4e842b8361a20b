import type { ResourceType, Write } from '../../arm/contract.ts';
import type { Ids } from '../../engine/ids.ts';
import { objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import { IDENTITY } from '../../arm/identity.ts';
import {
  CHILD_ENVELOPE,
  COSMOS_CODES,
  COSMOS_OPERATION,
  DATABASE_TYPE,
  DOCUMENTDB_VERSIONS,
  ITEM_NAME,
  requireAccountReady,
  requireResourceId,
} from './shared.ts';
import { checkOptions, createThroughput, databaseThroughput, THROUGHPUT_OPTIONS } from './throughput.ts';

/** How a restored database or container is asked for. */
export const RESTORE = {
  createMode: 'Default|Restore',
  restoreParameters: {
    restoreSource: 'string',
    restoreTimestampInUtc: 'string',
    restoreWithTtlDisabled: 'boolean',
  },
} as const;

/** Microsoft.DocumentDB/databaseAccounts/sqlDatabases. Throughput is given at creation and kept apart. */
export const sqlDatabases: ResourceType = {
  type: DATABASE_TYPE,
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
        _rid: 'readonly',
        _ts: 'readonly',
        _etag: 'readonly',
        _colls: 'readonly',
        _users: 'readonly',
      },
      options: THROUGHPUT_OPTIONS,
    },
  },
  codes: COSMOS_CODES,
  names: ITEM_NAME,
  statuses: { create: 202, update: 202, delete: 202 },
  longRunning: COSMOS_OPERATION,
  check: (write) => {
    requireResourceId(write);
    checkOptions(write, write.parent);
    requireAccountReady(write);
  },
  complete: (write) => ({
    readOnly: { properties: { resource: { ...marks(write, 8), _colls: 'colls/', _users: 'users/' } } },
  }),
  afterWrite: ({ call, body, existing }, database) => {
    if (!existing) createThroughput(call, database, databaseThroughput, objectAt(body, 'properties.options'));
  },
  present: withoutOptions,
};

/** The members that Cosmos DB itself keeps on every item. */
export function marks({ engine, existing, id, now }: Write, bytes: number): JsonObject {
  return {
    _rid: textAt(existing?.readOnly, 'properties.resource._rid') ?? rid(engine.ids, `${id}/${now}`, bytes),
    _ts: Math.floor(now / 1000),
    _etag: `"${engine.ids.guid()}"`,
  };
}

function rid(ids: Ids, name: string, bytes: number): string {
  return Buffer.from(ids.guidOf(name).replaceAll('-', ''), 'hex').subarray(0, bytes).toString('base64');
}

/** The throughput requested at creation is returned only by the throughput settings. */
export function withoutOptions(body: JsonObject): JsonObject {
  const { options: _options, ...properties } = objectAt(body, 'properties');
  return { ...body, properties };
}
