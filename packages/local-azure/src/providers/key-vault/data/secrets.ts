import { defined, textAt } from '../../../engine/json.ts';
import { json, type Reply } from '../../../http/reply.ts';
import { secretsOf, withVersion, type SecretVersion } from '../objects.ts';
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
import { badParameter } from './vault-error.ts';

const secrets: ObjectKind<SecretVersion> = {
  plural: 'secrets',
  word: 'Secret',
  store: ({ engine, vault }) => secretsOf(engine, vault),
  show: ({ base, vault }, name, version) =>
    defined({
      value: version.value,
      contentType: version.contentType,
      id: `${base}secrets/${name}/${version.version}`,
      ...commonOf(version, vault),
    }),
  listed: ({ vault }, id, version) => defined({ id, contentType: version.contentType, ...commonOf(version, vault) }),
  read: ['secrets/get', 'secrets/getSecret/action'],
};

const LONGEST = 25_600;

function setSecret(call: VaultCall): Reply {
  const name = requireObjectName(call.names[0] ?? '');
  const body = vaultBody(call);
  const value = textAt(body, 'value');
  if (value === undefined) throw badParameter('Property value is required.');
  if (Buffer.byteLength(value) > LONGEST) throw badParameter(`A secret has at most ${LONGEST} bytes.`);
  const store = secrets.store(call);
  const existing = store.get(name);
  requireNotDeleted(secrets, existing);
  const contentType = textAt(body, 'contentType');
  const version: SecretVersion = {
    version: call.engine.ids.hex(32),
    value,
    ...(contentType === undefined ? {} : { contentType }),
    tags: readTags(body, undefined),
    attributes: readAttributes(body, undefined, nowOf(call)),
  };
  store.put(withVersion(existing, name, version));
  return json(200, secrets.show(call, existing?.name ?? name, version));
}

/** Attributes, tags and content type of one version; the value stays. */
function updateSecret(call: VaultCall): Reply {
  const before = requireVersion(secrets, call, call.names[1]);
  const object = requireObject(secrets, call);
  const body = vaultBody(call);
  const contentType = textAt(body, 'contentType') ?? before.contentType;
  const version: SecretVersion = {
    ...before,
    ...(contentType === undefined ? {} : { contentType }),
    tags: readTags(body, before.tags),
    attributes: readAttributes(body, before.attributes, nowOf(call)),
  };
  secrets.store(call).put(withVersion(object, object.name, version));
  const { value: _value, ...shown } = secrets.show(call, object.name, version);
  return json(200, shown);
}

const setting = { permission: 'secrets/set', dataAction: 'secrets/setSecret/action' };

/** Secrets: set, read, change, list, delete, recover, purge. */
export const secretRoutes: readonly VaultRoute[] = [
  { method: 'PUT', path: /^secrets\/([^/]+)$/iu, ...setting, handle: setSecret },
  { method: 'PATCH', path: /^secrets\/([^/]+)(?:\/([^/]+))?$/iu, ...setting, handle: updateSecret },
  ...objectRoutes(secrets),
];
