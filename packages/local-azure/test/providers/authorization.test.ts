import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
const clock = createVirtualClock();
beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 0, principalPropagationMs: 30_000 } });
  group = await bench.group();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const SOMEBODY = '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21';
const guid = (digit: number): string => `0000000${digit}-6c3c-4a2b-8d0e-1f0f7b8f5a11`;

interface Assignment {
  readonly scope: string;
  readonly digit: number;
  readonly role?: string;
  readonly principalId?: string;
  readonly principalType?: string;
}

/** `scope` ends before `/providers`. */
function assign({ scope, digit, role = READER, principalId = SOMEBODY, principalType }: Assignment): Promise<Answer> {
  const roleDefinitionId = `/subscriptions/${bench.azure.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return bench.put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${guid(digit)}?api-version=2022-04-01`, {
    properties: { roleDefinitionId, principalId, ...(principalType === undefined ? {} : { principalType }) },
  });
}

async function listed(scope: string, filter = ''): Promise<number[]> {
  const query = filter === '' ? '' : `&$filter=${encodeURIComponent(filter)}`;
  const { body } = await bench.get(
    `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01${query}`,
  );
  return body.value.map((item: { name: string }) => Number(item.name[7]));
}

describe('role assignments', () => {
  it('are listed at, above and below a scope, and by principal', async () => {
    const subscription = `/subscriptions/${bench.azure.subscriptionId}`;
    const inner = await create(bench, 'Microsoft.Storage/storageAccounts', group);
    await bench.group('other');
    const scope = `${subscription}/resourceGroups/rg`;
    await assign({ scope: subscription, digit: 1 });
    await assign({ scope, digit: 2 });
    await assign({ scope: inner, digit: 3, principalId: '11111111-52c2-4d5c-8a4f-0b8c3a6f7d21' });
    await assign({ scope: `${subscription}/resourceGroups/other`, digit: 4 });
    expect(await listed(scope)).toEqual([1, 2, 3]);
    expect(await listed(scope, 'atScope()')).toEqual([1, 2]);
    expect(await listed(subscription)).toEqual([1, 2, 3, 4]);
    expect(await listed(subscription, 'atScope()')).toEqual([1]);
    expect(await listed(inner, 'atScope()')).toEqual([1, 2, 3]);
    expect(await listed(scope, `principalId eq '${SOMEBODY}'`)).toEqual([1, 2]);
    expect(await listed(scope, `assignedTo('${SOMEBODY}')`)).toEqual([1, 2]);
  });

  it('exist once per scope, role and principal, whatever their name', async () => {
    const scope = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/rg`;
    expect((await assign({ scope, digit: 1 })).status).toBe(201);
    expect((await assign({ scope, digit: 1 })).status).toBe(200);
    const twin = await assign({ scope, digit: 2 });
    expect([twin.status, twin.body.error.code]).toEqual([409, 'RoleAssignmentExists']);
  });

  it('do not change', async () => {
    const scope = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/rg`;
    await assign({ scope, digit: 1 });
    const changed = await assign({ scope, digit: 1, role: OWNER });
    expect([changed.status, changed.body.error.code]).toEqual([400, 'RoleAssignmentUpdateNotPermitted']);
  });

  it('need a role that exists and a GUID for a name', async () => {
    const scope = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/rg`;
    expect((await assign({ scope, digit: 1, role: guid(9) })).body.error.code).toBe('RoleDefinitionDoesNotExist');
    const answer = await bench.put(
      `${scope}/providers/Microsoft.Authorization/roleAssignments/mine?api-version=2022-04-01`,
      {
        properties: { roleDefinitionId: `/x/${READER}`, principalId: SOMEBODY },
      },
    );
    expect(answer.body.error.code).toBe('InvalidRoleAssignmentId');
  });

  it('find the principal of a new identity only after a while, unless its type is given', async () => {
    const scope = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/rg`;
    const path = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/app?api-version=2024-11-30`;
    const { principalId } = (await bench.put(path, { location: 'westus' })).body.properties;
    const early = await assign({ scope, digit: 1, principalId });
    expect([early.status, early.body.error.code]).toEqual([400, 'PrincipalNotFound']);
    expect((await assign({ scope, digit: 1, principalId, principalType: 'ServicePrincipal' })).status).toBe(201);
    clock.advance(30_000);
    expect((await assign({ scope, digit: 2, principalId, role: OWNER })).status).toBe(201);
  });

  it('go with the resource that they are on', async () => {
    const inner = await create(bench, 'Microsoft.Storage/storageAccounts', group);
    await assign({ scope: inner, digit: 1 });
    await bench.send('DELETE', `${inner}?api-version=2026-04-01`);
    expect(await listed(`/subscriptions/${bench.azure.subscriptionId}`)).toEqual([]);
  });
});

describe('role definitions', () => {
  it('are found by name and by id, built-in ones everywhere', async () => {
    const path = '/providers/Microsoft.Authorization/roleDefinitions';
    const found = await bench.get(
      `/subscriptions/{s}${path}?api-version=2022-04-01&$filter=${encodeURIComponent("roleName eq 'Foundry User'")}`,
    );
    expect(found.body.value).toHaveLength(1);
    expect(found.body.value[0].name).toBe('53ca6127-db72-4b80-b1b0-d745d6d5456d');
    expect((await bench.get(`${path}/${READER}?api-version=2022-04-01`)).body.properties.roleName).toBe('Reader');
    expect((await bench.get(`${path}/${guid(1)}?api-version=2022-04-01`)).status).toBe(404);
  });
});

describe('locks', () => {
  it('hold at their scope and below, and keep a group from being deleted', async () => {
    const inner = await create(bench, 'Microsoft.Storage/storageAccounts', group);
    const lock = `${inner}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`;
    await bench.put(lock, { properties: { level: 'CanNotDelete' } });
    const refused = await bench.send('DELETE', `${inner}?api-version=2026-04-01`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'ScopeLocked']);
    expect((await bench.send('DELETE', '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01')).status).toBe(
      409,
    );
    expect((await bench.send('PATCH', `${inner}?api-version=2026-04-01`, { tags: {} })).status).toBe(200);
    const all = await bench.get('/subscriptions/{s}/providers/Microsoft.Authorization/locks?api-version=2020-05-01');
    expect(all.body.value).toHaveLength(1);
    await bench.send('DELETE', lock);
    expect((await bench.send('DELETE', `${inner}?api-version=2026-04-01`)).status).toBe(200);
  });
});

describe('access control', () => {
  const token = (oid: string): string =>
    `Bearer x.${Buffer.from(JSON.stringify({ oid, tid: 't' })).toString('base64url')}.x`;

  it('is off unless asked for; then roles count, at their scope, after a while', async () => {
    await bench.close();
    bench = await startBench({
      clock,
      timing: { operationMs: 0, rolePropagationMs: 5000 },
      accessControl: { owners: [guid(9)] },
    });
    const as = (oid: string, method: string, path: string, body?: unknown): Promise<Answer> =>
      bench.send(method, path, body, { headers: { authorization: token(oid) } });
    const path = '/subscriptions/{s}/resourceGroups/rg';
    const url = `${path}?api-version=2025-04-01`;
    expect((await as(guid(9), 'PUT', url, { location: 'westus' })).status).toBe(201);
    const denied = await as(SOMEBODY, 'GET', url);
    expect([denied.status, denied.body.error.code]).toEqual([403, 'AuthorizationFailed']);
    const assignment = `${path}/providers/Microsoft.Authorization/roleAssignments/${guid(1)}?api-version=2022-04-01`;
    const body = { properties: { roleDefinitionId: `/x/${READER}`, principalId: SOMEBODY } };
    expect((await as(guid(9), 'PUT', assignment, body)).status).toBe(201);
    expect((await as(SOMEBODY, 'GET', url)).status).toBe(403);
    clock.advance(5000);
    expect((await as(SOMEBODY, 'GET', url)).status).toBe(200);
    expect((await as(SOMEBODY, 'PUT', url, { location: 'westus' })).status).toBe(403);
    const permissions = `${path}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
    const own = await as(SOMEBODY, 'GET', permissions);
    expect(own.body.value.map((each: { actions: string[] }) => each.actions)).toEqual([['*/read']]);
    expect((await as(guid(9), 'GET', permissions)).body.value[0].actions).toEqual(['*']);
  });

  it('tells everybody everything while it is off, of what is there', async () => {
    const permissions = (scope: string): string =>
      `/subscriptions/{s}/resourceGroups/${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
    expect((await bench.get(permissions('rg'))).body.value).toEqual([
      { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] },
    ]);
    expect((await bench.get(permissions('missing'))).status).toBe(404);
  });
});
