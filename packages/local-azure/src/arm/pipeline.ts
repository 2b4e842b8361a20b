import type { Call, Engine, Handler, RegisteredType, ResourceType, Verb } from './contract.ts';
import type { Directives } from '../engine/faults.ts';
import { sameText } from '../engine/json.ts';
import type { Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { ArmError, errorReply, gatewayError, type ErrorDialect } from './arm-error.ts';
import { requireAuthorised } from './authorise.ts';
import { authenticate, type Caller } from './caller.ts';
import {
  requireApiVersion,
  requireGroup,
  requireGroupAlive,
  requireRegistered,
  requireSubscription,
  requireType,
  requireUnlocked,
} from './checks.ts';
import { deleteResource } from './delete.ts';
import { answerPoll } from './operations.ts';
import { parsePath, type Target } from './path.ts';
import { namespaceAction } from './namespace-actions.ts';
import { getResource, headResource, listResources } from './read.ts';
import { patchResource, putResource } from './write.ts';

/** Answers a request to the control plane. The checks come in ARM's own order; the first that fails is the answer. */
export function handleArm(engine: Engine, request: LocalRequest, directives: Directives): Reply {
  let dialect: ErrorDialect = 'error';
  try {
    const caller = authenticate(request, engine.tenantId);
    const target = parsePath(request.segments, request.method);
    const apiVersion = requireApiVersion(request);
    const polled = answerPoll(engine, request);
    if (polled) return polled;
    const action = namespaceAction({ engine, request, target, caller, apiVersion, directives });
    if (action) return action;
    const registered = requireType(engine, target, apiVersion);
    dialect = registered.definition.dialect ?? 'error';
    return engine.database.transaction(() =>
      answer({ engine, request, directives, caller, target, apiVersion, registered }),
    );
  } catch (error) {
    if (error instanceof ArmError) return errorReply(error, dialect);
    throw error;
  }
}

interface Checked {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly directives: Directives;
  readonly caller: Caller;
  readonly target: Target;
  readonly apiVersion: string;
  readonly registered: RegisteredType;
}

function answer({ registered, ...rest }: Checked): Reply {
  const { engine, request, target, directives } = rest;
  const type = registered.definition;
  requireSubscription(engine, target);
  requireGroup(engine, target);
  requireRegistered(engine, target, registered);
  requireAuthorised(engine, rest.caller, target, request.method, type);
  requireUnlocked(engine, target, request.method, type);
  if (request.method === 'PUT' || request.method === 'PATCH') requireGroupAlive(engine, target);
  const reader = directives.stale === undefined ? engine.resources : engine.resources.asOf(directives.stale);
  const call: Call = { ...rest, type, reader };
  return withSupportedVersions(handlerFor(call)(call), type);
}

function withSupportedVersions(reply: Reply, { reportsApiVersions, apiVersions }: ResourceType): Reply {
  if (!reportsApiVersions) return reply;
  return { ...reply, headers: { ...reply.headers, 'api-supported-versions': apiVersions.join(', ') } };
}

const GENERIC: Readonly<Record<Verb, Handler>> = {
  GET: getResource,
  HEAD: headResource,
  LIST: listResources,
  PUT: putResource,
  PATCH: patchResource,
  DELETE: deleteResource,
};

function handlerFor({ target, type, request }: Call): Handler {
  if (target.kind === 'action') return actionOf(target, type.actions ?? {});
  if (request.method === 'POST' && type.handlers?.POST) return type.handlers.POST;
  const verb = target.kind === 'collection' ? (request.method === 'GET' ? 'LIST' : undefined) : asVerb(request.method);
  const own = verb && type.handlers?.[verb];
  if (own) return own;
  const allowed = type.placement !== 'none' && verb !== undefined && isAllowed(verb, type.statuses ?? {});
  if (!allowed || verb === undefined) throw notAllowed(request.method);
  return GENERIC[verb];
}

function asVerb(method: string): Verb | undefined {
  return Object.hasOwn(GENERIC, method) && method !== 'LIST' ? (method as Verb) : undefined;
}

function isAllowed(verb: Verb, statuses: Call['type']['statuses'] & object): boolean {
  if (verb === 'PATCH') return statuses.patch !== undefined;
  if (verb === 'DELETE') return statuses.delete !== undefined;
  return verb === 'PUT' ? statuses.create !== undefined : true;
}

function actionOf(target: Target, actions: Readonly<Record<string, Handler>>): Handler {
  const found = Object.entries(actions).find(([name]) => sameText(name, target.action));
  if (found) return found[1];
  throw gatewayError(
    404,
    'InvalidResourceType',
    `The resource action '${target.action}' could not be found for type '${target.type}'.`,
  );
}

function notAllowed(method: string): ArmError {
  return gatewayError(405, 'HttpMethodNotAllowed', `The HTTP method '${method}' is not supported at this URL.`);
}
