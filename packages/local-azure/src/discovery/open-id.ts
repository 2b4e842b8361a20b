import type { Engine } from '../arm/contract.ts';
import { sameText, type JsonObject } from '../engine/json.ts';
import type { LocalRequest } from '../http/request.ts';
import { issuerOf } from './access-token.ts';
import { EntraError } from './entra-error.ts';
import type { EndpointVersion } from './token-endpoint.ts';

/** The tenant that is named by id, by domain, or not at all. Others do not exist. */
export function requireTenant({ tenantId }: Engine, name: string): void {
  if ([tenantId, 'local.onmicrosoft.com', ...ANY_TENANT].some((known) => sameText(known, name))) return;
  const message = `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
  throw new EntraError(400, 'invalid_tenant', 90_002, message);
}

const ANY_TENANT = ['common', 'organizations', 'adfs'];

/**
 * OpenID Connect discovery. Clients with the authority `{host}/adfs` ask for it below `/adfs`, or below
 * `/adfs/adfs`, and then want endpoints without a tenant.
 */
export function openIdConfiguration(
  engine: Engine,
  { origin }: LocalRequest,
  tenant: string,
  version: EndpointVersion,
): JsonObject {
  const adfs = sameText(tenant, 'adfs');
  const base = adfs ? `${origin}/adfs` : `${origin}/${engine.tenantId}`;
  const oauth = version === 2 || adfs ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  return {
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery${version === 2 ? '/v2.0' : ''}/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerFor(engine, origin, tenant, version),
    request_uri_parameter_supported: false,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'name', 'oid', 'tid', 'ver', 'preferred_username'],
    tenant_region_scope: 'EU',
    cloud_instance_name: new URL(origin).host,
    cloud_graph_host_name: new URL(origin).host,
    msgraph_host: new URL(origin).host,
  };
}

function issuerFor(engine: Engine, origin: string, tenant: string, version: EndpointVersion): string {
  if (sameText(tenant, 'adfs')) return `${origin}/adfs`;
  return version === 2 ? `${issuerOf(engine, origin)}v2.0` : issuerOf(engine, origin);
}

/** `GET /common/discovery/instance`: which hosts are one authority. This host is its own authority. */
export function instanceDiscovery(engine: Engine, { origin }: LocalRequest): JsonObject {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${engine.tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

/** `GET /common/userrealm/{user}`: every user has a password here; sign-in is never federated. */
export function userRealm(user: string): JsonObject {
  return {
    ver: '1.0',
    account_type: 'Managed',
    domain_name: user.split('@')[1] ?? 'local.onmicrosoft.com',
    cloud_instance_name: 'microsoftonline.com',
    cloud_audience_urn: 'urn:federation:MicrosoftOnline',
  };
}
