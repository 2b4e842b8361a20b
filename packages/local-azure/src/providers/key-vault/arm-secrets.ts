import { ArmError } from '../../arm/arm-error.ts';
import { parseBody } from '../../arm/body.ts';
import { notFound, requireParent } from '../../arm/existence.ts';
import { requireName, requireValid } from '../../arm/refusals.ts';
import { shapeOf } from '../../arm/registry.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { defined, isObject, mergePatch, objectAt, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import { normalise } from '../../shape/normalise.ts';
import { latest, secretsOf, withVersion, type SecretVersion, type VaultObject } from './objects.ts';
import { KEY_VAULT_VERSIONS, vaultUri } from './shared.ts';

/** Microsoft.KeyVault/vaults/secrets: writes a vault's secrets through ARM, which never returns their values. */
export const armSecrets: ResourceType = {
  type: 'Microsoft.KeyVault/vaults/secrets',
  apiVersions: KEY_VAULT_VERSIONS,
  placement: 'child',
  body: {
    tags: { '*': 'string' },
    location: 'readonly',
    'properties!': {
      value: 'string',
      contentType: 'string',
      attributes: {
        enabled: 'boolean',
        nbf: 'integer',
        exp: 'integer',
        created: 'readonly',
        updated: 'readonly',
      },
      secretUri: 'readonly',
      secretUriWithVersion: 'readonly',
    },
  },
  codes: { invalid: 'BadRequest' },
  names: {
    pattern: /^[a-zA-Z0-9-]{1,127}$/u,
    code: 'BadRequest',
    message: "The secret name '{name}' is invalid: up to 127 letters, digits and hyphens.",
  },
  handlers: {
    GET: (call) => json(200, describe(call, vaultOf(call), requireSecret(call))),
    LIST: (call) => {
      const vault = vaultOf(call);
      const secrets = secretsOf(call.engine, vault).list(false);
      return json(200, { value: secrets.map((secret) => describe(call, vault, secret)) });
    },
    PUT: (call) => write(call, parseBody(call)),
    PATCH: (call) => {
      const patch = parseBody(call);
      const before = latest(requireSecret(call));
      const merged = mergePatch(bodyOf(before), patch);
      const isNew = textAt(patch, 'properties.value') !== undefined;
      return write(call, isObject(merged) ? merged : {}, isNew ? undefined : before);
    },
  },
};

function vaultOf(call: Call): StoredResource {
  requireParent(call);
  const found = call.engine.resources.get(call.target.parent);
  if (found) return found;
  throw notFound(call.target, call.type);
}

function requireSecret(call: Call): VaultObject<SecretVersion> {
  const found = secretsOf(call.engine, vaultOf(call)).get(call.target.names.at(-1) ?? '');
  if (found && !found.deleted) return found;
  throw notFound(call.target, call.type);
}

/** Makes another version, unless one is given to be changed. */
function write(call: Call, sent: JsonObject, changed?: SecretVersion): Reply {
  const { engine, type, target } = call;
  requireName(call);
  const { value: body, problems } = normalise(shapeOf(call), sent);
  requireValid(type, problems);
  const vault = vaultOf(call);
  const store = secretsOf(engine, vault);
  const name = target.names.at(-1) ?? '';
  const existing = store.get(name);
  if (existing?.deleted) throw new ArmError(409, 'Conflict', `The secret '${name}' is deleted but recoverable.`);
  const secret = withVersion(existing, name, versionOf(call, body, changed));
  store.put(secret);
  return json(existing ? 200 : 201, describe(call, vault, secret));
}

function versionOf({ engine }: Call, body: JsonObject, changed: SecretVersion | undefined): SecretVersion {
  const now = Math.floor(engine.clock.now() / 1000);
  const { enabled = true, ...dates } = objectAt(body, 'properties.attributes');
  const contentType = textAt(body, 'properties.contentType');
  return {
    version: changed?.version ?? engine.ids.hex(32),
    value: textAt(body, 'properties.value') ?? changed?.value ?? '',
    ...(contentType === undefined ? {} : { contentType }),
    tags: objectAt(body, 'tags') as Record<string, string>,
    attributes: {
      ...(dates as { nbf?: number; exp?: number }),
      enabled: enabled === true,
      created: changed?.attributes.created ?? now,
      updated: now,
    },
  };
}

function bodyOf({ contentType, attributes, tags }: SecretVersion): JsonObject {
  const { enabled, nbf, exp } = attributes;
  return { tags: { ...tags }, properties: defined({ contentType, attributes: defined({ enabled, nbf, exp }) }) };
}

function describe({ request, type }: Call, vault: StoredResource, secret: VaultObject<SecretVersion>): JsonObject {
  const { version, contentType, attributes, tags } = latest(secret);
  const secretUri = `${vaultUri(request.origin, vault)}secrets/${secret.name}`;
  return {
    id: `${vault.id}/secrets/${secret.name}`,
    name: secret.name,
    type: type.type,
    location: valueAt(vault.writable, 'location') ?? '',
    tags: { ...tags },
    properties: defined({
      contentType,
      attributes: { ...attributes },
      secretUri,
      secretUriWithVersion: `${secretUri}/${version}`,
    }),
  };
}
