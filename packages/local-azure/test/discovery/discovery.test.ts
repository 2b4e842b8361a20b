import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { APPLICATION, ask, signIn } from './sign-in.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

describe('metadata of the cloud', () => {
  it('comes in the three forms that clients read, on the host of the request', async () => {
    const { url } = bench.azure;
    const oldest = (await ask(bench, '/metadata/endpoints?api-version=2015-01-01')).body;
    expect(Object.keys(oldest)).toEqual(['galleryEndpoint', 'graphEndpoint', 'portalEndpoint', 'authentication']);
    expect(oldest.authentication.loginEndpoint).toBe(`${url}/`);
    const list = (await ask(bench, '/metadata/endpoints?api-version=2019-05-01')).body;
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({
      name: 'LocalAzure',
      resourceManager: `${url}/`,
      suffixes: { storage: 'core.windows.net' },
    });
    const newest = (await ask(bench, '/metadata/endpoints?api-version=2022-09-01')).body;
    expect(newest).toMatchObject({
      resourceManager: `${url}/`,
      microsoftGraphResourceId: `${url}/`,
      suffixes: { mhsmDns: 'managedhsm.azure.net' },
      authentication: { loginEndpoint: `${url}/`, identityProvider: 'AAD' },
    });
    const behindProxy = await ask(bench, '/metadata/endpoints?api-version=2022-09-01', {
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
    const { body } = await ask(bench, `/${fill(tenant)}${version}/.well-known/openid-configuration`);
    expect(body.token_endpoint).toBe(bench.azure.url + fill(endpoint));
    expect(body.issuer).toBe(bench.azure.url + fill(issuer));
    const keys = (await ask(bench, body.jwks_uri.slice(bench.azure.url.length))).body.keys;
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' });
    expect(Object.keys(keys[0])).not.toContain('d');
  });

  it('refuses tenants that do not exist', async () => {
    const answer = await ask(bench, '/11111111-2222-4333-8444-555555555555/v2.0/.well-known/openid-configuration');
    expect([answer.status, answer.body.error_codes]).toEqual([400, [90_002]]);
  });

  it('says which hosts are one authority, and that people have passwords', async () => {
    const instance = (await ask(bench, '/common/discovery/instance?api-version=1.1')).body;
    const host = bench.azure.url.slice('http://'.length);
    expect(instance.metadata).toEqual([{ preferred_network: host, preferred_cache: host, aliases: [host] }]);
    expect((await ask(bench, '/common/userrealm/ada@contoso.com?api-version=1.0')).body.account_type).toBe('Managed');
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
    expect((await ask(bench, '/v1.0/users')).status).toBe(401);
  });

  it('knows who asks', async () => {
    const asked = async (form: Readonly<Record<string, string>>, path: string): Promise<Answer> => {
      const { body } = await signIn(bench, form);
      return await ask(bench, path, { authorization: `Bearer ${body.access_token}` });
    };
    const person = { ...APPLICATION, grant_type: 'password', username: 'ada@contoso.com', password: 'p' };
    expect((await asked(person, '/v1.0/me')).body.userPrincipalName).toBe('ada@contoso.com');
    const me = await asked(APPLICATION, '/v1.0/me');
    expect([me.status, me.body.error.code]).toEqual([400, 'BadRequest']);
    const filter = encodeURIComponent("servicePrincipalNames/any(c:c eq 'app')");
    const found = await asked(APPLICATION, `/v1.0/servicePrincipals?$filter=${filter}`);
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
