import { createHmac, timingSafeEqual } from 'node:crypto';
import { authenticate, type Caller } from '../../../arm/caller.ts';
import { ArmError } from '../../../arm/arm-error.ts';
import type { Engine } from '../../../arm/contract.ts';
import { arrayAt, member, sameText, textAt, valueAt, type Json, type JsonObject } from '../../../engine/json.ts';
import { json, type Reply } from '../../../http/reply.ts';
import { hasAdmin, passwordsOf } from '../credentials.ts';
import { loginServer } from '../shared.ts';
import type { RegistryCall } from './call.ts';
import { RegistryError } from './registry-error.ts';

/** Minutes that tokens live: those of Azure are 75 for access and 180 for refresh. */
const LIFETIME = { access: 75, refresh: 180 } as const;

/** Who asks, as far as access to images goes. */
type Holder =
  | { readonly kind: 'admin' }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'entra'; readonly caller: Caller };

/** `POST /oauth2/exchange`: an Entra token for a refresh token of the registry. */
export function exchange(call: RegistryCall): Reply {
  const form = new URLSearchParams(call.request.body.toString('utf8'));
  const token = form.get('access_token') ?? '';
  if (!(form.get('grant_type') ?? '').startsWith('access_token') || token === '')
    throw new RegistryError(400, 'UNSUPPORTED', 'grant_type must be access_token, with an access_token.');
  const caller = callerOf(call, token);
  const claims = { objectId: caller.objectId, name: caller.name, kind: caller.kind };
  return json(200, { refresh_token: issue(call, 'refresh', claims) });
}

function callerOf({ engine, request }: RegistryCall, token: string): Caller {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  try {
    return authenticate({ ...request, headers }, engine.tenantId);
  } catch (error) {
    if (error instanceof ArmError) throw unauthorized('The access token is not valid.');
    throw error;
  }
}

/** `GET` or `POST /oauth2/token`: an access token for the scopes that the holder may use. */
export function grant(call: RegistryCall): Reply {
  const { request } = call;
  const form = request.method === 'POST' ? new URLSearchParams(request.body.toString('utf8')) : undefined;
  const holder = holderOf(call, form);
  const scopes = form
    ? form.getAll('scope')
    : request.query.entries().flatMap(([key, value]) => (key === 'scope' ? [value] : []));
  const access = scopes
    .flatMap((scope) => scope.split(' '))
    .filter((scope) => scope !== '')
    .map((scope) => allowed(call, holder, scope));
  return json(200, { access_token: issue(call, 'access', { access }) });
}

function holderOf(call: RegistryCall, form: URLSearchParams | undefined): Holder {
  const { registry, request } = call;
  const refresh = form?.get('refresh_token');
  if (refresh !== null && refresh !== undefined) {
    const claims = read(call, 'refresh', refresh);
    if (!claims) throw unauthorized('The refresh token is not valid.');
    const kind = textAt(claims, 'kind') === 'User' ? 'User' : 'Application';
    const caller = { objectId: textAt(claims, 'objectId') ?? '', name: textAt(claims, 'name') ?? '', kind } as const;
    return { kind: 'entra', caller };
  }
  const password = form?.get('grant_type') === 'password' ? [form.get('username'), form.get('password')] : undefined;
  if (password && isAdmin(call, password[0] ?? '', password[1] ?? '')) return { kind: 'admin' };
  if (hasBasicAdmin(call)) return { kind: 'admin' };
  const isOpen = valueAt(registry.writable, 'properties.anonymousPullEnabled') === true;
  if (isOpen && request.headers['authorization'] === undefined) return { kind: 'anonymous' };
  throw unauthorized('authentication required, visit https://aka.ms/acr/authorization for more information.');
}

/** True for `Basic` with the name of the registry and one of its passwords. */
function hasBasicAdmin(call: RegistryCall): boolean {
  const basic = /^basic\s+(?<value>\S+)$/iu.exec(call.request.headers['authorization'] ?? '')?.groups?.['value'];
  const [name = '', ...password] = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return basic !== undefined && isAdmin(call, name, password.join(':'));
}

function isAdmin({ engine, registry }: RegistryCall, name: string, password: string): boolean {
  return hasAdmin(registry) && sameText(name, registry.name) && passwordsOf(engine, registry).includes(password);
}

const ROLE_ACTIONS: Readonly<Record<string, string>> = {
  pull: 'pull/read',
  push: 'push/write',
  delete: 'artifacts/delete',
  metadata_read: 'metadata/read',
  '*': 'push/write',
};

/** `repository:team/app:pull,push` with what is left of its actions. */
function allowed({ engine, registry }: RegistryCall, holder: Holder, scope: string): JsonObject {
  const [type = '', ...rest] = scope.split(':');
  const wanted = (rest.at(-1) ?? '').split(',');
  const name = rest.slice(0, -1).join(':');
  const may = (action: string): boolean => {
    if (holder.kind === 'admin') return true;
    if (holder.kind === 'anonymous') return action === 'pull';
    const needed = `Microsoft.ContainerRegistry/registries/${ROLE_ACTIONS[action] ?? action}`;
    return engine.isAllowed?.({ caller: holder.caller, scope: registry.id, action: needed, isData: false }) ?? true;
  };
  return { type, name, actions: wanted.filter(may) };
}

/** Permissions of a request, by its bearer token or as the admin user. Throws 401 or 403. */
export function requireAccess(call: RegistryCall, type: string, name: string, action: string): void {
  if (hasBasicAdmin(call)) return;
  const token = /^bearer\s+(?<token>\S+)$/iu.exec(call.request.headers['authorization'] ?? '')?.groups?.['token'];
  const claims = token === undefined ? undefined : read(call, 'access', token);
  const scope = `${type}:${name}:${action}`;
  if (!claims) throw challenge(call, scope);
  const isGranted = arrayAt(claims, 'access').some((each) => grants(each, type, name, action));
  if (!isGranted) throw challenge(call, scope, 'insufficient_scope');
}

function grants(each: Json, type: string, name: string, action: string): boolean {
  const actions = arrayAt(each, 'actions');
  return (
    textAt(each, 'type') === type &&
    textAt(each, 'name') === name &&
    (actions.includes(action) || actions.includes('*'))
  );
}

/** Any token of this registry, or the admin user. */
export function requireLogin(call: RegistryCall): void {
  const token = /^bearer\s+(?<token>\S+)$/iu.exec(call.request.headers['authorization'] ?? '')?.groups?.['token'];
  if (hasBasicAdmin(call) || (token !== undefined && read(call, 'access', token))) return;
  throw challenge(call, undefined);
}

function challenge(call: RegistryCall, scope: string | undefined, error?: string): RegistryError {
  const { request, prefix, registry } = call;
  const parts = [
    `realm="${request.origin}${prefix}/oauth2/token"`,
    `service="${loginServer(registry)}"`,
    ...(scope === undefined ? [] : [`scope="${scope}"`]),
    ...(error === undefined ? [] : [`error="${error}"`]),
  ];
  return unauthorized('authentication required, visit https://aka.ms/acr/authorization for more information.', {
    'www-authenticate': `Bearer ${parts.join(',')}`,
  });
}

function unauthorized(message: string, headers: Readonly<Record<string, string>> = {}): RegistryError {
  return new RegistryError(401, 'UNAUTHORIZED', message, headers);
}

/** A JWT that only this server understands. Times are those of its clock. */
function issue({ engine, registry }: RegistryCall, kind: 'access' | 'refresh', claims: JsonObject): string {
  const now = Math.floor(engine.clock.now() / 1000);
  const payload = {
    ...claims,
    grant_type: `${kind}_token`,
    aud: loginServer(registry),
    iss: 'Azure Container Registry',
    iat: now,
    exp: now + LIFETIME[kind] * 60,
  };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${text}.${seal(engine, text)}`;
}

/** The claims of a token of this registry and kind that is still good. */
function read({ engine, registry }: RegistryCall, kind: 'access' | 'refresh', token: string): Json | undefined {
  const [head = '', payload = '', sent = ''] = token.split('.');
  const [given, wanted] = [Buffer.from(sent), Buffer.from(seal(engine, `${head}.${payload}`))];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Json;
  const isGood =
    member(claims, 'grant_type') === `${kind}_token` &&
    member(claims, 'aud') === loginServer(registry) &&
    Number(member(claims, 'exp')) > engine.clock.now() / 1000;
  return isGood ? claims : undefined;
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function seal({ ids }: Engine, text: string): string {
  return createHmac('sha256', ids.guidOf('registry-tokens')).update(text).digest('base64url');
}
