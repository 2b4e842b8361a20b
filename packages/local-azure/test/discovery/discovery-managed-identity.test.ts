import { ManagedIdentityCredential } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { ask, postForm, RESOURCE, SCOPE, verified } from './sign-in.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

describe('managed identities', () => {
  const imds = '/metadata/identity/oauth2/token?api-version=2018-02-01';

  it('get tokens from the instance metadata service', async () => {
    const { body } = await ask(bench, `${imds}&resource=${RESOURCE}`, { metadata: 'true' });
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
    const claims = await verified(bench, body.access_token);
    expect(claims).toMatchObject({ aud: RESOURCE, appid: body.client_id, tid: bench.azure.tenantId });
    expect(claims['xms_mirid']).toContain('/providers/Microsoft.Compute/virtualMachines/');
    const refused = [await ask(bench, `${imds}&resource=${RESOURCE}`), await ask(bench, imds, { metadata: 'true' })];
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
      const { body } = await ask(bench, `${imds}&resource=${RESOURCE}&${choice}`, { metadata: 'true' });
      expect(await verified(bench, body.access_token)).toMatchObject({
        oid: principalId,
        appid: clientId,
        xms_mirid: identity.id,
      });
    }
    const unknown = await ask(bench, `${imds}&resource=${RESOURCE}&client_id=nobody`, { metadata: 'true' });
    expect([unknown.status, unknown.body.error_description]).toEqual([400, 'Identity not found']);
  });

  it('get tokens from the endpoint of App Service, by GET with a secret and by POST of a form', async () => {
    for (const header of ['x-identity-header', 'secret']) {
      const { body } = await ask(bench, `/msi/token?api-version=2019-08-01&resource=${RESOURCE}`, { [header]: 's' });
      expect((await verified(bench, body.access_token))['aud']).toBe(RESOURCE);
      expect(Number(body.expires_on) * 1000).toBeGreaterThan(Date.now());
    }
    expect((await ask(bench, `/msi/token?resource=${RESOURCE}`)).status).toBe(401);
    const { body } = await postForm(bench, '/MSI/token', { resource: RESOURCE });
    expect(body).toMatchObject({ resource: RESOURCE, token_type: 'Bearer' });
  });

  it("serve Azure's own credential class", async () => {
    process.env['IDENTITY_ENDPOINT'] = `${bench.azure.url}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'secret';
    const token = await new ManagedIdentityCredential().getToken(SCOPE);
    expect((await verified(bench, token.token))['aud']).toMatch(/^https:\/\/management\.azure\.com/u);
    delete process.env['IDENTITY_ENDPOINT'];
    delete process.env['IDENTITY_HEADER'];
  });
});
