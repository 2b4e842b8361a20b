import { ArmError, errorReply } from '../../../arm/arm-error.ts';
import { authenticate, type Caller } from '../../../arm/caller.ts';
import { render } from '../../../arm/render.ts';
import type { Engine } from '../../../arm/contract.ts';
import type { Directives } from '../../../engine/faults.ts';
import { isObject, member, objectAt, textAt, type Json, type JsonObject } from '../../../engine/json.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import type { DataPlane } from '../../../arm/data-plane.ts';
import { empty, json, type Reply } from '../../../http/reply.ts';
import { jsonBody, type LocalRequest } from '../../../http/request.ts';
import { findEndpoint } from '../batch-endpoints.ts';
import { cancelJob, startJob } from '../jobs.ts';
import { JOB_TYPE, userError } from '../shared.ts';

/** The scoring address of batch endpoints: `/ml/{region}/{endpoint}/jobs`. */
export const batchScoringPlane: DataPlane = {
  matches: ({ segments }) => segments[0] === 'ml' && segments[3] === 'jobs',
  answer: (engine, request, directives) => {
    try {
      return engine.database.transaction(() => answer(engine, request, directives));
    } catch (error) {
      if (error instanceof ArmError) return errorReply(error);
      throw error;
    }
  },
  confidential: false,
};

interface Call {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly endpoint: StoredResource;
  readonly caller: Caller;
  readonly directives: Directives;
}

function answer(engine: Engine, request: LocalRequest, directives: Directives): Reply {
  const caller = authenticate(request, engine.tenantId);
  const [, location = '', name = '', , job, action] = request.segments;
  const endpoint = findEndpoint(engine, location, name);
  if (!endpoint) throw new ArmError(404, 'NotFound', `There is no batch endpoint '${name}' in '${location}'.`);
  requireAllowed(engine, caller, endpoint, request.method);
  const call = { engine, request, endpoint, caller, directives };
  const what = `${request.method} ${job === undefined ? 'jobs' : (action ?? 'job')}`;
  switch (what) {
    case 'POST jobs':
      return invoke(call);
    case 'GET jobs':
      return json(200, {
        value: engine.resources.list({ type: JOB_TYPE, parent: endpoint.id }).map((each) => show(call, each)),
      });
    case 'GET job':
      return json(200, show(call, requireJob(call, job ?? '')));
    case 'POST cancel':
      cancelJob(engine, requireJob(call, job ?? ''));
      return empty(202);
    default:
      throw new ArmError(404, 'NotFound', `The embedded Azure does not imitate ${request.method} of '${request.url}'.`);
  }
}

function requireAllowed(engine: Engine, caller: Caller, endpoint: StoredResource, method: string): void {
  const action = `Microsoft.MachineLearningServices/workspaces/batchEndpoints/jobs/${method === 'GET' ? 'read' : 'write'}`;
  if (!engine.isAllowed || engine.isAllowed({ caller, scope: endpoint.id, action, isData: false })) return;
  throw new ArmError(403, 'AuthorizationFailed', `The client '${caller.name}' may not perform '${action}'.`);
}

function show({ engine, request }: Call, job: StoredResource): JsonObject {
  return render(job, { engine, origin: request.origin, apiVersion: '' });
}

function requireJob({ engine, endpoint }: Call, name: string): StoredResource {
  const found = engine.resources.get(`${endpoint.id}/jobs/${name}`);
  if (found) return found;
  throw new ArmError(404, 'NotFound', `The job '${name}' was not found.`);
}

/** The deployment that the header `azureml-model-deployment` names, else the default one, gets the work. */
function invoke(call: Call): Reply {
  const { engine, request, endpoint, caller, directives } = call;
  const named = request.headers['azureml-model-deployment'];
  const name = named ?? textAt(endpoint.writable, 'properties.defaults.deploymentName');
  if (name === undefined)
    throw userError('The endpoint has no default deployment, and none was named.', 'deploymentName');
  const deployment = engine.resources.get(`${endpoint.id}/deployments/${name}`);
  if (!deployment) throw userError(`The deployment '${name}' does not exist.`, 'deploymentName');
  const properties = objectAt(bodyOf(request), 'properties');
  const inputs = objectAt(properties, 'InputData');
  if (Object.keys(inputs).length === 0) throw userError('properties.InputData is required.', 'properties.InputData');
  for (const [key, input] of Object.entries(inputs)) requireInput(key, input);
  const outputs = objectAt(properties, 'OutputData');
  const fault = directives.operation ?? {};
  return json(201, show(call, startJob(engine, endpoint, { deployment, inputs, outputs, caller, fault })));
}

function bodyOf(request: LocalRequest): Json {
  try {
    return jsonBody(request) ?? {};
  } catch {
    throw userError('The body is not JSON.', 'body');
  }
}

const KINDS: ReadonlySet<string> = new Set(['UriFile', 'UriFolder', 'Literal', 'MLTable']);

/** `{JobInputType: 'UriFolder', Uri: 'https://…'}`, or a literal with its value. */
function requireInput(name: string, input: Json): void {
  const target = `properties.InputData.${name}`;
  const kind = textAt(input, 'JobInputType') ?? '';
  if (!isObject(input) || !KINDS.has(kind)) throw userError(`The input '${name}' has no valid JobInputType.`, target);
  const needed = kind === 'Literal' ? 'Value' : 'Uri';
  if (member(input, needed) === undefined) throw userError(`The input '${name}' needs a ${needed}.`, target);
}
