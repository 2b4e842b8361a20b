import type { Engine } from '../arm/contract.ts';
import type { JsonObject } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest, Query } from '../http/request.ts';
import { createQuery } from '../http/request.ts';
import { issueToken } from './access-token.ts';
import { findIdentity, managedPrincipal, type IdentityKey } from './principals.ts';

/**
 * `GET /metadata/identity/oauth2/token`, the instance metadata service of virtual machines. The header `Metadata: true` is
 * required.
 */
export function instanceToken(engine: Engine, request: LocalRequest): Reply {
  if (request.headers['metadata']?.toLowerCase() !== 'true')
    return refusal(400, 'invalid_request', 'Required metadata header not specified');
  return tokenFor(engine, request, request.query, numbersAsTexts);
}

/**
 * `/MSI/token`, the endpoint that App Service, Container Apps and Azure ML give to their containers: GET with the secret in
 * `X-IDENTITY-HEADER` (2019-08-01) or `Secret` (2017-09-01), and the older POST of a form, as Cloud Shell has it.
 */
export function appServiceToken(engine: Engine, request: LocalRequest): Reply {
  if (request.method === 'POST') {
    const form = createQuery(request.body.toString('utf8'));
    return tokenFor(engine, request, form, numbersAsTexts);
  }
  const secret = request.headers['x-identity-header'] ?? request.headers['secret'] ?? '';
  if (secret === '') return refusal(401, 'unauthorized_client', 'Missing or invalid secret header');
  return tokenFor(engine, request, request.query, shortForm);
}

type Form = (token: ReturnType<typeof issueToken>, resource: string, clientId: string) => JsonObject;

function tokenFor(engine: Engine, request: LocalRequest, parameters: Query, form: Form): Reply {
  const resource = parameters.get('resource');
  if (resource === undefined || resource === '')
    return refusal(400, 'invalid_request', "Required query variable 'resource' is missing");
  const key = identityKey(parameters);
  const identity = key && findIdentity(engine, key);
  if (key && !identity) return refusal(400, 'invalid_request', 'Identity not found');
  const principal = managedPrincipal(engine, identity);
  const token = issueToken(engine, principal, resource, request.origin);
  return json(200, form(token, resource, principal.clientId), { 'cache-control': 'no-store' });
}

/** Which user-assigned identity is asked for; undefined for that of the machine itself. */
function identityKey(parameters: Query): IdentityKey | undefined {
  const clientId = parameters.get('client_id') ?? parameters.get('clientid');
  if (clientId !== undefined) return { clientId };
  const objectId = parameters.get('object_id') ?? parameters.get('principal_id');
  if (objectId !== undefined) return { objectId };
  const resourceId = parameters.get('msi_res_id') ?? parameters.get('mi_res_id');
  return resourceId === undefined ? undefined : { resourceId };
}

const numbersAsTexts: Form = ({ text, lifetime, expiresOn, notBefore }, resource, clientId) => ({
  access_token: text,
  client_id: clientId,
  expires_in: String(lifetime),
  expires_on: String(expiresOn),
  ext_expires_in: String(lifetime),
  not_before: String(notBefore),
  resource,
  token_type: 'Bearer',
});

const shortForm: Form = ({ text, expiresOn }, resource, clientId) => ({
  access_token: text,
  expires_on: String(expiresOn),
  resource,
  token_type: 'Bearer',
  client_id: clientId,
});

function refusal(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: description });
}
