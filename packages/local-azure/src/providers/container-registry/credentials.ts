import { createHash } from 'node:crypto';
import { ArmError } from '../../arm/arm-error.ts';
import { optionalBody } from '../../arm/body.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, Engine, Handler } from '../../arm/contract.ts';
import { collectionOf } from '../../engine/documents.ts';
import { textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';

/** How often each password of an admin user was regenerated. */
interface Renewals {
  readonly [password: string]: number;
}

const renewals = collectionOf<Renewals>('registry-passwords');
const PASSWORDS = ['password', 'password2'] as const;

/** POST actions about the admin user. Refused while the registry has none. */
export const credentialActions: Readonly<Record<string, Handler>> = {
  listCredentials: (call) => describe(call, requireAdmin(call)),
  regenerateCredential: (call) => {
    const registry = requireAdmin(call);
    const wanted = textAt(optionalBody(call), 'name')?.toLowerCase() ?? '';
    const name = PASSWORDS.find((each) => each === wanted);
    if (name === undefined)
      throw new ArmError(400, 'InvalidPasswordName', "The name must be 'password' or 'password2'.", { target: 'name' });
    const before = renewals.get(call.engine.documents, keyOf(registry)) ?? {};
    renewals.put(call.engine.documents, keyOf(registry), { ...before, [name]: (before[name] ?? 0) + 1 });
    return describe(call, registry);
  },
};

function keyOf({ id, created }: StoredResource): string {
  return `${id}|${created.at}`;
}

export function hasAdmin({ writable }: StoredResource): boolean {
  return valueAt(writable, 'properties.adminUserEnabled') === true;
}

function requireAdmin(call: Call): StoredResource {
  const registry = requireResource(call);
  if (hasAdmin(registry)) return registry;
  const message = `Cannot perform credential operations for ${registry.id} as admin user is disabled. Kindly enable admin user as per docs: https://docs.microsoft.com/en-us/azure/container-registry/container-registry-authentication#admin-account`;
  throw new ArmError(400, 'UnAuthorizedForCredentialOperations', message);
}

/** The passwords of the admin user, who is named as the registry is. */
export function passwordsOf(engine: Engine, registry: StoredResource): string[] {
  const renewed = renewals.get(engine.documents, keyOf(registry)) ?? {};
  return PASSWORDS.map((name) =>
    createHash('sha512')
      .update(`${keyOf(registry).toLowerCase()}|${name}|${renewed[name] ?? 0}`)
      .digest('base64url')
      .replaceAll(/[-_]/gu, '+')
      .slice(0, 52),
  );
}

function describe({ engine }: Call, registry: StoredResource): Reply {
  const passwords = passwordsOf(engine, registry).map((value, index): JsonObject => ({
    name: PASSWORDS[index] ?? '',
    value,
  }));
  return json(200, { username: registry.name, passwords });
}
