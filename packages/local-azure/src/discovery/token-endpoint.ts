import { collectionOf } from '../engine/documents.ts';
import type { Engine } from '../arm/contract.ts';
import { defined, type JsonObject } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { issueToken, type Principal } from './access-token.ts';
import { EntraError } from './entra-error.ts';
import { acceptAssertion, applicationPrincipal, userPrincipal } from './principals.ts';
import { signToken } from './signing-key.ts';

/** Version 1 asks for a `resource` and writes numbers as texts; version 2 asks for scopes. */
export type EndpointVersion = 1 | 2;

interface TokenCall {
  readonly engine: Engine;
  readonly version: EndpointVersion;
  readonly form: URLSearchParams;
  readonly origin: string;
}

interface Granted {
  readonly principal: Principal;
  readonly refreshToken?: string;
}

/**
 * `POST /{tenant}/oauth2/token` and `/{tenant}/oauth2/v2.0/token`. Secrets are not checked, they only have to be there: this
 * server knows no applications. Throws an EntraError.
 */
export function answerToken(engine: Engine, version: EndpointVersion, request: LocalRequest): Reply {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const call: TokenCall = { engine, version, form, origin: request.origin };
  const grantType = required(form, 'grant_type');
  const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  if (!grant) {
    const message = `The app requested an unsupported grant type '${grantType}'.`;
    throw new EntraError(400, 'unsupported_grant_type', 70_003, message);
  }
  const clientId = required(form, 'client_id');
  const audience = audienceOf(call);
  return json(200, tokenBody(call, grant(call, clientId), audience), {
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
  });
}

type Grant = (call: TokenCall, clientId: string) => Granted;

const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: ({ engine, form }, clientId) => {
    const assertion = given(form, 'client_assertion');
    if (assertion !== undefined) {
      acceptAssertion(engine, clientId, assertion);
      return { principal: applicationPrincipal(engine, clientId, '2') };
    }
    if (given(form, 'client_secret') !== undefined) return { principal: applicationPrincipal(engine, clientId, '1') };
    const message =
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.";
    throw new EntraError(400, 'invalid_request', 7_000_216, message);
  },
  password: ({ engine, form }, clientId) => {
    required(form, 'password');
    return withRefreshToken(engine, userPrincipal(engine, required(form, 'username'), clientId));
  },
  refresh_token: ({ engine, form }) => {
    const found = refreshTokens.get(engine.documents, required(form, 'refresh_token'));
    if (found) return withRefreshToken(engine, found);
    throw new EntraError(400, 'invalid_grant', 9_002_313, 'Invalid request. Request is malformed or invalid.');
  },
};

const refreshTokens = collectionOf<Principal>('refresh-tokens');

function withRefreshToken(engine: Engine, principal: Principal): Granted {
  const refreshToken = `0.${engine.ids.hex(60)}`;
  refreshTokens.put(engine.documents, refreshToken, principal);
  return { principal, refreshToken };
}

function tokenBody(call: TokenCall, { principal, refreshToken }: Granted, audience: string): JsonObject {
  const { engine, version, form, origin } = call;
  const token = issueToken(engine, principal, audience, origin);
  const wantsClientInfo = form.get('client_info') === '1' && principal.userName !== undefined;
  const seconds = version === 1 ? String(token.lifetime) : token.lifetime;
  return defined({
    token_type: 'Bearer',
    scope: principal.userName === undefined ? undefined : `${audience}/user_impersonation`,
    expires_in: seconds,
    ext_expires_in: seconds,
    ...(version === 1
      ? { expires_on: String(token.expiresOn), not_before: String(token.notBefore), resource: audience }
      : {}),
    access_token: token.text,
    refresh_token: refreshToken,
    id_token: principal.userName === undefined ? undefined : idToken(call, principal, token.expiresOn),
    client_info: wantsClientInfo ? clientInfo(engine, principal) : undefined,
  });
}

function idToken({ engine, origin }: TokenCall, principal: Principal, expires: number): string {
  const { clientId, objectId, userName = '' } = principal;
  return signToken(engine, {
    aud: clientId,
    iss: `${origin}/${engine.tenantId}/v2.0`,
    iat: expires - 3899,
    nbf: expires - 3899,
    exp: expires,
    name: userName,
    oid: objectId,
    preferred_username: userName,
    sub: objectId,
    tid: engine.tenantId,
    ver: '2.0',
  });
}

function clientInfo({ tenantId }: Engine, { objectId }: Principal): string {
  return Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString('base64url');
}

/** Audience of the token: `resource`, or the scope that ends in `/.default` or names a permission. */
function audienceOf({ version, form }: TokenCall): string {
  if (version === 1) return required(form, 'resource');
  const scopes = required(form, 'scope').split(' ');
  const wanted = scopes.find((scope) => !OPEN_ID_SCOPES.has(scope));
  if (wanted === undefined) return 'https://graph.microsoft.com';
  const isDefault = wanted.endsWith('/.default');
  if (form.get('grant_type') === 'client_credentials' && !isDefault) {
    const message = `The provided value for scope ${scopes.join(' ')} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`;
    throw new EntraError(400, 'invalid_scope', 1_002_012, message);
  }
  return wanted.slice(0, wanted.lastIndexOf('/'));
}

const OPEN_ID_SCOPES = new Set(['openid', 'profile', 'offline_access', 'email', '']);

function given(form: URLSearchParams, name: string): string | undefined {
  const value = form.get(name);
  return value === null || value === '' ? undefined : value;
}

function required(form: URLSearchParams, name: string): string {
  const value = given(form, name);
  if (value !== undefined) return value;
  const message = `The request body must contain the following parameter: '${name}'.`;
  throw new EntraError(400, 'invalid_request', 900_144, message);
}
