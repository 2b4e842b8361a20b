import { ArmError } from '../arm/arm-error.ts';
import { authenticate, type Caller } from '../arm/caller.ts';
import type { Engine } from '../arm/contract.ts';
import type { Directives } from '../engine/faults.ts';
import { sameText } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { accountDomain } from '../providers/cognitive-services/accounts.ts';
import { projects } from '../providers/cognitive-services/projects.ts';
import { ACCOUNT_TYPE } from '../providers/cognitive-services/shared.ts';
import type { Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { requireFeature } from './shared/body.ts';
import { FoundryError, foundryErrorReply, missing } from './shared/foundry-error.ts';
import { findRoute, type MatchedRoute, type Route } from './shared/route.ts';
import { ROUTES } from './routes.ts';
import { startDueRuns } from './schedules/trigger.ts';

/** True for paths of the data plane: `/foundry/{account}/…`. */
export function isFoundryPath({ segments }: LocalRequest): boolean {
  return segments[0] === 'foundry';
}

/** Answers `/foundry/{account}/api/projects/{project}/…`: token, project, route, api-version, preview header, in this order. */
export async function handleFoundry(
  present: Engine,
  request: LocalRequest,
  directives: Directives = {},
): Promise<Reply> {
  try {
    const engine = request.method === 'GET' ? engineAsOf(present, directives.stale ?? 0) : present;
    const caller = requireCaller(engine, request);
    const [, domain = '', api, plural, name = '', ...rest] = request.segments;
    if (api !== 'api' || plural !== 'projects') throw missing(`Resource '/${request.segments.join('/')}'`, 'NotFound');
    const account = findAccount(engine, domain);
    const project = account && findProject(engine, account, name);
    if (!project) throw missing(`Project '${name}' of account '${domain}'`, 'NotFound');
    const { route, names } = requireRoute(request, rest.join('/'));
    requireApiVersion(request, route);
    requireAllowed(engine, caller, project, request, rest[0] ?? '');
    const call = { engine, request, caller, account, project, names, features: featuresOf(request), directives };
    if (route.preview !== undefined) requireFeature(call, route.preview);
    await startDueRuns({ ...call, engine: present });
    return await route.handle(call);
  } catch (error) {
    if (error instanceof FoundryError) return foundryErrorReply(error);
    throw error;
  }
}

/** The engine as it was some writes ago, to read from. */
function engineAsOf(engine: Engine, versions: number): Engine {
  if (versions === 0) return engine;
  const { documents, resources } = engine;
  return {
    ...engine,
    documents: documents.asOf(versions),
    resources: { ...resources, ...resources.asOf(versions) },
  };
}

function requireCaller(engine: Engine, request: LocalRequest): Caller {
  try {
    return authenticate(request, engine.tenantId);
  } catch (error) {
    if (error instanceof ArmError)
      throw new FoundryError(401, 'unauthorized', 'Access denied: a bearer token is required');
    throw error;
  }
}

const VERBS: Readonly<Record<string, string>> = { GET: 'read', DELETE: 'delete' };

/** Roles count by their dataActions. */
function requireAllowed(
  engine: Engine,
  caller: Caller,
  project: StoredResource,
  request: LocalRequest,
  subject: string,
): void {
  const verb = VERBS[request.method] ?? 'write';
  const action = `Microsoft.CognitiveServices/accounts/AIServices/${subject.split(':')[0] ?? ''}/${verb}`;
  if (!engine.isAllowed || engine.isAllowed({ caller, scope: project.id, action, isData: true })) return;
  const message = `The principal '${caller.objectId}' lacks the required data action '${action}' to perform this operation.`;
  throw new FoundryError(403, 'PermissionDenied', message);
}

function findAccount(engine: Engine, domain: string): StoredResource | undefined {
  return engine.resources.list({ type: ACCOUNT_TYPE }).find((account) => sameText(accountDomain(account), domain));
}

function findProject(engine: Engine, account: StoredResource, name: string): StoredResource | undefined {
  return engine.resources
    .list({ type: projects.type, parent: account.id })
    .find((project) => sameText(project.name, name));
}

function requireRoute(request: LocalRequest, path: string): MatchedRoute {
  const found = findRoute(ROUTES, request.method, path);
  if ('route' in found) return found;
  if (found.wrongMethod) throw new FoundryError(405, 'method_not_allowed', `${request.method} is not supported here`);
  if (path.startsWith('openai/'))
    throw new FoundryError(501, 'not_imitated', `The embedded Azure does not imitate ${request.method} ${path}`);
  throw missing(`Resource '${path}'`, 'NotFound');
}

function requireApiVersion({ query }: LocalRequest, { withoutApiVersion }: Route): void {
  if (withoutApiVersion) return;
  const version = query.get('api-version');
  if (version === undefined || version === '') {
    throw new FoundryError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (version !== 'v1')
    throw new FoundryError(
      400,
      'UnsupportedApiVersionValue',
      `The api-version '${version}' is not supported. Use 'v1'.`,
    );
}

function featuresOf({ headers }: LocalRequest): ReadonlySet<string> {
  return new Set((headers['foundry-features'] ?? '').split(',').map((feature) => feature.trim()));
}
