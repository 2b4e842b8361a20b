import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { APPLICATION, ask, postForm, RESOURCE, SCOPE, signIn, verified } from './sign-in.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

describe('tokens', () => {
  it('for a secret: version 2 by scope, version 1 by resource, with the claims that clients read', async () => {
    const second = await signIn(bench, APPLICATION);
    expect(Object.keys(second.body)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token']);
    const claims = await verified(bench, second.body.access_token);
    expect(claims).toMatchObject({
      aud: 'https://management.azure.com',
      iss: `${bench.azure.url}/${bench.azure.tenantId}/`,
      appid: 'app',
      idtyp: 'app',
      tid: bench.azure.tenantId,
      ver: '1.0',
    });
    expect(claims.exp * 1000).toBeGreaterThan(Date.now() + 3_500_000);
    const { scope: _scope, ...rest } = APPLICATION;
    const first = await postForm(bench, `/${bench.azure.tenantId}/oauth2/token`, { ...rest, resource: RESOURCE });
    expect(first.body).toMatchObject({ expires_in: '3599', resource: RESOURCE, token_type: 'Bearer' });
    const older = await verified(bench, first.body.access_token);
    expect([older['aud'], older.oid]).toEqual([RESOURCE, claims.oid]);
  });

  it('make their owner the author of what is written', async () => {
    const { body } = await signIn(bench, APPLICATION);
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
      signIn(bench, {
        grant_type: 'client_credentials',
        client_id: client,
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        scope: SCOPE,
      });
    const { clientId, principalId } = identity.body.properties;
    const right = await login(clientId, jwt({ iss: issuer, sub: subject, aud: audiences[0] }));
    expect((await verified(bench, right.body.access_token)).oid).toBe(principalId);
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
    const first = await signIn(bench, { ...person, scope: `${SCOPE} offline_access openid profile` });
    expect(await verified(bench, first.body.access_token)).toMatchObject({ upn: 'ada@contoso.com', idtyp: 'user' });
    expect(await verified(bench, first.body.id_token)).toMatchObject({
      aud: 'cli',
      preferred_username: 'ada@contoso.com',
    });
    const refresh = { grant_type: 'refresh_token', client_id: 'cli', scope: SCOPE };
    const again = await signIn(bench, { ...refresh, refresh_token: first.body.refresh_token });
    expect((await verified(bench, again.body.access_token)).oid).toBe(
      (await verified(bench, first.body.access_token)).oid,
    );
    expect((await signIn(bench, { ...refresh, refresh_token: 'made up' })).body.error).toBe('invalid_grant');
  });

  it.each([
    [{ client_secret: '' }, 'invalid_request', 7_000_216],
    [{ scope: 'https://management.azure.com/user_impersonation' }, 'invalid_scope', 1_002_012],
    [{ grant_type: 'authorization_code' }, 'unsupported_grant_type', 70_003],
    [{ grant_type: '' }, 'invalid_request', 900_144],
    [{ client_id: '' }, 'invalid_request', 900_144],
  ])('are refused for %o', async (change, error, number) => {
    const answer = await signIn(bench, { ...APPLICATION, ...change });
    expect([answer.status, answer.body.error, answer.body.error_codes]).toEqual([400, error, [number]]);
    expect(answer.body.error_description).toContain(`AADSTS${number}: `);
  });

  it('stay out of the log, as do secrets', async () => {
    const secret = 'canary-secret';
    const { body } = await signIn(bench, { ...APPLICATION, client_secret: secret });
    await ask(bench, `/MSI/token?resource=${RESOURCE}`, { 'x-identity-header': secret });
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
    const { body } = await signIn(bench, APPLICATION);
    await bench.close();
    bench = await startBench({ stateFile });
    expect((await verified(bench, body.access_token))['appid']).toBe('app');
    rmSync(folder, { recursive: true });
  });
});
