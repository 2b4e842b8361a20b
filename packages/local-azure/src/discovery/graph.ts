import { authenticate, type Caller } from '../arm/caller.ts';
import { ArmError } from '../arm/arm-error.ts';
import type { Engine } from '../arm/contract.ts';
import { arrayAt, defined, textAt, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { json, type Reply } from '../http/reply.ts';
import { jsonBody, type LocalRequest } from '../http/request.ts';
import { IDENTITY_TYPE } from './principals.ts';

/**
 * The few questions that az asks Microsoft Graph (v1.0) when it assigns roles: who a principal is. Only managed identities of
 * this server and the caller are known; whatever else Graph has is answered by 501.
 */
export function answerGraph(engine: Engine, request: LocalRequest): Reply {
  const [, collection = '', id] = request.segments;
  const key = [request.method, collection.toLowerCase(), id === undefined ? '' : '/'].join(' ').trimEnd();
  try {
    const caller = authenticate(request, engine.tenantId);
    if (key === 'GET me') return showCaller(caller);
    if (key === 'POST directoryobjects /' && id?.toLowerCase() === 'getbyids') return getByIds(engine, request);
    if (key === 'GET serviceprincipals') return json(200, listOf(request, matching(engine, request, caller)));
    if (key === 'GET users' || key === 'GET groups') return json(200, listOf(request, []));
    if (key === 'GET serviceprincipals /' || key === 'GET directoryobjects /') return getOne(engine, id ?? '');
  } catch (error) {
    if (error instanceof ArmError) return refusal(401, 'InvalidAuthenticationToken', 'Access token is empty.');
    throw error;
  }
  const asked = `${request.method} /${request.segments.join('/')}`;
  return refusal(501, 'NotImplemented', `The embedded Azure does not imitate this part of Microsoft Graph: ${asked}`);
}

function listOf({ origin, segments }: LocalRequest, value: readonly JsonObject[]): JsonObject {
  const kind = segments[1] ?? '';
  return { '@odata.context': `${origin}/v1.0/$metadata#${kind}`, value };
}

function getByIds(engine: Engine, request: LocalRequest): Reply {
  const wanted = arrayAt(jsonBody(request), 'ids');
  const found = servicePrincipals(engine).filter((principal) => wanted.includes(principal['id'] ?? ''));
  const value = found.map((each) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', ...each }));
  return json(200, { '@odata.context': `${request.origin}/v1.0/$metadata#directoryObjects`, value });
}

function getOne(engine: Engine, id: string): Reply {
  const found = servicePrincipals(engine).find((principal) => principal['id'] === id.toLowerCase());
  if (found) return json(200, found);
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return refusal(404, 'Request_ResourceNotFound', message);
}

/** Which property each part of a `$filter` is about; the one that az uses goes through the names of the application. */
const COMPARISONS = /(?:servicePrincipalNames\/any\(c:c|(?<property>\w+))\s+eq\s+'(?<text>[^']*)'/giu;

function matching(engine: Engine, { query }: LocalRequest, caller: Caller): JsonObject[] {
  const comparisons = [...(query.get('$filter') ?? '').matchAll(COMPARISONS)].map(({ groups }) => ({
    property: groups?.['property'] ?? 'appId',
    text: (groups?.['text'] ?? '').toLowerCase(),
  }));
  return [...servicePrincipals(engine), ...applicationOf(caller)].filter((principal) =>
    comparisons.every(({ property, text }) => textAt(principal, property)?.toLowerCase() === text),
  );
}

/** Whoever asks exists: an application that signed in has a service principal. */
function applicationOf({ kind, objectId, name }: Caller): JsonObject[] {
  if (kind === 'User') return [];
  const common = { id: objectId, accountEnabled: true, appId: name, displayName: name };
  return [{ ...common, servicePrincipalNames: [name], servicePrincipalType: 'Application' }];
}

function showCaller({ kind, objectId, name }: Caller): Reply {
  if (kind === 'Application')
    return refusal(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
  return json(200, { id: objectId, displayName: name, mail: name, userPrincipalName: name });
}

function servicePrincipals(engine: Engine): JsonObject[] {
  return engine.resources.list({}).flatMap((resource) => {
    const id = textAt(resource.readOnly, pathOf(resource, 'principalId'));
    return id === undefined ? [] : [servicePrincipal(engine, resource, id)];
  });
}

function pathOf({ type }: StoredResource, name: string): string {
  return type === IDENTITY_TYPE ? `properties.${name}` : `identity.${name}`;
}

function servicePrincipal(engine: Engine, resource: StoredResource, id: string): JsonObject {
  const appId = textAt(resource.readOnly, pathOf(resource, 'clientId')) ?? engine.ids.guidOf(`application of ${id}`);
  return defined({
    id,
    accountEnabled: true,
    alternativeNames: [`isExplicit=${resource.type === IDENTITY_TYPE ? 'True' : 'False'}`, resource.id],
    appId,
    displayName: resource.name,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'ManagedIdentity',
  });
}

function refusal(status: number, code: string, message: string): Reply {
  return json(status, { error: { code, message } });
}
