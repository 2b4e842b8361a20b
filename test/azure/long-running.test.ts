import { describe, expect, it } from 'vitest';
import { failure, fakeAzure } from '../support/fake-transport.ts';

const one = { path: '/subscriptions/s/resourceGroups/g/providers/A/t/x', apiVersion: '2026-01-01' };
const status = 'https://management.azure.com/operations/1?api-version=1';
const resource = (state: string) => ({ status: 200, body: { id: one.path, properties: { provisioningState: state } } });
const says = (text: string, more: object = {}) => ({ status: 200, body: { status: text, ...more } });

describe('a long-running operation', () => {
  it('is followed by its status URL, then the resource is read', async () => {
    const { azure, sent } = fakeAzure(
      { status: 201, headers: { 'azure-asyncoperation': status }, body: resource('Creating').body },
      says('InProgress'),
      says('Succeeded'),
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toEqual(resource('Succeeded').body);
    expect(sent.map((call) => call.split('?')[0])).toEqual([
      `PUT ${one.path}`,
      'GET /operations/1',
      'GET /operations/1',
      `GET ${one.path}`,
    ]);
  });

  it('is followed by its Location until it is no longer 202', async () => {
    const { azure } = fakeAzure(
      { status: 202, headers: { location: status } },
      { status: 202 },
      { status: 200 },
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toEqual(resource('Succeeded').body);
  });

  it('is followed by the resource when there is no URL', async () => {
    const { azure } = fakeAzure(
      { status: 201, body: resource('Creating').body },
      resource('Creating'),
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toEqual(resource('Succeeded').body);
  });

  it('takes statuses in any case', async () => {
    const { azure } = fakeAzure(
      { status: 201, headers: { 'azure-asyncoperation': status } },
      says('succeeded'),
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toBeDefined();
  });

  it.each([
    ['a relative URL', '/operations/1'],
    ['an absolute URL', status],
  ])('may name its status by %s', async (_, url) => {
    const { azure, sent } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': url } },
      says('Succeeded'),
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toBeDefined();
    expect(sent[1]).toMatch(/^GET \/operations\/1/);
  });

  it('never follows a URL on another host, which would be sent our token', async () => {
    const { azure, sent } = fakeAzure(
      {
        status: 202,
        headers: { 'azure-asyncoperation': 'https://evil.example/1', location: 'https://evil.example/2' },
      },
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toBeDefined();
    expect(sent.join()).not.toContain('evil');
  });

  it('falls back to the resource when its status URL is of no use', async () => {
    const { azure } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': status } },
      { status: 200, body: { nonsense: true } },
      { status: 200, body: 5 },
      { status: 200, body: [] },
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toEqual(resource('Succeeded').body);
  });

  it('fails with what Azure says', async () => {
    const { azure } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': status } },
      says('Failed', { error: { code: 'QuotaExceeded', message: 'no cores left' } }),
    );
    await expect(azure.put(one, {})).rejects.toMatchObject({
      details: { code: 'QuotaExceeded', message: 'no cores left', maybeDone: false },
    });
  });

  it('fails when the resource ends as failed', async () => {
    const { azure } = fakeAzure({ status: 201, body: resource('Creating').body }, resource('Failed'));
    await expect(azure.put(one, {})).rejects.toMatchObject({ details: { code: 'OperationFailed' } });
  });

  it('is given up after its deadline, saying that it may go on', async () => {
    const { azure, clock } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': status } },
      says('InProgress'),
    );
    const started = clock.now();
    await expect(azure.put(one, {}, { deadlineMs: 60_000 })).rejects.toMatchObject({
      details: { code: 'Timeout', maybeDone: true },
    });
    expect(clock.now() - started).toBeLessThanOrEqual(60_000);
  });

  it('polls as often as Azure asks', async () => {
    const { azure, clock } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': status, 'retry-after': '7' } },
      { ...says('InProgress'), headers: { 'retry-after': '3' } },
      says('Succeeded'),
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toBeDefined();
    expect(clock.slept).toEqual([7000, 3000]);
  });

  it('waits for a resource that is created but not visible yet', async () => {
    const { azure } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': status } },
      says('Succeeded'),
      failure(404, 'ResourceNotFound'),
      resource('Succeeded'),
    );
    expect(await azure.put(one, {})).toEqual(resource('Succeeded').body);
  });

  it('of a delete ends when the resource is gone', async () => {
    const { azure } = fakeAzure(
      { status: 202, headers: { location: status } },
      { status: 202 },
      { status: 200 },
      failure(404, 'ResourceNotFound'),
    );
    await expect(azure.delete(one)).resolves.not.toThrow();
  });

  it('tells what it says of itself', async () => {
    const told: string[] = [];
    const { azure } = fakeAzure(
      { status: 202, headers: { 'azure-asyncoperation': status } },
      says('InProgress', { percentComplete: 40 }),
      says('Succeeded'),
      resource('Succeeded'),
    );
    await azure.put(one, {}, { report: (text) => told.push(text) });
    expect(told).toEqual(['InProgress 40 %', 'Succeeded']);
  });
});
