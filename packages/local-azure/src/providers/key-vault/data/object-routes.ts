import type { JsonObject } from '../../../engine/json.ts';
import { empty, json, type Reply } from '../../../http/reply.ts';
import { latest, type ObjectStore, type Version, type VaultObject } from '../objects.ts';
import { isPurgeProtected } from '../shared.ts';
import { vaultPage, type VaultCall, type VaultRoute } from './call.ts';
import { deletionOf } from './describe.ts';
import { badParameter, VaultError } from './vault-error.ts';

/** Members common to secrets and keys, and their differences. */
export interface ObjectKind<V extends Version> {
  /** `secrets` */
  readonly plural: string;
  /** `Secret` */
  readonly word: string;
  store(call: VaultCall): ObjectStore<V>;
  /** One version with its content. */
  show(call: VaultCall, name: string, version: V): JsonObject;
  /** One version in a list; `id` is given. */
  listed(call: VaultCall, id: string, version: V): JsonObject;
  /** Reading one: permission and data action. */
  readonly read: readonly [string, string];
}

const NAME = '([^/]+)';

/** The name of a secret or key in a path. */
export function requireObjectName(name: string): string {
  if (/^[0-9a-zA-Z-]{1,127}$/u.test(name)) return name;
  throw badParameter(`The request URI contains an invalid name: ${name}`);
}

/** A live object. 404 for a deleted one as well. */
export function requireObject<V extends Version>(kind: ObjectKind<V>, call: VaultCall): VaultObject<V> {
  const name = requireObjectName(call.names[0] ?? '');
  const found = kind.store(call).get(name);
  if (found && !found.deleted) return found;
  throw missing(kind, name);
}

function missing<V extends Version>({ word }: ObjectKind<V>, name: string): VaultError {
  const message = `A ${word.toLowerCase()} with (name/id) ${name} was not found in this key vault. If you recently deleted this ${word.toLowerCase()} you may be able to recover it using the correct recovery command.`;
  return new VaultError(404, `${word}NotFound`, message);
}

/** The version that a path names, else the newest. */
export function requireVersion<V extends Version>(kind: ObjectKind<V>, call: VaultCall, name: string | undefined): V {
  const object = requireObject(kind, call);
  const found = name === undefined ? latest(object) : object.versions.find(({ version }) => version === name);
  if (found) return found;
  throw missing(kind, `${object.name}/${name ?? ''}`);
}

/** 409 for a name that a deleted object still holds. */
export function requireNotDeleted<V extends Version>(
  { word }: ObjectKind<V>,
  object: VaultObject<V> | undefined,
): void {
  if (!object?.deleted) return;
  const message = `${word} ${object.name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ${word.toLowerCase()} can only be recovered or purged.`;
  throw new VaultError(409, 'Conflict', message, { inner: 'ObjectIsDeletedButRecoverable' });
}

/** Reading, listing, deleting, recovering and purging. */
export function objectRoutes<V extends Version>(kind: ObjectKind<V>): VaultRoute[] {
  const { plural, word, read } = kind;
  const [permission, dataAction] = read;
  const path = (text: string): RegExp => new RegExp(`^${text}$`, 'iu');
  const listing = { permission: `${plural}/list`, dataAction: `${plural}/readMetadata/action` };
  const removal = { permission: `${plural}/delete`, dataAction: `${plural}/delete` };
  return [
    { method: 'GET', path: path(plural), ...listing, handle: (call) => listLive(kind, call) },
    { method: 'GET', path: path(`${plural}/${NAME}/versions`), ...listing, handle: (call) => listVersions(kind, call) },
    {
      method: 'GET',
      path: path(`${plural}/${NAME}(?:/${NAME})?`),
      permission,
      dataAction,
      handle: (call) => {
        const version = requireVersion(kind, call, call.names[1]);
        if (!version.attributes.enabled && word === 'Secret')
          throw new VaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', {
            inner: 'SecretDisabled',
          });
        return json(200, kind.show(call, requireObject(kind, call).name, version));
      },
    },
    { method: 'DELETE', path: path(`${plural}/${NAME}`), ...removal, handle: (call) => remove(kind, call) },
    { method: 'GET', path: path(`deleted${plural}`), ...listing, handle: (call) => listRemoved(kind, call) },
    {
      method: 'GET',
      path: path(`deleted${plural}/${NAME}`),
      ...listing,
      handle: (call) => json(200, showRemoved(kind, call, requireRemoved(kind, call))),
    },
    {
      method: 'POST',
      path: path(`deleted${plural}/${NAME}/recover`),
      permission: `${plural}/recover`,
      dataAction: `${plural}/recover/action`,
      handle: (call) => recover(kind, call),
    },
    {
      method: 'DELETE',
      path: path(`deleted${plural}/${NAME}`),
      permission: `${plural}/purge`,
      dataAction: `${plural}/purge/action`,
      handle: (call) => purge(kind, call),
    },
  ];
}

function listLive<V extends Version>(kind: ObjectKind<V>, call: VaultCall): Reply {
  const items = kind.store(call).list(false);
  const shown = items.map((item) => kind.listed(call, `${call.base}${kind.plural}/${item.name}`, latest(item)));
  return vaultPage(call, kind.plural, shown);
}

function listVersions<V extends Version>(kind: ObjectKind<V>, call: VaultCall): Reply {
  const { name, versions } = requireObject(kind, call);
  const path = `${kind.plural}/${name}`;
  const shown = versions.map((each) => kind.listed(call, `${call.base}${path}/${each.version}`, each));
  return vaultPage(call, `${path}/versions`, shown);
}

function listRemoved<V extends Version>(kind: ObjectKind<V>, call: VaultCall): Reply {
  const items = kind.store(call).list(true);
  const shown = items.map((item) => ({
    ...kind.listed(call, `${call.base}${kind.plural}/${item.name}`, latest(item)),
    ...deletionOf(call, kind.plural, item),
  }));
  return vaultPage(call, `deleted${kind.plural}`, shown);
}

function requireRemoved<V extends Version>(kind: ObjectKind<V>, call: VaultCall): VaultObject<V> {
  const name = requireObjectName(call.names[0] ?? '');
  const found = kind.store(call).get(name);
  if (found?.deleted) return found;
  throw missing(kind, name);
}

/** A deleted secret is returned without its value. */
function showRemoved<V extends Version>(kind: ObjectKind<V>, call: VaultCall, object: VaultObject<V>): JsonObject {
  const { value: _value, ...shown } = kind.show(call, object.name, latest(object));
  return { ...deletionOf(call, kind.plural, object), ...shown };
}

function remove<V extends Version>(kind: ObjectKind<V>, call: VaultCall): Reply {
  const removed = kind.store(call).remove(requireObject(kind, call));
  return json(200, showRemoved(kind, call, removed));
}

function recover<V extends Version>(kind: ObjectKind<V>, call: VaultCall): Reply {
  const { name, versions } = requireRemoved(kind, call);
  const object: VaultObject<V> = { name, versions };
  kind.store(call).put(object);
  const { value: _value, ...shown } = kind.show(call, name, latest(object));
  return json(200, shown);
}

function purge<V extends Version>(kind: ObjectKind<V>, call: VaultCall): Reply {
  const { name } = requireRemoved(kind, call);
  if (isPurgeProtected(call.vault))
    throw new VaultError(
      403,
      'Forbidden',
      'Operation "purge" is not allowed because purge protection is enabled for this vault.',
    );
  kind.store(call).purge(name);
  return empty(204);
}
