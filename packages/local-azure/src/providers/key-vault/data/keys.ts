import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { arrayAt, defined, textAt, valueAt, type Json, type JsonObject } from '../../../engine/json.ts';
import { json, type Reply } from '../../../http/reply.ts';
import { keysOf, withVersion, type KeyVersion } from '../objects.ts';
import { readAttributes, readTags } from './attributes.ts';
import { nowOf, vaultBody, type VaultCall, type VaultRoute } from './call.ts';
import { commonOf } from './describe.ts';
import {
  objectRoutes,
  requireNotDeleted,
  requireObject,
  requireObjectName,
  requireVersion,
  type ObjectKind,
} from './object-routes.ts';
import { sign, verify } from './signing.ts';
import { badParameter, VaultError } from './vault-error.ts';

const keys: ObjectKind<KeyVersion> = {
  plural: 'keys',
  word: 'Key',
  store: ({ engine, vault }) => keysOf(engine, vault),
  show: ({ base, vault }, name, version) => ({
    key: publicPart(`${base}keys/${name}/${version.version}`, version),
    ...commonOf(version, vault),
  }),
  listed: ({ vault }, kid, version) => ({ kid, ...commonOf(version, vault) }),
  read: ['keys/get', 'keys/read'],
};

function publicPart(kid: string, { jwk, operations }: KeyVersion): JsonObject {
  const { kty, n, e, crv, x, y } = jwk;
  return defined({ kid, kty, key_ops: [...operations], n, e, crv, x, y });
}

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  EC: ['sign', 'verify'],
  RSA: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
};
const RSA_SIZES: ReadonlySet<Json> = new Set([2048, 3072, 4096]);

function createKey(call: VaultCall): Reply {
  const name = requireObjectName(call.names[0] ?? '');
  const body = vaultBody(call);
  const store = keys.store(call);
  const existing = store.get(name);
  requireNotDeleted(keys, existing);
  const kind = textAt(body, 'kty') ?? '';
  const jwk = { ...makeKey(kind, body), kty: kind } as Readonly<Record<string, Json>>;
  const wanted = arrayAt(body, 'key_ops').filter((each) => typeof each === 'string');
  const version: KeyVersion = {
    version: call.engine.ids.hex(32),
    jwk,
    operations: wanted.length > 0 ? wanted : (OPERATIONS[kind.replace('-HSM', '')] ?? []),
    tags: readTags(body, undefined),
    attributes: readAttributes(body, undefined, nowOf(call)),
  };
  store.put(withVersion(existing, name, version));
  return json(200, keys.show(call, existing?.name ?? name, version));
}

function makeKey(kind: string, body: JsonObject): JsonWebKey {
  switch (kind) {
    case 'EC':
    case 'EC-HSM': {
      const curve = textAt(body, 'crv') ?? 'P-256';
      if (!['P-256', 'P-384', 'P-521'].includes(curve)) throw badParameter(`The curve '${curve}' is not supported.`);
      return generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ format: 'jwk' });
    }
    case 'RSA':
    case 'RSA-HSM': {
      const size = valueAt(body, 'key_size') ?? 2048;
      if (!RSA_SIZES.has(size)) throw badParameter('The key size must be 2048, 3072 or 4096.');
      return generateKeyPairSync('rsa', { modulusLength: Number(size) }).privateKey.export({ format: 'jwk' });
    }
    default:
      throw badParameter(`The key type '${kind}' is not supported.`);
  }
}

/** Attributes, tags and permitted operations of one version. */
function updateKey(call: VaultCall): Reply {
  const before = requireVersion(keys, call, call.names[1]);
  const object = requireObject(keys, call);
  const body = vaultBody(call);
  const wanted = arrayAt(body, 'key_ops').filter((each) => typeof each === 'string');
  const version: KeyVersion = {
    ...before,
    operations: wanted.length > 0 ? wanted : before.operations,
    tags: readTags(body, before.tags),
    attributes: readAttributes(body, before.attributes, nowOf(call)),
  };
  keys.store(call).put(withVersion(object, object.name, version));
  return json(200, keys.show(call, object.name, version));
}

/** The version that signs or verifies, allowed to and in its time. */
function requireUsable(call: VaultCall, operation: 'sign' | 'verify'): KeyVersion {
  const version = requireVersion(keys, call, call.names[1]);
  const { enabled, nbf = 0, exp = Infinity } = version.attributes;
  const refuse = (message: string, inner: string): VaultError => new VaultError(403, 'Forbidden', message, { inner });
  if (!enabled) throw refuse(`Operation ${operation} is not allowed on a disabled key.`, 'KeyDisabled');
  if (nowOf(call) < nbf)
    throw refuse(`Operation ${operation} is not allowed on a key before its time.`, 'KeyNotYetValid');
  if (nowOf(call) >= exp && operation === 'sign')
    throw refuse(`Operation ${operation} is not allowed on an expired key.`, 'KeyExpired');
  if (!version.operations.includes(operation))
    throw refuse(`Operation ${operation} is not permitted on this key.`, 'KeyOperationForbidden');
  return version;
}

function bytesAt(body: JsonObject, name: string): Buffer {
  const text = textAt(body, name);
  if (text === undefined) throw badParameter(`Property ${name} is required.`);
  return Buffer.from(text, 'base64url');
}

function plainKey({ jwk }: KeyVersion): JsonWebKey {
  return { ...jwk, kty: textAt(jwk, 'kty')?.replace('-HSM', '') ?? '' };
}

function signWith(call: VaultCall): Reply {
  const version = requireUsable(call, 'sign');
  const body = vaultBody(call);
  const value = sign(plainKey(version), textAt(body, 'alg') ?? '', bytesAt(body, 'value')).toString('base64url');
  const { name } = requireObject(keys, call);
  return json(200, { kid: `${call.base}keys/${name}/${version.version}`, value });
}

function verifyWith(call: VaultCall): Reply {
  const version = requireUsable(call, 'verify');
  const body = vaultBody(call);
  const algorithm = textAt(body, 'alg') ?? '';
  const value = verify(plainKey(version), algorithm, bytesAt(body, 'digest'), bytesAt(body, 'value'));
  return json(200, { value });
}

const NAME = '([^/]+)';

function use(operation: 'sign' | 'verify', handle: VaultRoute['handle']): VaultRoute {
  const path = new RegExp(`^keys/${NAME}(?:/${NAME})?/${operation}$`, 'iu');
  return { method: 'POST', path, permission: `keys/${operation}`, dataAction: `keys/${operation}/action`, handle };
}

/** Keys: create, read, change, list, delete, recover, purge, sign and verify. */
export const keyRoutes: readonly VaultRoute[] = [
  {
    method: 'POST',
    path: /^keys\/([^/]+)\/create$/iu,
    permission: 'keys/create',
    dataAction: 'keys/create/action',
    handle: createKey,
  },
  {
    method: 'PATCH',
    path: /^keys\/([^/]+)(?:\/([^/]+))?$/iu,
    permission: 'keys/update',
    dataAction: 'keys/update/action',
    handle: updateKey,
  },
  use('sign', signWith),
  use('verify', verifyWith),
  ...objectRoutes(keys),
];
