import { describe, expect, it } from 'vitest';
import { AzureError } from '../../src/model/azure.ts';
import { failure, fakeAzure } from '../support/fake-transport.ts';

const one = { path: '/subscriptions/s/resourceGroups/g/providers/A/t/x', apiVersion: '2026-01-01' };
const found = { status: 200, body: { id: one.path, properties: { size: 1 } } } as const;

describe('a read', () => {
  it('waits as long as a 429 asks, and goes on', async () => {
    const { azure, clock, sent } = fakeAzure(failure(429, 'TooManyRequests', { 'retry-after': '2' }), found);
    expect(await azure.get(one)).toEqual(found.body);
    expect(sent.length).toBe(2);
    expect(clock.slept.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(2000);
  });

  it('waits by itself when a 429 does not say how long', async () => {
    const { azure, sent } = fakeAzure(
      failure(429, 'TooManyRequests'),
      failure(429, 'TooManyRequests', { 'retry-after': 'nonsense' }),
      found,
    );
    expect(await azure.get(one)).toEqual(found.body);
    expect(sent.length).toBe(3);
  });

  it.each([
    ['seconds', '86400'],
    ['a date', new Date(1_000_000 + 86_400_000).toUTCString()],
  ])('gives up when a 429 asks for a day (%s)', async (_, value) => {
    const { azure, clock } = fakeAzure(failure(429, 'TooManyRequests', { 'retry-after': value }));
    await expect(azure.get(one)).rejects.toMatchObject({ details: { code: 'Throttled' } });
    expect(clock.slept).toEqual([]);
  });

  it.each([408, 500, 502, 503, 504])('tries again after a %i', async (status) => {
    const { azure, sent } = fakeAzure(failure(status, 'ServerBusy'), 'lost', found);
    expect(await azure.get(one)).toEqual(found.body);
    expect(sent.length).toBe(3);
  });

  it('gives up after a few tries', async () => {
    const { azure, sent } = fakeAzure(failure(500, 'InternalServerError'));
    await expect(azure.get(one)).rejects.toMatchObject({ details: { code: 'InternalServerError', status: 500 } });
    expect(sent.length).toBe(5);
  });

  it('takes 404 as absent, but not for a wrong subscription', async () => {
    expect(await fakeAzure(failure(404, 'ResourceNotFound')).azure.get(one)).toBeUndefined();
    await expect(fakeAzure(failure(404, 'SubscriptionNotFound')).azure.get(one)).rejects.toMatchObject({
      details: { code: 'SubscriptionNotFound' },
    });
  });

  it('signs in again once after a 401', async () => {
    const { azure, sent } = fakeAzure(failure(401, 'ExpiredAuthenticationToken'), found);
    expect(await azure.get(one)).toEqual(found.body);
    expect(sent[1]).toBe('(signed in again)');
    await expect(fakeAzure(failure(401, 'AuthenticationFailed')).azure.get(one)).rejects.toMatchObject({
      details: { status: 401 },
    });
  });

  it.each([
    ['a page of HTML', '<html>proxy</html>'],
    ['half an answer', '{"id": "/subscr'],
  ])('takes %s for what it is', async (_, text) => {
    const error = await fakeAzure({ status: 200, text })
      .azure.get(one)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AzureError);
    expect(error).toMatchObject({ details: { code: 'BadResponse' } });
  });

  it.each([
    ['ARM', { error: { code: 'X', message: 'no' } }],
    ['bare', { code: 'X', message: 'no' }],
    ['older providers', { Code: 'X', Message: 'no' }],
  ])('reads errors in the form of %s', async (_, body) => {
    await expect(fakeAzure({ status: 400, body }).azure.get(one)).rejects.toMatchObject({
      details: { code: 'X', message: 'no' },
    });
  });
});

describe('a list', () => {
  const page = (names: readonly string[], more: object = {}) => ({
    status: 200,
    body: { value: names.map((name) => ({ id: name })), ...more },
  });

  it('follows nextLink, empty pages included', async () => {
    const link = (token: string) => ({ nextLink: `https://management.azure.com/x?token=${token}` });
    const { azure } = fakeAzure(page(['a'], link('1')), page([], link('2')), page(['b']));
    expect(await azure.list(one)).toEqual([{ id: 'a' }, { id: 'b' }]);
  });

  it('follows cursors of the Foundry data plane', async () => {
    const { azure, sent } = fakeAzure(
      { status: 200, body: { data: [{ id: 'a' }], has_more: true, last_id: 'a' } },
      { status: 200, body: { data: [{ id: 'b' }], has_more: false } },
    );
    expect(await azure.list(one)).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(sent[1]).toContain('after=a');
  });

  it('notices pages that refer to each other', async () => {
    const { azure } = fakeAzure(page(['a'], { nextLink: 'https://management.azure.com/x?token=1' }));
    await expect(azure.list(one)).rejects.toMatchObject({ details: { code: 'BadResponse' } });
  });

  it('does not take an error with status 200 for an empty list', async () => {
    await expect(
      fakeAzure({ status: 200, body: { error: { code: 'X', message: 'no' } } }).azure.list(one),
    ).rejects.toMatchObject({ details: { code: 'BadResponse' } });
  });
});

describe('a write', () => {
  const body = { properties: { size: 1 } };

  it('is not sent again when the answer was lost and the resource is as intended', async () => {
    const { azure, sent } = fakeAzure('lost', found);
    await azure.put(one, body);
    expect(sent.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
  });

  it('is sent again when the answer was lost and nothing happened', async () => {
    const { azure, sent } = fakeAzure('lost', failure(404, 'ResourceNotFound'), { status: 201, body: found.body });
    expect(await azure.put(one, body)).toEqual(found.body);
    expect(sent.filter((call) => call.startsWith('PUT'))).toHaveLength(2);
  });

  it('waits while the parent is busy', async () => {
    const { azure, sent } = fakeAzure(failure(409, 'RequestConflict'), failure(409, 'RequestConflict'), {
      status: 201,
      body: found.body,
    });
    await azure.put(one, body);
    expect(sent).toHaveLength(3);
  });

  it('waits until a new principal is known', async () => {
    const { azure } = fakeAzure(failure(400, 'PrincipalNotFound'), { status: 201, body: found.body });
    expect(await azure.put(one, body)).toEqual(found.body);
  });

  it.each(['InvalidParameter', 'InsufficientQuota', 'RoleAssignmentExists'])('fails at once for %s', async (code) => {
    const { azure, sent } = fakeAzure(failure(400, code));
    await expect(azure.put(one, body)).rejects.toMatchObject({ details: { code } });
    expect(sent).toHaveLength(1);
  });

  it('of a POST is never repeated, and says when it may have happened', async () => {
    const { azure, sent } = fakeAzure('lost');
    await expect(azure.post(one, body)).rejects.toMatchObject({ details: { maybeDone: true } });
    expect(sent).toHaveLength(1);
    await expect(fakeAzure('refused').azure.post(one, body)).rejects.toMatchObject({ details: { maybeDone: false } });
  });

  it('of a DELETE is done when the resource is gone, whoever removed it', async () => {
    await fakeAzure(failure(404, 'ResourceNotFound')).azure.delete(one);
    await fakeAzure({ status: 204 }).azure.delete(one);
    const { azure, sent } = fakeAzure('lost', failure(404, 'ResourceNotFound'));
    await azure.delete(one);
    expect(sent.filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
  });
});

describe('the token bucket', () => {
  it('lets 250 reads through at once and 25 a second after that', async () => {
    const { azure, clock } = fakeAzure(found);
    for (let read = 0; read < 300; read++) await azure.get(one);
    const waited = clock.slept.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeGreaterThan(1900);
    expect(waited).toBeLessThan(2100);
  });

  it('believes Azure when it says that less is left', async () => {
    const { azure, clock } = fakeAzure({ ...found, headers: { 'x-ms-ratelimit-remaining-subscription-reads': '0' } });
    await azure.get(one);
    await azure.get(one);
    expect(clock.slept.length).toBe(1);
  });
});
