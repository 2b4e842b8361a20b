import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';

let bench: Bench;
const clock = createVirtualClock();
beforeEach(async () => {
  bench = await startBench({ clock, unregistered: ['Microsoft.App'] });
});
afterEach(() => bench.close());

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

const env = '/Microsoft.App/managedEnvironments/env?api-version=2026-01-01';

/** Each request has the fault of its line and all of those below it. */
describe('the first fault is the answer', () => {
  const nowhere = '/subscriptions/11111111-0000-4000-a000-000000000000/resourceGroups/none/providers';

  it('1 no token', async () => {
    const answer = await bench.send('PUT', `${nowhere}/Microsoft.App/managedEnvironments/env`, {}, { token: false });
    expect(refusal(answer)).toEqual([401, 'AuthenticationFailed']);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('2 no api-version', async () => {
    const answer = await bench.put(`${nowhere}/Microsoft.App/managedEnvironments/env`, {});
    expect(refusal(answer)).toEqual([400, 'MissingApiVersionParameter']);
  });

  it('3 an api-version that the type does not have', async () => {
    const answer = await bench.put(`${nowhere}/Microsoft.App/managedEnvironments/env?api-version=1999-01-01`, {});
    expect(refusal(answer)).toEqual([400, 'NoRegisteredProviderFound']);
    expect(answer.body.error.message).toContain('2026-01-01');
  });

  it('3 a type or namespace that does not exist', async () => {
    const type = await bench.get(`${nowhere}/Microsoft.App/gadgets/x?api-version=2026-01-01`);
    expect(refusal(type)).toEqual([404, 'InvalidResourceType']);
    const namespace = await bench.get(`${nowhere}/Contoso.App/gadgets/x?api-version=2026-01-01`);
    expect(refusal(namespace)).toEqual([404, 'InvalidResourceNamespace']);
  });

  it('4 an unknown subscription', async () => {
    expect(refusal(await bench.put(nowhere + env, {}))).toEqual([404, 'SubscriptionNotFound']);
  });

  it('5 a missing resource group, for any method', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await bench.send(
        method,
        `/subscriptions/{s}/resourceGroups/none/providers${env}`,
        method === 'PUT' ? {} : undefined,
      );
      expect(refusal(answer)).toEqual([404, 'ResourceGroupNotFound']);
    }
    const list = await bench.get(
      '/subscriptions/{s}/resourceGroups/none/providers/Microsoft.App/containerApps?api-version=2026-01-01',
    );
    expect(refusal(list)).toEqual([404, 'ResourceGroupNotFound']);
  });

  it('6 a resource provider that is not registered', async () => {
    const group = await bench.group();
    expect(refusal(await bench.put(group + env, {}))).toEqual([409, 'MissingSubscriptionRegistration']);
  });

  it('7 a lock, before the body is looked at', async () => {
    const group = await bench.group();
    await bench.put(`${group}/Microsoft.Authorization/locks/frozen?api-version=2020-05-01`, {
      properties: { level: 'ReadOnly' },
    });
    const answer = await bench.put(
      `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/app?api-version=2024-11-30`,
      { nonsense: true },
    );
    expect(refusal(answer)).toEqual([409, 'ScopeLocked']);
  });

  it('8 the body, before the parent is looked for', async () => {
    const group = await bench.group();
    const path = `${group}/Microsoft.CognitiveServices/accounts/none/deployments/gpt?api-version=2026-07-01`;
    expect(refusal(await bench.put(path, { nonsense: true }))).toEqual([400, 'InvalidRequestContent']);
  });

  it('9 a missing parent', async () => {
    const group = await bench.group();
    const parent = `${group}/Microsoft.CognitiveServices/accounts/none`;
    const body = { sku: { name: 'GlobalStandard' }, properties: { model: { format: 'OpenAI', name: 'gpt-5-mini' } } };
    expect(refusal(await bench.put(`${parent}/deployments/gpt?api-version=2026-07-01`, body))).toEqual([
      404,
      'ParentResourceNotFound',
    ]);
    expect(refusal(await bench.get(`${parent}/deployments?api-version=2026-07-01`))).toEqual([
      404,
      'ParentResourceNotFound',
    ]);
    const missing = await bench.get(`${parent}?api-version=2026-07-01`);
    expect(refusal(missing)).toEqual([404, 'ResourceNotFound']);
    expect(missing.body.error.message).toContain(
      "'Microsoft.CognitiveServices/accounts/none' under resource group 'rg'",
    );
    expect(missing.headers.get('x-ms-failure-cause')).toBe('gateway');
  });
});

describe('registration', () => {
  it('takes its time and then holds', async () => {
    const path = '/subscriptions/{s}/providers/Microsoft.App';
    expect((await bench.get(`${path}?api-version=2025-04-01`)).body.registrationState).toBe('NotRegistered');
    const registering = await bench.send('POST', `${path}/register?api-version=2025-04-01`);
    expect([registering.status, registering.body.registrationState]).toEqual([200, 'Registering']);
    clock.advance(150);
    const registered = await bench.get(`${path}?api-version=2025-04-01`);
    expect(registered.body.registrationState).toBe('Registered');
    const types: { resourceType: string; apiVersions: string[] }[] = registered.body.resourceTypes;
    expect(types.find((type) => type.resourceType === 'containerApps')?.apiVersions).toContain('2026-01-01');
  });
});

describe('paths', () => {
  it('ignore the casing of fixed segments and types, repeated and trailing slashes', async () => {
    await bench.group('My-Group');
    const path =
      '//subscriptions/{s}//RESOURCEGROUPS/my-group/Providers/microsoft.managedidentity/USERASSIGNEDIDENTITIES/App/?api-version=2024-11-30';
    const created = await bench.put(path, { location: 'westus' });
    expect(created.status).toBe(201);
    expect(created.body.id).toMatch(
      /\/resourceGroups\/My-Group\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/App$/u,
    );
    expect(created.body.type).toBe('Microsoft.ManagedIdentity/userAssignedIdentities');
  });

  it('keep the casing of the name of the last PUT', async () => {
    const group = await bench.group();
    const url = (name: string): string =>
      `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/${name}?api-version=2024-11-30`;
    await bench.put(url('App'), { location: 'westus' });
    expect((await bench.put(url('APP'), { location: 'westus' })).status).toBe(200);
    expect((await bench.get(url('app'))).body.name).toBe('APP');
  });

  it('decode percent signs', async () => {
    await bench.group('a(b)');
    const answer = await bench.get('/subscriptions/{s}/resourceGroups/a%28b%29?api-version=2025-04-01');
    expect(answer.status).toBe(200);
  });

  it('refuse methods that a type does not have', async () => {
    const group = await bench.group();
    const answer = await bench.send('PATCH', `${group}/Microsoft.Authorization/locks/x?api-version=2020-05-01`, {});
    expect(refusal(answer)).toEqual([405, 'HttpMethodNotAllowed']);
  });
});

describe('headers', () => {
  it('are those of ARM', async () => {
    const { headers } = await bench.send('GET', '/subscriptions/{s}?api-version=2022-12-01', undefined, {
      headers: {
        'x-ms-client-request-id': 'abc',
        'x-ms-return-client-request-id': 'true',
        'x-ms-correlation-request-id': 'def',
      },
    });
    expect(headers.get('x-ms-client-request-id')).toBe('abc');
    expect(headers.get('x-ms-correlation-request-id')).toBe('def');
    expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/u);
    expect(headers.get('x-ms-routing-request-id')).toMatch(/^EASTUS2:\d{8}T\d{6}Z:/u);
    expect(headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('249');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});
