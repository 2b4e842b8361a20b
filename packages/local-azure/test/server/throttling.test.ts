import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';

let bench: Bench;
afterEach(() => bench.close());

const READ = '/subscriptions/{s}/resourcegroups?api-version=2025-04-01';
const REMAINING = 'x-ms-ratelimit-remaining-subscription-reads';

async function times(count: number, send: () => Promise<Answer>): Promise<Answer[]> {
  return await Promise.all(Array.from({ length: count }, send));
}

const statuses = (answers: readonly Answer[]): Record<number, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, found]) => [status, found.length]),
  );

/** A token that names somebody. */
function tokenOf(oid: string): { token: false; headers: Record<string, string> } {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return { token: false, headers: { authorization: `Bearer ${part({ alg: 'none' })}.${part({ oid })}.x` } };
}

describe("Azure's own limits", () => {
  it('250 reads at once, 25 more each second', async () => {
    const clock = createVirtualClock();
    bench = await startBench({ clock, throttling: true });
    const first = await bench.get(READ);
    expect(first.headers.get(REMAINING)).toBe('249');
    expect(first.headers.get('x-ms-ratelimit-remaining-subscription-global-reads')).toBe('3749');
    expect(statuses(await times(260, () => bench.get(READ)))).toEqual({ 200: 249, 429: 11 });
    const refused = await bench.get(READ);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get(REMAINING)).toBe('0');
    expect(refused.headers.get('x-ms-failure-cause')).toBe('gateway');
    expect(refused.body.error.code).toBe('SubscriptionRequestsThrottled');
    expect(refused.body.error.message).toContain("Number of 'read' requests for subscription");
    clock.advance(1000);
    expect(statuses(await times(30, () => bench.get(READ)))).toEqual({ 200: 25, 429: 5 });
    clock.advance(3_600_000);
    expect((await bench.get(READ)).headers.get(REMAINING)).toBe('249');
  });

  it('200 writes and 200 deletes at once, 10 more each second', async () => {
    const clock = createVirtualClock();
    bench = await startBench({ clock, throttling: true });
    const path = '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01';
    const written = await times(201, () => bench.put(path, { location: 'westus' }));
    expect(statuses(written)).toEqual({ 200: 199, 201: 1, 429: 1 });
    const deleted = await times(201, () => bench.send('DELETE', path.replace('rg', 'none')));
    expect(statuses(deleted)).toEqual({ 404: 200, 429: 1 });
    expect(deleted.map(({ headers }) => headers.get('x-ms-ratelimit-remaining-subscription-deletes'))).toContain('0');
    clock.advance(1000);
    expect(statuses(await times(12, () => bench.put(path, { location: 'westus' })))).toEqual({ 200: 10, 429: 2 });
    expect((await bench.get(READ)).status).toBe(200);
  });
});

describe('buckets', () => {
  const few = { reads: { size: 2, refill: 0.1 } };

  it('are one for each principal, subscription and kind of request; Retry-After says when it is worth it', async () => {
    const clock = createVirtualClock();
    const other = '00000000-0000-4000-a000-000000000009';
    bench = await startBench({ clock, throttling: few, subscriptions: [other] });
    const read = (who: string, subscription: string): Promise<Answer> =>
      bench.send('GET', READ.replace('{s}', subscription), undefined, tokenOf(who));
    expect(statuses(await times(3, () => read('ada', other)))).toEqual({ 200: 2, 429: 1 });
    expect((await read('ada', '00000000-0000-4000-a000-000000000001')).status).toBe(200);
    expect((await read('bob', other)).status).toBe(200);
    clock.advance(500);
    expect((await read('ada', other)).headers.get('retry-after')).toBe('10');
    clock.advance(9499);
    expect((await read('ada', other)).status).toBe(429);
    clock.advance(1);
    expect((await read('ada', other)).status).toBe(200);
  });

  it('are shared by all principals at fifteen times the size', async () => {
    bench = await startBench({ clock: createVirtualClock(), throttling: few });
    let who = 0;
    const answers = await times(31, () => bench.send('GET', READ, undefined, tokenOf(`person ${(who += 1)}`)));
    expect(statuses(answers)).toEqual({ 200: 30, 429: 1 });
  });

  it('count for the tenant where no subscription is named, and neither tokens nor requests without one', async () => {
    bench = await startBench({ clock: createVirtualClock(), throttling: few });
    const tenants = await times(3, () => bench.get('/tenants?api-version=2022-12-01'));
    expect(statuses(tenants)).toEqual({ 200: 2, 429: 1 });
    expect(tenants.find(({ status }) => status === 429)?.body.error.code).toBe('TenantRequestsThrottled');
    expect(tenants[0]?.headers.get('x-ms-ratelimit-remaining-tenant-reads')).toBe('1');
    const nobody = await times(5, () => bench.send('GET', READ, undefined, { token: false }));
    expect(statuses(nobody)).toEqual({ 401: 5 });
    const metadata = await times(5, () => bench.get('/metadata/endpoints?api-version=2022-09-01'));
    expect(statuses(metadata)).toEqual({ 200: 5 });
  });
});

it('nothing is refused unless the option is set', async () => {
  bench = await startBench();
  const answers = await times(400, () => bench.get(READ));
  expect(statuses(answers)).toEqual({ 200: 400 });
  expect(answers.at(-1)?.headers.get(REMAINING)).toBe('249');
});
