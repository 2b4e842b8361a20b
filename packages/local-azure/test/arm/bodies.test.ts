import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
beforeEach(async () => {
  bench = await startBench();
  group = await bench.group();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests(), 'responses');
  await bench.close();
});

const ACCOUNT = 'Microsoft.Storage/storageAccounts';

/** PUT of a sample with some of its members changed. */
function putWith(type: string, change: object, properties?: object): Promise<Answer> {
  const { url, body } = placed(sampleOf(type), group);
  const before = body as { properties?: object };
  return bench.put(url, {
    ...before,
    ...change,
    ...(properties ? { properties: { ...before.properties, ...properties } } : {}),
  });
}

function refusal({ status, body }: Answer): [number, string, string | undefined] {
  return [status, body.error.code, body.error.target];
}

describe('refused with 400', () => {
  it('an unknown member, named by its path', async () => {
    expect(refusal(await putWith(ACCOUNT, { colour: 'red' }))).toEqual([400, 'InvalidRequestContent', 'colour']);
    const nested = await putWith(
      ACCOUNT,
      {},
      { networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '1.2.3.4', note: '' }] } },
    );
    expect(refusal(nested)).toEqual([400, 'InvalidRequestContent', 'properties.networkAcls.ipRules.0.note']);
  });

  it('a missing one', async () => {
    expect(refusal(await putWith(ACCOUNT, { sku: {} }))).toEqual([400, 'InvalidRequestContent', 'sku.name']);
    expect(refusal(await putWith(ACCOUNT, { sku: null }))).toEqual([400, 'InvalidRequestContent', 'sku']);
  });

  it('one of another type', async () => {
    const answer = await putWith(ACCOUNT, {}, { isHnsEnabled: 'true' });
    expect(refusal(answer)).toEqual([400, 'InvalidRequestContent', 'properties.isHnsEnabled']);
  });

  it('a value that is not listed, or out of bounds', async () => {
    expect(refusal(await putWith(ACCOUNT, {}, { accessTier: 'Lukewarm' }))[2]).toBe('properties.accessTier');
    const workspace = await putWith('Microsoft.OperationalInsights/workspaces', {}, { retentionInDays: 9999 });
    expect(refusal(workspace)[2]).toBe('properties.retentionInDays');
  });

  it('every problem at once, in the details', async () => {
    const answer = await putWith(ACCOUNT, { colour: 'red', kind: 7 });
    expect(answer.body.error.details.map((detail: { target: string }) => detail.target)).toEqual(['kind', 'colour']);
  });

  it('a name that breaks the rule of the type', async () => {
    const { body } = placed(sampleOf(ACCOUNT), group);
    const answer = await bench.put(`${group}/${ACCOUNT}/Not_A_Name?api-version=2026-04-01`, body);
    expect(refusal(answer)).toEqual([400, 'AccountNameInvalid', 'name']);
  });

  it('a name in the body that differs from the URL', async () => {
    expect(refusal(await putWith(ACCOUNT, { name: 'other' }))[1]).toBe('InvalidRequestContent');
  });

  it('something that is not JSON, or no object', async () => {
    const { url } = placed(sampleOf(ACCOUNT), group);
    for (const text of ['{"location":', '[]', '"x"', '']) {
      const answer = await bench.send('PUT', url, undefined, { text });
      expect([answer.status, answer.body.error.code]).toEqual([400, 'InvalidRequestContent']);
    }
  });

  it('a location that is missing or unknown', async () => {
    expect(refusal(await putWith(ACCOUNT, { location: undefined }))[1]).toBe('LocationRequired');
    expect(refusal(await putWith(ACCOUNT, { location: 'atlantis' }))[1]).toBe('LocationNotAvailableForResourceType');
  });

  it('an identity that does not exist', async () => {
    const identity = {
      type: 'UserAssigned',
      userAssignedIdentities: { [`${group}/Microsoft.ManagedIdentity/userAssignedIdentities/none`]: {} },
    };
    expect(refusal(await putWith(ACCOUNT, { identity }))[1]).toBe('FailedIdentityOperation');
  });

  it('without a trace: nothing was stored', async () => {
    await putWith(ACCOUNT, { colour: 'red' });
    expect((await bench.get(placed(sampleOf(ACCOUNT), group).url)).status).toBe(404);
  });
});

describe('accepted', () => {
  it('names and listed values in any casing; they are returned in their own', async () => {
    const { url } = placed(sampleOf(ACCOUNT), group);
    const { body } = await bench.put(url, {
      LOCATION: 'Sweden Central',
      Kind: 'storagev2',
      sku: { NAME: 'standard_lrs' },
    });
    expect(body).toMatchObject({ location: 'swedencentral', kind: 'StorageV2', sku: { name: 'Standard_LRS' } });
  });

  it('read-only members and systemData, which are ignored: a GET can be sent back', async () => {
    const path = await create(bench, ACCOUNT, group);
    const url = `${path}?api-version=2026-04-01`;
    const before = (await bench.get(url)).body;
    const after = await bench.put(url, {
      ...before,
      systemData: { createdBy: 'somebody else' },
      properties: { ...before.properties, provisioningState: 'Failed' },
    });
    expect(after.status).toBe(200);
    expect(after.body.properties).toEqual(before.properties);
    expect(after.body.systemData.createdBy).toBe(before.systemData.createdBy);
  });

  it('nulls, which are dropped', async () => {
    const { body } = await putWith(ACCOUNT, { tags: null }, { accessTier: null, sasPolicy: null });
    expect(body.properties.accessTier).toBe('Hot');
    expect(body.properties).not.toHaveProperty('sasPolicy');
  });

  it('prototype keys in maps, which stay inert', async () => {
    const { url } = placed(sampleOf(ACCOUNT), group);
    const text =
      '{"location":"westus","kind":"StorageV2","sku":{"name":"Standard_LRS"},"tags":{"__proto__":"x","constructor":"y"}}';
    const answer = await bench.send('PUT', url, undefined, { text });
    expect(Object.entries(answer.body.tags)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    // The validator of the type data itself stumbles over such keys.
    await bench.send('DELETE', '/_local/requests');
  });
});

describe('changes', () => {
  it('of the location are a conflict', async () => {
    await create(bench, ACCOUNT, group);
    expect(refusal(await putWith(ACCOUNT, { location: 'westus' })).slice(0, 2)).toEqual([
      409,
      'InvalidResourceLocation',
    ]);
  });

  it('of what cannot change are refused, setting what was never set included', async () => {
    await create(bench, ACCOUNT, group);
    const answer = await putWith(ACCOUNT, {}, { isHnsEnabled: false });
    expect(refusal(answer)).toEqual([400, 'AccountPropertyCannotBeUpdated', 'properties.isHnsEnabled']);
  });

  it('by PUT take back to its default what is not sent; storage keeps it', async () => {
    const workspace = 'Microsoft.OperationalInsights/workspaces';
    await putWith(workspace, { tags: { a: '1' } }, { retentionInDays: 90 });
    const { body } = await putWith(workspace, {}, {});
    expect([body.properties.retentionInDays, body.tags]).toEqual([30, undefined]);
    await putWith(ACCOUNT, {}, { accessTier: 'Cool' });
    expect((await putWith(ACCOUNT, {})).body.properties.accessTier).toBe('Cool');
  });

  it('by PATCH merge, null removes, and tags are replaced as a whole', async () => {
    const type = 'Microsoft.OperationalInsights/workspaces';
    await putWith(type, { tags: { a: '1', b: '2' } }, { retentionInDays: 90, workspaceCapping: { dailyQuotaGb: 5 } });
    const { url } = placed(sampleOf(type), group);
    const { body } = await bench.send('PATCH', url, { tags: { c: '3' }, properties: { retentionInDays: null } });
    expect(body.tags).toEqual({ c: '3' });
    expect(body.properties.retentionInDays).toBe(30);
    expect(body.properties.workspaceCapping.dailyQuotaGb).toBe(5);
  });

  it('by PATCH of a missing resource are a 404', async () => {
    const { url } = placed(sampleOf(ACCOUNT), group);
    expect((await bench.send('PATCH', url, {})).body.error.code).toBe('ResourceNotFound');
  });
});

describe('secrets', () => {
  it('are never returned, and kept by a PATCH of something else', async () => {
    const type = 'Microsoft.App/containerApps';
    await create(bench, 'Microsoft.App/managedEnvironments', group);
    const template = {
      containers: [{ name: 'api', image: 'contoso.azurecr.io/api:1', env: [{ name: 'KEY', secretRef: 'key' }] }],
    };
    await putWith(type, {}, { template, configuration: { secrets: [{ name: 'key', value: 'canary-secret' }] } });
    const { url, path } = placed(sampleOf(type), group);
    await bench.send('PATCH', url, { tags: { a: '1' } });
    const read = await bench.get(url);
    expect(read.body.properties.configuration.secrets).toEqual([{ name: 'key' }]);
    expect(JSON.stringify(read.body)).not.toContain('canary');
    const secrets = await bench.send('POST', `${path}/listSecrets?api-version=2026-01-01`);
    expect(secrets.body.value).toEqual([{ name: 'key', value: 'canary-secret' }]);
  });
});

describe('etags', () => {
  it('are honoured where the type honours them', async () => {
    const type = 'Microsoft.CognitiveServices/accounts';
    const { url, body } = placed(sampleOf(type), group);
    const put = (headers: Record<string, string>): Promise<Answer> => bench.send('PUT', url, body, { headers });
    expect((await put({ 'if-match': '*' })).status).toBe(412);
    const created = await put({ 'if-none-match': '*' });
    expect(created.status).toBe(201);
    expect(created.headers.get('etag')).toBe(created.body.etag);
    expect((await put({ 'if-none-match': '*' })).status).toBe(412);
    expect((await put({ 'if-match': '"other"' })).body.error.code).toBe('IfMatchPreconditionFailed');
    const changed = await put({ 'if-match': created.body.etag });
    expect(changed.status).toBe(200);
    expect(changed.body.etag).not.toBe(created.body.etag);
    expect((await bench.send('DELETE', url, undefined, { headers: { 'if-match': created.body.etag } })).status).toBe(
      412,
    );
  });

  it('are ignored elsewhere', async () => {
    const { url, body } = placed(sampleOf('Microsoft.ManagedIdentity/userAssignedIdentities'), group);
    expect((await bench.send('PUT', url, body, { headers: { 'if-match': '"x"' } })).status).toBe(201);
  });
});

describe('identities of resources', () => {
  it('get a principal that stays, and goes with the identity', async () => {
    const { url, body } = placed(sampleOf(ACCOUNT), group);
    const system = { ...(body as object), identity: { type: 'SystemAssigned' } };
    const first = (await bench.put(url, system)).body.identity;
    expect(first).toMatchObject({ type: 'SystemAssigned', tenantId: bench.azure.tenantId });
    expect((await bench.put(url, system)).body.identity.principalId).toBe(first.principalId);
    expect((await bench.send('PATCH', url, { identity: { type: 'None' } })).body.identity).toEqual({ type: 'None' });
  });

  it('show the principals of user-assigned ones', async () => {
    const app = await create(bench, 'Microsoft.ManagedIdentity/userAssignedIdentities', group);
    const { principalId, clientId } = (await bench.get(`${app}?api-version=2024-11-30`)).body.properties;
    const { body } = await putWith(ACCOUNT, {
      identity: { type: 'UserAssigned', userAssignedIdentities: { [app]: {} } },
    });
    expect(body.identity.userAssignedIdentities).toEqual({ [app]: { principalId, clientId } });
  });
});

describe('dialects', () => {
  it('providers of Azure Monitor write errors without an envelope', async () => {
    const answer = await putWith('Microsoft.Insights/metricAlerts', {}, { severity: 9 });
    expect([answer.status, answer.body.code]).toEqual([400, 'BadRequest']);
  });
});
