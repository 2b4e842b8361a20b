import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedIdentityCredential } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Answer, type Bench } from './client.ts';
import { create } from './samples.ts';
import { checkTraffic } from './type-check.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

const RESOURCE = 'https://management.azure.com/';
const SCOPE = `${RESOURCE}.default`;

function post(path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  return bench.send('POST', path, undefined, {
    text: new URLSearchParams(form).toString(),
    token: false,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return bench.send('GET', path, undefined, { token: false, headers });
}

const v2 = (): string => `/${bench.azure.tenantId}/oauth2/v2.0/token`;
const application = { grant_type: 'client_credentials', client_id: 'app', client_secret: 's', scope: SCOPE };

interface Claims {
  readonly [name: string]: unknown;
  readonly oid: string;
  readonly exp: number;
}

/** The claims of a token whose signature fits the published keys. */
async function verified(token: string): Promise<Claims> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
  expect(alg).toBe('RS256');
  const { keys } = (await ask('/common/discovery/v2.0/keys')).body as { keys: (JsonWebKey & { kid: string })[] };
  const key = createPublicKey({ key: keys.find((each) => each.kid === kid)!, format: 'jwk' });
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}

describe('metadata of the cloud', () => {
  it('comes in the three forms that clients read, on the host of the request', async () => {
    const { url } = bench.azure;
    const oldest = (await ask('/metadata/endpoints?api-version=2015-01-01')).body;
    expect(Object.keys(oldest)).toEqual(['galleryEndpoint', 'graphEndpoint', 'portalEndpoint', 'authentication']);
    expect(oldest.authentication.loginEndpoint).toBe(`${url}/`);
    const list = (await ask('/metadata/endpoints?api-version=2019-05-01')).body;
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({
      name: 'LocalAzure',
      resourceManager: `${url}/`,
      suffixes: { storage: 'core.windows.net' },
    });
    const newest = (await ask('/metadata/endpoints?api-version=2022-09-01')).body;
    expect(newest).toMatchObject({
      resourceManager: `${url}/`,
      microsoftGraphResourceId: `${url}/`,
      suffixes: { mhsmDns: 'managedhsm.azure.net' },
      authentication: { loginEndpoint: `${url}/`, identityProvider: 'AAD' },
    });
    const behindProxy = await ask('/metadata/endpoints?api-version=2022-09-01', {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'azure.local.test',
    });
    expect(behindProxy.body.resourceManager).toBe('https://azure.local.test/');
  });
});

describe('OpenID Connect discovery', () => {
  it.each([
    ['{t}', '', '/{t}/oauth2/token', '/{t}/'],
    ['{t}', '/v2.0', '/{t}/oauth2/v2.0/token', '/{t}/v2.0'],
    ['common', '/v2.0', '/{t}/oauth2/v2.0/token', '/{t}/v2.0'],
    ['adfs', '', '/adfs/oauth2/v2.0/token', '/adfs'],
    ['adfs/adfs', '', '/adfs/oauth2/v2.0/token', '/adfs'],
  ])('of %s%s names the token endpoint, the keys and the issuer', async (tenant, version, endpoint, issuer) => {
    const fill = (text: string): string => text.replace('{t}', bench.azure.tenantId);
    const { body } = await ask(`/${fill(tenant)}${version}/.well-known/openid-configuration`);
    expect(body.token_endpoint).toBe(bench.azure.url + fill(endpoint));
    expect(body.issuer).toBe(bench.azure.url + fill(issuer));
    const keys = (await ask(body.jwks_uri.slice(bench.azure.url.length))).body.keys;
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' });
    expect(Object.keys(keys[0])).not.toContain('d');
  });

  it('refuses tenants that do not exist', async () => {
    const answer = await ask('/11111111-2222-4333-8444-555555555555/v2.0/.well-known/openid-configuration');
    expect([answer.status, answer.body.error_codes]).toEqual([400, [90_002]]);
  });

  it('says which hosts are one authority, and that people have passwords', async () => {
    const instance = (await ask('/common/discovery/instance?api-version=1.1')).body;
    const host = bench.azure.url.slice('http://'.length);
    expect(instance.metadata).toEqual([{ preferred_network: host, preferred_cache: host, aliases: [host] }]);
    expect((await ask('/common/userrealm/ada@contoso.com?api-version=1.0')).body.account_type).toBe('Managed');
  });
});

describe('tokens', () => {
  it('for a secret: version 2 by scope, version 1 by resource, with the claims that clients read', async () => {
    const second = await post(v2(), application);
    expect(Object.keys(second.body)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token']);
    const claims = await verified(second.body.access_token);
    expect(claims).toMatchObject({
      aud: 'https://management.azure.com',
      iss: `${bench.azure.url}/${bench.azure.tenantId}/`,
      appid: 'app',
      idtyp: 'app',
      tid: bench.azure.tenantId,
      ver: '1.0',
    });
    expect(claims.exp * 1000).toBeGreaterThan(Date.now() + 3_500_000);
    const { scope: _scope, ...rest } = application;
    const first = await post(`/${bench.azure.tenantId}/oauth2/token`, { ...rest, resource: RESOURCE });
    expect(first.body).toMatchObject({ expires_in: '3599', resource: RESOURCE, token_type: 'Bearer' });
    const older = await verified(first.body.access_token);
    expect([older['aud'], older.oid]).toEqual([RESOURCE, claims.oid]);
  });

  it('make their owner the author of what is written', async () => {
    const { body } = await post(v2(), application);
    const lock = await bench.send(
      'PUT',
      '/subscriptions/{s}/providers/Microsoft.Authorization/locks/l?api-version=2020-05-01',
      { properties: { level: 'CanNotDelete' } },
      { token: false, headers: { authorization: `Bearer ${body.access_token}` } },
    );
    expect(lock.body.systemData).toMatchObject({ createdBy: 'app', createdByType: 'Application' });
  });

  it('for an assertion: an identity takes those that its federated credentials name', async () => {
    const group = await bench.group();
    await create(bench, 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials', group);
    const identity = await bench.get(
      `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/app?api-version=2024-11-30`,
    );
    const credentials = await bench.get(
      `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/app/federatedIdentityCredentials?api-version=2024-11-30`,
    );
    const { issuer, subject, audiences } = credentials.body.value[0].properties;
    const jwt = (claims: object): string =>
      ['{"alg":"none"}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
    const login = (client: string, assertion: string): Promise<Answer> =>
      post(v2(), {
        grant_type: 'client_credentials',
        client_id: client,
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        scope: SCOPE,
      });
    const { clientId, principalId } = identity.body.properties;
    const right = await login(clientId, jwt({ iss: issuer, sub: subject, aud: audiences[0] }));
    expect((await verified(right.body.access_token)).oid).toBe(principalId);
    const wrong = await login(clientId, jwt({ iss: issuer, sub: 'repo:elsewhere', aud: audiences[0] }));
    expect([wrong.status, wrong.body.error, wrong.body.error_codes]).toEqual([401, 'invalid_client', [700_213]]);
    expect((await login('another', jwt({ sub: 'x' }))).status).toBe(200);
    expect((await login('another', 'nonsense')).body.error_codes).toEqual([50_027]);
  });

  it('for a person, and again for the refresh token', async () => {
    const person = {
      grant_type: 'password',
      client_id: 'cli',
      username: 'ada@contoso.com',
      password: 'p',
      client_info: '1',
    };
    const first = await post(v2(), { ...person, scope: `${SCOPE} offline_access openid profile` });
    expect(await verified(first.body.access_token)).toMatchObject({ upn: 'ada@contoso.com', idtyp: 'user' });
    expect(await verified(first.body.id_token)).toMatchObject({ aud: 'cli', preferred_username: 'ada@contoso.com' });
    const refresh = { grant_type: 'refresh_token', client_id: 'cli', scope: SCOPE };
    const again = await post(v2(), { ...refresh, refresh_token: first.body.refresh_token });
    expect((await verified(again.body.access_token)).oid).toBe((await verified(first.body.access_token)).oid);
    expect((await post(v2(), { ...refresh, refresh_token: 'made up' })).body.error).toBe('invalid_grant');
  });

  it.each([
    [{ client_secret: '' }, 'invalid_request', 7_000_216],
    [{ scope: 'https://management.azure.com/user_impersonation' }, 'invalid_scope', 1_002_012],
    [{ grant_type: 'authorization_code' }, 'unsupported_grant_type', 70_003],
    [{ grant_type: '' }, 'invalid_request', 900_144],
    [{ client_id: '' }, 'invalid_request', 900_144],
  ])('are refused for %o', async (change, error, number) => {
    const answer = await post(v2(), { ...application, ...change });
    expect([answer.status, answer.body.error, answer.body.error_codes]).toEqual([400, error, [number]]);
    expect(answer.body.error_description).toContain(`AADSTS${number}: `);
  });

  it('stay out of the log, as do secrets', async () => {
    const secret = 'canary-secret';
    const { body } = await post(v2(), { ...application, client_secret: secret });
    await ask(`/MSI/token?resource=${RESOURCE}`, { 'x-identity-header': secret });
    expect(bench.azure.requests().map(({ path }) => path)).toHaveLength(2);
    const text = JSON.stringify(bench.azure.requests());
    expect(text).not.toContain(secret);
    expect(text).not.toContain(body.access_token);
  });

  it('stay verifiable after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'discovery-'));
    const stateFile = join(folder, 'azure.sqlite');
    await bench.close();
    bench = await startBench({ stateFile });
    const { body } = await post(v2(), application);
    await bench.close();
    bench = await startBench({ stateFile });
    expect((await verified(body.access_token))['appid']).toBe('app');
    rmSync(folder, { recursive: true });
  });
});

describe('managed identities', () => {
  const imds = '/metadata/identity/oauth2/token?api-version=2018-02-01';

  it('get tokens from the instance metadata service', async () => {
    const { body } = await ask(`${imds}&resource=${RESOURCE}`, { metadata: 'true' });
    expect(Object.keys(body).toSorted()).toEqual([
      'access_token',
      'client_id',
      'expires_in',
      'expires_on',
      'ext_expires_in',
      'not_before',
      'resource',
      'token_type',
    ]);
    const claims = await verified(body.access_token);
    expect(claims).toMatchObject({ aud: RESOURCE, appid: body.client_id, tid: bench.azure.tenantId });
    expect(claims['xms_mirid']).toContain('/providers/Microsoft.Compute/virtualMachines/');
    const refused = [await ask(`${imds}&resource=${RESOURCE}`), await ask(imds, { metadata: 'true' })];
    expect(refused.map(({ status, body }) => [status, body.error])).toEqual([
      [400, 'invalid_request'],
      [400, 'invalid_request'],
    ]);
  });

  it('are chosen by client id, object id or resource id', async () => {
    const path = await create(bench, 'Microsoft.ManagedIdentity/userAssignedIdentities', await bench.group());
    const identity = (await bench.get(`${path}?api-version=2024-11-30`)).body;
    const { clientId, principalId } = identity.properties;
    for (const choice of [`client_id=${clientId}`, `object_id=${principalId}`, `msi_res_id=${identity.id}`]) {
      const { body } = await ask(`${imds}&resource=${RESOURCE}&${choice}`, { metadata: 'true' });
      expect(await verified(body.access_token)).toMatchObject({
        oid: principalId,
        appid: clientId,
        xms_mirid: identity.id,
      });
    }
    const unknown = await ask(`${imds}&resource=${RESOURCE}&client_id=nobody`, { metadata: 'true' });
    expect([unknown.status, unknown.body.error_description]).toEqual([400, 'Identity not found']);
  });

  it('get tokens from the endpoint of App Service, by GET with a secret and by POST of a form', async () => {
    for (const header of ['x-identity-header', 'secret']) {
      const { body } = await ask(`/msi/token?api-version=2019-08-01&resource=${RESOURCE}`, { [header]: 's' });
      expect((await verified(body.access_token))['aud']).toBe(RESOURCE);
      expect(Number(body.expires_on) * 1000).toBeGreaterThan(Date.now());
    }
    expect((await ask(`/msi/token?resource=${RESOURCE}`)).status).toBe(401);
    const { body } = await post('/MSI/token', { resource: RESOURCE });
    expect(body).toMatchObject({ resource: RESOURCE, token_type: 'Bearer' });
  });

  it("serve Azure's own credential class", async () => {
    process.env['IDENTITY_ENDPOINT'] = `${bench.azure.url}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'secret';
    const token = await new ManagedIdentityCredential().getToken(SCOPE);
    expect((await verified(token.token))['aud']).toMatch(/^https:\/\/management\.azure\.com/u);
    delete process.env['IDENTITY_ENDPOINT'];
    delete process.env['IDENTITY_HEADER'];
  });
});

describe('Microsoft Graph', () => {
  it('knows the managed identities of this server, as az asks for them', async () => {
    const group = await bench.group();
    const path = await create(bench, 'Microsoft.ManagedIdentity/userAssignedIdentities', group);
    const { clientId, principalId } = (await bench.get(`${path}?api-version=2024-11-30`)).body.properties;
    await create(bench, 'Microsoft.CognitiveServices/accounts', group);
    const account = await bench.get(`${group}/Microsoft.CognitiveServices/accounts/foundry?api-version=2026-07-01`);
    const filtered = (text: string): Promise<Answer> =>
      bench.get(`/v1.0/servicePrincipals?$filter=${encodeURIComponent(text)}`);
    const ids = async (answer: Promise<Answer>): Promise<string[]> =>
      (await answer).body.value.map((each: { id: string }) => each.id);
    expect(await ids(filtered(`servicePrincipalNames/any(c:c eq '${clientId}')`))).toEqual([principalId]);
    expect(await ids(filtered(`servicePrincipalNames/any(c:c eq '${principalId}')`))).toEqual([]);
    expect(await ids(filtered("displayName eq 'foundry'"))).toEqual([account.body.identity.principalId]);
    expect(await ids(bench.get("/v1.0/users?$filter=mail eq 'ada'"))).toEqual([]);
    const both = {
      ids: [principalId, account.body.identity.principalId, 'other'],
      types: ['user', 'servicePrincipal'],
    };
    expect(await ids(bench.send('POST', '/v1.0/directoryObjects/getByIds', both))).toHaveLength(2);
    const one = await bench.get(`/v1.0/servicePrincipals/${principalId}`);
    expect(one.body).toMatchObject({ appId: clientId, servicePrincipalType: 'ManagedIdentity' });
    expect((await bench.get('/v1.0/servicePrincipals/none')).body.error.code).toBe('Request_ResourceNotFound');
    expect((await ask('/v1.0/users')).status).toBe(401);
  });

  it('knows who asks', async () => {
    const asked = async (form: Readonly<Record<string, string>>, path: string): Promise<Answer> => {
      const { body } = await post(v2(), form);
      return await ask(path, { authorization: `Bearer ${body.access_token}` });
    };
    const person = { ...application, grant_type: 'password', username: 'ada@contoso.com', password: 'p' };
    expect((await asked(person, '/v1.0/me')).body.userPrincipalName).toBe('ada@contoso.com');
    const me = await asked(application, '/v1.0/me');
    expect([me.status, me.body.error.code]).toEqual([400, 'BadRequest']);
    const filter = encodeURIComponent("servicePrincipalNames/any(c:c eq 'app')");
    const found = await asked(application, `/v1.0/servicePrincipals?$filter=${filter}`);
    expect(found.body.value).toHaveLength(1);
    expect((await bench.get('/v1.0/me/messages')).status).toBe(501);
  });
});

it('describes resource providers for a subscription, with their registration, and for the tenant, without', async () => {
  const own = await bench.get('/subscriptions/{s}/providers/Microsoft.App?api-version=2022-12-01');
  expect(own.body).toMatchObject({ namespace: 'Microsoft.App', registrationState: 'Registered' });
  const tenant = await bench.get('/providers/Microsoft.App?api-version=2022-12-01');
  expect([tenant.body.id, tenant.body.registrationState]).toEqual(['/providers/Microsoft.App', undefined]);
  expect(tenant.body.resourceTypes).toEqual(own.body.resourceTypes);
  const { body } = await bench.get('/providers?api-version=2022-12-01');
  expect(body.value.map((each: { id: string }) => each.id)).toContain('/providers/Microsoft.App');
});

it('lists the tenant and every subscription', async () => {
  await bench.close();
  const second = '00000000-0000-4000-a000-000000000002';
  bench = await startBench({ subscriptions: [second] });
  for (const version of ['2016-06-01', '2019-11-01', '2022-12-01']) {
    const { body } = await bench.get(`/subscriptions?api-version=${version}`);
    expect(body.value.map((each: { subscriptionId: string }) => each.subscriptionId)).toEqual([
      second,
      '00000000-0000-4000-a000-000000000001',
    ]);
    expect(body.value.map((each: { displayName: string }) => each.displayName)).toEqual([
      'Local Azure',
      'Local Azure 2',
    ]);
    expect((await bench.get(`/subscriptions/${second}?api-version=${version}`)).body.state).toBe('Enabled');
  }
  expect((await bench.get('/tenants?api-version=2022-12-01')).body.value[0].tenantId).toBe(bench.azure.tenantId);
});
