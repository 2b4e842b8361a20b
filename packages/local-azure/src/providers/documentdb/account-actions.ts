import { createHash } from 'node:crypto';
import { optionalBody } from '../../arm/body.ts';
import { requireIdle } from '../../arm/existence.ts';
import { beginOperation, pollHeaders } from '../../arm/operations.ts';
import { locationOf } from '../../arm/place.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, Handler } from '../../arm/contract.ts';
import { setState } from '../../arm/state.ts';
import { timestamp } from '../../engine/clock.ts';
import { arrayAt, sameText, textAt, withValue, type JsonObject } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { withPriorities } from './account-locations.ts';
import { badRequest } from './shared.ts';

const WRITE_KEYS = ['primaryMasterKey', 'secondaryMasterKey'] as const;
const READ_KEYS = ['primaryReadonlyMasterKey', 'secondaryReadonlyMasterKey'] as const;

/** POST actions of an account. */
export const accountActions: Readonly<Record<string, Handler>> = {
  listKeys: (call) => json(200, keysOf(call, [...WRITE_KEYS, ...READ_KEYS])),
  readonlykeys: (call) => json(200, keysOf(call, READ_KEYS)),
  listConnectionStrings,
  regenerateKey,
  failoverPriorityChange,
};

function keysOf(call: Call, kinds: readonly string[]): JsonObject {
  const account = requireResource(call);
  return Object.fromEntries(kinds.map((kind) => [kind, keyOf(account, kind)]));
}

/** 64 bytes that follow from the account, the kind of key and the time that it was made. */
function keyOf({ id, readOnly }: Resource, kind: string): string {
  const made = textAt(readOnly, `properties.keysMetadata.${kind}.generationTime`) ?? '';
  return createHash('sha512').update(`${id.toLowerCase()}|${kind}|${made}`).digest('base64');
}

function listConnectionStrings(call: Call): Reply {
  const account = requireResource(call);
  const endpoint = `https://${account.name.toLowerCase()}.documents.azure.com:443/`;
  const describe = (description: string, kind: string): JsonObject => ({
    connectionString: `AccountEndpoint=${endpoint};AccountKey=${keyOf(account, kind)};`,
    description,
  });
  return json(200, {
    connectionStrings: [
      describe('Primary SQL Connection String', 'primaryMasterKey'),
      describe('Secondary SQL Connection String', 'secondaryMasterKey'),
      describe('Primary Read-Only SQL Connection String', 'primaryReadonlyMasterKey'),
      describe('Secondary Read-Only SQL Connection String', 'secondaryReadonlyMasterKey'),
    ],
  });
}

const KINDS: Readonly<Record<string, string>> = {
  primary: 'primaryMasterKey',
  secondary: 'secondaryMasterKey',
  primaryreadonly: 'primaryReadonlyMasterKey',
  secondaryreadonly: 'secondaryReadonlyMasterKey',
};

function regenerateKey(call: Call): Reply {
  const account = requireResource(call);
  const wanted = textAt(optionalBody(call), 'keyKind') ?? '';
  const kind = KINDS[wanted.toLowerCase()];
  if (kind === undefined) throw badRequest(`The key kind '${wanted}' is not valid.`, 'keyKind');
  requireIdle(call, account.id);
  const before = textAt(account.readOnly, `properties.keysMetadata.${kind}.generationTime`);
  const now = timestamp(call.engine.clock.now());
  const made = sameText(before ?? '', now) ? timestamp(call.engine.clock.now() + 1) : now;
  const readOnly = withValue(account.readOnly, `properties.keysMetadata.${kind}.generationTime`, made);
  return accept(call, { ...account, readOnly });
}

/** Gives the regions other priorities; the first becomes the one that is written to. */
function failoverPriorityChange(call: Call): Reply {
  const account = requireResource(call);
  requireIdle(call, account.id);
  const writable = withPriorities(account.writable, arrayAt(optionalBody(call), 'failoverPolicies'));
  return accept(call, { ...account, writable });
}

function accept(call: Call, account: StoredResource): Reply {
  const { engine } = call;
  engine.resources.put(account);
  setState(engine, account, 'Updating');
  const resource = { ...account, location: locationOf(engine, account) };
  const operation = beginOperation(call, { resource, kind: 'update' });
  return empty(202, pollHeaders(call, operation, ['azure-async-operation', 'location']));
}
