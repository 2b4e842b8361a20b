import { ArmError } from '../../../arm/arm-error.ts';
import { authenticate, type Caller } from '../../../arm/caller.ts';
import type { Engine } from '../../../arm/contract.ts';
import { arrayAt, sameText, textAt, valueAt } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import type { DataPlane } from '../../../arm/data-plane.ts';
import type { Reply } from '../../../http/reply.ts';
import type { LocalRequest } from '../../../http/request.ts';
import { findVault, vaultUri } from '../shared.ts';
import type { VaultRoute } from './call.ts';
import { keyRoutes } from './keys.ts';
import { secretRoutes } from './secrets.ts';
import { badParameter, VaultError, vaultErrorReply } from './vault-error.ts';

const HOST = /^(?<vault>[a-z0-9-]+)\.vault\.azure\.net(?::\d+)?$/iu;
const ROUTES: readonly VaultRoute[] = [...secretRoutes, ...keyRoutes];

/** A vault's own API: below `/keyvault/{vault}/`, or anywhere when the request is for the host `{vault}.vault.azure.net`. */
export const keyVaultPlane: DataPlane = {
  matches: (request) => request.segments[0] === 'keyvault' || HOST.test(request.headers['host'] ?? ''),
  answer: (engine, request) => {
    try {
      return engine.database.transaction(() => answer(engine, request));
    } catch (error) {
      if (error instanceof VaultError) return vaultErrorReply(error);
      throw error;
    }
  },
  confidential: true,
};

/** Checks token, vault, api-version, route and access, in this order. */
function answer(engine: Engine, request: LocalRequest): Reply {
  const ownHost = HOST.exec(request.headers['host'] ?? '')?.groups?.['vault'];
  const name = ownHost ?? request.segments[1] ?? '';
  const vault = findVault(engine, name);
  const caller = requireCaller(engine, request, vault);
  if (!vault) throw new VaultError(404, 'NotFound', `The vault '${name}' does not exist.`);
  const version = request.query.get('api-version') ?? '';
  if (version === '') throw badParameter('api-version must be specified');
  const path = request.segments.slice(ownHost === undefined ? 2 : 0).join('/');
  const { route, names } = requireRoute(request.method, path);
  requireAccess(engine, caller, vault, route);
  const base = ownHost === undefined ? vaultUri(request.origin, vault) : `${request.origin}/`;
  return route.handle({ engine, request, vault, base, names });
}

/** 401 with the challenge that clients learn tenant and audience from. */
function requireCaller(engine: Engine, request: LocalRequest, vault: StoredResource | undefined): Caller {
  try {
    return authenticate(request, engine.tenantId);
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    const tenant = textAt(vault?.writable, 'properties.tenantId') ?? engine.tenantId;
    const challenge = `Bearer authorization="${request.origin}/${tenant}", resource="https://vault.azure.net"`;
    throw new VaultError(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.', {
      headers: { 'www-authenticate': challenge },
    });
  }
}

function requireRoute(method: string, path: string): { readonly route: VaultRoute; readonly names: readonly string[] } {
  for (const route of ROUTES) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found) return { route, names: found.slice(1).filter((name): name is string => name !== undefined) };
  }
  throw new VaultError(501, 'NotImplemented', `The embedded Azure does not imitate ${method} of '${path}' in a vault.`);
}

/** Azure's roles or the access policies, whichever the vault uses, where access control is on. */
function requireAccess(engine: Engine, caller: Caller, vault: StoredResource, route: VaultRoute): void {
  if (!engine.isAllowed) return;
  const usesRoles = valueAt(vault.writable, 'properties.enableRbacAuthorization') === true;
  const action = `Microsoft.KeyVault/vaults/${route.dataAction}`;
  const isAllowed = usesRoles
    ? engine.isAllowed({ caller, scope: vault.id, action, isData: true })
    : policyAllows(vault, caller, route.permission);
  if (isAllowed) return;
  const message = `Caller is not authorized to perform action on resource.\r\nAction: '${action}'\r\nResource: '${vault.id.toLowerCase()}'`;
  throw new VaultError(403, 'Forbidden', message, { inner: usesRoles ? 'ForbiddenByRbac' : 'AccessDenied' });
}

function policyAllows(vault: StoredResource, caller: Caller, permission: string): boolean {
  const [kind = '', verb = ''] = permission.split('/');
  return arrayAt(vault.writable, 'properties.accessPolicies')
    .filter((policy) => sameText(textAt(policy, 'objectId') ?? '', caller.objectId))
    .flatMap((policy) => arrayAt(policy, `permissions.${kind}`))
    .some((each) => typeof each === 'string' && (sameText(each, verb) || sameText(each, 'all')));
}
