import { ArmError } from '../../arm/arm-error.ts';
import { createChild } from '../../arm/build.ts';
import { beginOperation, pollHeaders } from '../../arm/operations.ts';
import { locationOf } from '../../arm/place.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, Handler, ResourceType, Write } from '../../arm/contract.ts';
import { member, objectAt, valueAt, withValue, type Json, type JsonObject } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { empty, type Reply } from '../../http/reply.ts';
import {
  badRequest,
  CHILD_ENVELOPE,
  CONTAINER_TYPE,
  COSMOS_CODES,
  COSMOS_OPERATION,
  DATABASE_TYPE,
  DOCUMENTDB_VERSIONS,
  hasCapability,
  requireAccountReady,
} from './shared.ts';

/** Throughput as a client asks for it, at creation or later. */
export const THROUGHPUT_OPTIONS = {
  throughput: 'integer(400..)',
  autoscaleSettings: { maxThroughput: 'integer(1000..)' },
} as const;

/** `…/throughputSettings/default` of databases and of containers: one resource, there only where throughput was given. */
export const [databaseThroughput, containerThroughput] = [DATABASE_TYPE, CONTAINER_TYPE].map(settingsOf) as [
  ResourceType,
  ResourceType,
];

function settingsOf(parentType: string): ResourceType {
  return {
    type: `${parentType}/throughputSettings`,
    apiVersions: DOCUMENTDB_VERSIONS,
    placement: 'child',
    hasSystemData: false,
    body: {
      ...CHILD_ENVELOPE,
      'properties!': {
        'resource!': {
          ...THROUGHPUT_OPTIONS,
          minimumThroughput: 'readonly',
          offerReplacePending: 'readonly',
          instantMaximumThroughput: 'readonly',
          softAllowedMaximumThroughput: 'readonly',
        },
      },
    },
    codes: COSMOS_CODES,
    names: {
      pattern: /^default$/iu,
      code: 'BadRequest',
      message: "Throughput settings are named 'default', not '{name}'.",
    },
    statuses: { create: 202, update: 202 },
    longRunning: COSMOS_OPERATION,
    check: (write) => {
      requireOffer(write);
      requireThroughput(objectAt(write.body, 'properties.resource'));
      requireSameMode(write);
      requireAccountReady(write);
    },
    complete: ({ body }) => {
      const isAutoscale = maximumOf(objectAt(body, 'properties.resource')) !== undefined;
      return {
        readOnly: {
          properties: {
            resource: { minimumThroughput: isAutoscale ? '1000' : '400', offerReplacePending: 'false' },
          },
        },
      };
    },
    actions: {
      migrateToAutoscale: migration((resource) => ({ autoscaleSettings: { maxThroughput: autoscaleFor(resource) } })),
      migrateToManualThroughput: migration((resource) => ({ throughput: maximumOf(resource) ?? 400 })),
    },
  };
}

function maximumOf(resource: JsonObject): number | undefined {
  const maximum = valueAt(resource, 'autoscaleSettings.maxThroughput');
  return typeof maximum === 'number' ? maximum : undefined;
}

function autoscaleFor(resource: JsonObject): number {
  return maximumOf(resource) ?? Math.max(1000, Math.ceil(Number(valueAt(resource, 'throughput') ?? 400) / 1000) * 1000);
}

/** Throughput cannot be given to what was created without. */
function requireOffer({ existing, parent }: Write): void {
  if (existing || !parent) return;
  throw new ArmError(404, 'NotFound', `'${parent.name}' has no throughput of its own.`);
}

function requireThroughput(options: JsonObject): void {
  const manual = valueAt(options, 'throughput');
  const maximum = maximumOf(options);
  if ((manual === undefined) === (maximum === undefined))
    throw badRequest('Either throughput or autoscaleSettings.maxThroughput must be given, not both.');
  if (typeof manual === 'number' && manual % 100 !== 0) throw badRequest('Throughput must be a multiple of 100.');
  if (maximum !== undefined && maximum % 1000 !== 0)
    throw badRequest('The maximum throughput must be a multiple of 1000.');
}

function requireSameMode({ existing, body }: Write): void {
  const isAutoscale = (resource: JsonObject): boolean =>
    maximumOf(objectAt(resource, 'properties.resource')) !== undefined;
  if (!existing || isAutoscale(existing.writable) === isAutoscale(body)) return;
  throw badRequest(
    'Manual and autoscale throughput are exchanged by migrateToAutoscale and migrateToManualThroughput.',
  );
}

function migration(change: (resource: JsonObject) => Json): Handler {
  return (call: Call): Reply => {
    const { engine } = call;
    const settings: StoredResource = requireResource(call);
    const writable = withValue(
      settings.writable,
      'properties.resource',
      change(objectAt(settings.writable, 'properties.resource')),
    );
    engine.resources.put({ ...settings, writable });
    const resource = { ...settings, location: locationOf(engine, settings) };
    const operation = beginOperation(call, { resource, kind: 'update' });
    return empty(202, pollHeaders(call, operation, ['azure-async-operation', 'location']));
  };
}

/** Refuses options that an account or a body cannot have. */
export function checkOptions(write: Write, account: Resource | undefined): void {
  const options = objectAt(write.body, 'properties.options');
  if (Object.keys(options).length === 0) return;
  if (hasCapability(account, 'EnableServerless'))
    throw badRequest('Setting offer throughput or autopilot on container is not supported for serverless accounts.');
  requireThroughput(options);
}

/** Gives a new database or container its throughput. */
export function createThroughput(call: Call, parent: Resource, type: ResourceType, options: JsonObject): void {
  const { throughput, autoscaleSettings } = options;
  const resource: JsonObject = {
    ...(throughput === undefined ? {} : { throughput }),
    ...(autoscaleSettings === undefined ? {} : { autoscaleSettings }),
  };
  if (member(resource, 'throughput') === undefined && maximumOf(resource) === undefined) return;
  createChild(call, parent, type, 'default', { properties: { resource } });
}
