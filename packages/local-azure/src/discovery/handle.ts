import type { Engine } from '../arm/contract.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { issuerOf } from './access-token.ts';
import { cloudMetadata } from './cloud-metadata.ts';
import { EntraError, entraErrorReply } from './entra-error.ts';
import { answerGraph } from './graph.ts';
import { appServiceToken, instanceToken } from './managed-identity.ts';
import { instanceDiscovery, openIdConfiguration, requireTenant, userRealm } from './open-id.ts';
import { publicKey } from './signing-key.ts';
import { answerToken } from './token-endpoint.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'any';
  readonly path: RegExp;
  /** `names` are the groups of the path. */
  readonly handle: (engine: Engine, request: LocalRequest, names: readonly string[]) => Reply;
  /** Answers hold tokens, or requests hold secrets. */
  readonly confidential?: boolean;
}

/** The tenant comes first, if it is there; authorities that end in `/adfs` may repeat it. */
const TENANT = '(?<tenant>[^/]+)(?:/adfs)?';

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/metadata\/endpoints$/iu, handle: (_engine, request) => cloudMetadata(request) },
  { method: 'GET', path: /^\/metadata\/identity\/oauth2\/token$/iu, handle: instanceToken, confidential: true },
  { method: 'any', path: /^\/msi\/token$/iu, handle: appServiceToken, confidential: true },
  {
    method: 'GET',
    path: /^\/[^/]+\/discovery\/instance$/iu,
    handle: (engine, request) => json(200, instanceDiscovery(engine, request)),
  },
  {
    method: 'GET',
    path: /^\/common\/userrealm\/([^/]+)$/iu,
    handle: (_e, _r, [user = '']) => json(200, userRealm(user)),
  },
  { method: 'any', path: /^\/v1\.0\//iu, handle: answerGraph },
  tenantRoute('GET', String.raw`\.well-known/openid-configuration`, (engine, request, [tenant = '']) =>
    json(200, openIdConfiguration(engine, request, tenant, 1)),
  ),
  tenantRoute('GET', String.raw`v2\.0/\.well-known/openid-configuration`, (engine, request, [tenant = '']) =>
    json(200, openIdConfiguration(engine, request, tenant, 2)),
  ),
  tenantRoute('GET', String.raw`discovery/(?:v2\.0/)?keys`, (engine, { origin }) =>
    json(200, { keys: [publicKey(engine, `${issuerOf(engine, origin)}v2.0`)] }),
  ),
  tenantRoute('POST', 'oauth2/token', (engine, request) => answerToken(engine, 1, request), true),
  tenantRoute('POST', String.raw`oauth2/v2\.0/token`, (engine, request) => answerToken(engine, 2, request), true),
];

function tenantRoute(method: Route['method'], path: string, handle: Route['handle'], confidential = false): Route {
  return {
    method,
    path: new RegExp(`^/${TENANT}/${path}$`, 'iu'),
    handle: (engine, request, names) => {
      requireTenant(engine, names[0] ?? '');
      return handle(engine, request, names);
    },
    confidential,
  };
}

/** The requests of a client before it can talk to Azure: endpoints and tokens. No bearer token is needed. */
export interface Discovery {
  answer(engine: Engine): Reply;
  /** The bodies hold secrets and are not to be logged. */
  readonly confidential: boolean;
}

/** Undefined when the path is none of discovery. */
export function findDiscovery(request: LocalRequest): Discovery | undefined {
  if (request.segments[0] === 'subscriptions') return undefined;
  const path = `/${request.segments.join('/')}`;
  for (const route of ROUTES) {
    const found = route.path.exec(path);
    if (found)
      return {
        answer: (engine) => answer(engine, request, route, found.slice(1)),
        confidential: route.confidential ?? false,
      };
  }
  return undefined;
}

function answer(engine: Engine, request: LocalRequest, route: Route, names: readonly string[]): Reply {
  if (route.method !== 'any' && route.method !== request.method)
    return json(405, { error: 'invalid_request', error_description: `${request.method} is not supported here` });
  try {
    return engine.database.transaction(() => route.handle(engine, request, names));
  } catch (error) {
    if (error instanceof EntraError) return entraErrorReply(engine, error);
    throw error;
  }
}
