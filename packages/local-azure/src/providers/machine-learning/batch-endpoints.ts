import { createHash } from 'node:crypto';
import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { requireResource } from '../../arm/read.ts';
import type { Engine, ResourceType, View, Write } from '../../arm/contract.ts';
import { sameText, textAt, withValue, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json } from '../../http/reply.ts';
import { ENDPOINT_TYPE, ML_CODES, ML_VERSIONS, mlOperation, SKU, userError } from './shared.ts';

/** Microsoft.MachineLearningServices/workspaces/batchEndpoints. `defaults.deploymentName` decides who gets the work. */
export const batchEndpoints: ResourceType = {
  type: ENDPOINT_TYPE,
  apiVersions: ML_VERSIONS,
  placement: 'child',
  tracked: true,
  body: {
    identity: IDENTITY,
    kind: 'string',
    sku: SKU,
    'properties!': {
      'authMode!': 'AMLToken|Key|AADToken',
      defaults: { deploymentName: 'string' },
      description: 'string',
      keys: { primaryKey: 'secret', secondaryKey: 'secret' },
      properties: { '*': 'string' },
      provisioningState: 'readonly',
      scoringUri: 'readonly',
      swaggerUri: 'readonly',
    },
  },
  immutable: ['properties.authMode'],
  patchable: ['identity', 'tags', 'kind', 'sku'],
  codes: ML_CODES,
  names: {
    pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$/u,
    code: 'UserError',
    message: "The endpoint name '{name}' is invalid: 3 to 32 letters, digits and hyphens, the first a letter.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: mlOperation('mfe'),
  check: (write) => {
    requireFreeName(write);
    requireDefault(write);
  },
  present,
  actions: {
    listkeys: (call) => {
      const endpoint = requireResource(call);
      return json(200, { primaryKey: keyOf(endpoint, 'primary'), secondaryKey: keyOf(endpoint, 'secondary') });
    },
  },
};

/** Names are unique in a region, because they are host names. */
export function findEndpoint(engine: Engine, location: string, name: string): StoredResource | undefined {
  return engine.resources
    .list({ type: ENDPOINT_TYPE })
    .find((each) => sameText(each.name, name) && textAt(each.writable, 'location') === location.toLowerCase());
}

function requireFreeName({ engine, existing, name, body, id }: Write): void {
  const holder = existing ? undefined : findEndpoint(engine, textAt(body, 'location') ?? '', name);
  if (!holder || sameText(holder.id, id)) return;
  throw new ArmError(409, 'Conflict', `There already exists an endpoint with name '${name}' in this region.`);
}

/** Work can only be given to a deployment that is there. */
function requireDefault({ engine, body, id }: Write): void {
  const target = 'properties.defaults.deploymentName';
  const name = textAt(body, target);
  if (name === undefined || engine.resources.get(`${id}/deployments/${name}`)) return;
  throw userError(`The deployment '${name}' does not exist.`, target);
}

function keyOf({ id, created, secret }: StoredResource, kind: string): string {
  const given = textAt(secret, `properties.keys.${kind}Key`);
  return (
    given ?? createHash('sha256').update(`${id.toLowerCase()}|${created.at}|${kind}`).digest('base64url').slice(0, 32)
  );
}

function present(body: JsonObject, endpoint: StoredResource, { origin }: View): JsonObject {
  const location = textAt(endpoint.writable, 'location') ?? '';
  return withValue(body, 'properties.scoringUri', `${origin}/ml/${location}/${endpoint.name.toLowerCase()}/jobs`);
}
