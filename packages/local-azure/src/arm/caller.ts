import { member, textAt, type Json } from '../engine/json.ts';
import type { LocalRequest } from '../http/request.ts';
import { gatewayError } from './arm-error.ts';

/** Who sent a request, as far as the token says. */
export interface Caller {
  readonly objectId: string;
  readonly name: string;
  readonly kind: 'User' | 'Application';
}

/** A requested access: an action such as `Microsoft.App/containerApps/write` at a scope. */
export interface Intent {
  readonly caller: Caller;
  /** Id of the resource, group or subscription. */
  readonly scope: string;
  readonly action: string;
  /** On the data plane, where dataActions count instead of actions. */
  readonly isData: boolean;
}

/** Any bearer token is accepted; claims are read where it happens to be a JWT. 401 without one. */
export function authenticate(request: LocalRequest, tenantId: string): Caller {
  const token = /^bearer\s+(?<token>\S+)$/iu.exec(request.headers['authorization'] ?? '')?.groups?.['token'];
  if (token === undefined) throw unauthenticated(request, tenantId);
  const claims = claimsOf(token);
  const objectId = textAt(claims, 'oid') ?? '00000000-0000-4000-a000-0000000000ff';
  const person = textAt(claims, 'upn') ?? textAt(claims, 'unique_name');
  return {
    objectId,
    name: person ?? textAt(claims, 'appid') ?? objectId,
    kind: person === undefined ? 'Application' : 'User',
  };
}

function unauthenticated(request: LocalRequest, tenantId: string): Error {
  const description = "Authentication failed. The 'Authorization' header is missing or invalid.";
  const challenge = `Bearer authorization_uri="${request.origin}/${tenantId}", error="invalid_token", error_description="${description}"`;
  return gatewayError(401, 'AuthenticationFailed', description, { 'www-authenticate': challenge });
}

function claimsOf(token: string): Json | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Json;
    return member(claims, 'oid') === undefined && member(claims, 'appid') === undefined ? undefined : claims;
  } catch {
    return undefined;
  }
}
