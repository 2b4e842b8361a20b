import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';

/** A pause of the server that lasts until the test ends it. */
interface Pause {
  readonly milliseconds: number;
  readonly end: () => void;
}

const held = vi.hoisted(() => {
  let taken: ((pause: Pause) => void) | undefined;
  return {
    /** The next pause that the server makes. */
    next: (): Promise<Pause> => new Promise((resolve) => (taken = resolve)),
    sleep: (milliseconds: number): Promise<void> => new Promise((end) => taken?.({ milliseconds, end })),
  };
});
vi.mock('node:timers/promises', () => ({ setTimeout: held.sleep }));

let bench: Bench;
let url: string;
beforeEach(async () => {
  bench = await startBench();
  url = `${await bench.group()}/Microsoft.ManagedIdentity/userAssignedIdentities/app?api-version=2024-11-30`;
});
afterEach(() => bench.close());

const body = { location: 'westus' };

describe('a fault', () => {
  it('answers instead of the server, on the n-th matching request', async () => {
    const respond = {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { error: { code: 'TooManyRequests', message: 'Slow down.' } },
    };
    bench.azure.faults.add({ match: { method: 'put', path: 'userAssignedIdentities', nth: 2 }, respond });
    expect((await bench.put(url, body)).status).toBe(201);
    const struck = await bench.put(url, body);
    expect([struck.status, struck.headers.get('retry-after'), struck.body.error.code]).toEqual([
      429,
      '1',
      'TooManyRequests',
    ]);
    expect((await bench.put(url, body)).status).toBe(200);
    expect(bench.azure.faults.list()[0]?.matched).toBe(3);
  });

  it('strikes as often as it says', async () => {
    bench.azure.faults.add({ match: { method: 'GET', times: 2 }, respond: { status: 503 } });
    expect([await bench.get(url), await bench.get(url), await bench.get(url)].map(({ status }) => status)).toEqual([
      503, 503, 404,
    ]);
  });

  it('cuts the connection before the request is carried out', async () => {
    bench.azure.faults.add({ match: { method: 'PUT', nth: 1 }, drop: 'before-commit' });
    await expect(bench.put(url, body)).rejects.toThrow('fetch failed');
    expect((await bench.get(url)).status).toBe(404);
    expect(bench.azure.requests().find(({ status }) => status === 0)?.method).toBe('PUT');
  });

  it('cuts the connection after the request was carried out', async () => {
    bench.azure.faults.add({ match: { method: 'PUT', nth: 1 }, drop: 'after-commit' });
    await expect(bench.put(url, body)).rejects.toThrow('fetch failed');
    expect((await bench.get(url)).status).toBe(200);
  });

  it('reads what was true some writes ago, single resources and lists', async () => {
    bench.azure.faults.add({ match: { method: 'GET', path: 'userAssignedIdentities' }, stale: 1 });
    const list = url.replace('/app?', '?');
    await bench.put(url, body);
    expect((await bench.get(url)).status).toBe(404);
    expect((await bench.get(list)).body.value).toEqual([]);
    await bench.put(url, { ...body, tags: { a: '1' } });
    expect((await bench.get(url)).body.tags).toBeUndefined();
    await bench.send('DELETE', url);
    expect((await bench.get(url)).body.tags).toEqual({ a: '1' });
    expect((await bench.get(list)).body.value).toHaveLength(1);
    bench.azure.faults.clear();
    expect((await bench.get(url)).status).toBe(404);
  });

  it('spoils the body of an answer', async () => {
    for (const malformed of ['truncated', 'html', 'empty'] as const) {
      bench.azure.faults.clear();
      bench.azure.faults.add({ match: { method: 'PUT' }, malformed });
      const answer = await bench.put(url, body);
      expect(answer.status).toBeLessThan(300);
      expect(answer.body === undefined || typeof answer.body === 'string').toBe(true);
    }
    bench.azure.faults.clear();
    expect((await bench.get(url)).status).toBe(200);
  });

  it('delays an answer', async () => {
    bench.azure.faults.add({ match: { method: 'GET', nth: 1 }, delayMs: 60_000 });
    const asked = held.next();
    let answered = false;
    const late = bench.get(url).then(({ status }) => {
      answered = true;
      return status;
    });
    const { milliseconds, end } = await asked;
    await bench.put(url, body);
    expect([milliseconds, answered]).toEqual([60_000, false]);
    end();
    expect(await late).toBe(200);
  });

  it('lets an operation take its own time', async () => {
    const clock = createVirtualClock();
    await bench.close();
    bench = await startBench({
      clock,
      faults: [{ match: { method: 'PUT', path: 'managedEnvironments' }, operation: { durationMs: 9000 } }],
    });
    const path = `${await bench.group()}/Microsoft.App/managedEnvironments/env?api-version=2026-01-01`;
    await bench.put(path, { location: 'westus' });
    clock.advance(8999);
    expect((await bench.get(path)).body.properties.provisioningState).toBe('Waiting');
    clock.advance(1);
    expect((await bench.get(path)).body.properties.provisioningState).toBe('Succeeded');
  });
});

describe('faults', () => {
  it('come from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faults-'));
    const faultsFile = join(folder, 'faults.yaml');
    writeFileSync(faultsFile, '- match: { method: GET, path: subscriptions }\n  respond: { status: 500 }\n');
    await bench.close();
    bench = await startBench({ faultsFile });
    expect((await bench.get('/subscriptions?api-version=2022-12-01')).status).toBe(500);
    rmSync(folder, { recursive: true });
  });

  it('are read, added and cleared over the wire, without a token', async () => {
    const fault = { match: { method: 'GET', path: '/tenants' }, respond: { status: 418 } };
    const send = (method: string, content?: unknown): ReturnType<Bench['send']> =>
      bench.send(method, '/_local/faults', content, { token: false });
    expect((await send('POST', fault)).body.value).toHaveLength(1);
    expect((await bench.get('/tenants?api-version=2022-12-01')).status).toBe(418);
    expect((await send('GET')).body.value[0].matched).toBe(1);
    expect((await send('DELETE')).status).toBe(204);
    expect((await bench.get('/tenants?api-version=2022-12-01')).status).toBe(200);
    expect((await send('POST', { respond: {} })).status).toBe(400);
  });
});

describe('the server itself', () => {
  it('tells its health, its clock and its log', async () => {
    const clock = createVirtualClock();
    await bench.close();
    bench = await startBench({ clock, timing: { operationMs: 0, latencyMs: 40 } });
    expect((await bench.get('/_local/health')).body).toEqual({ status: 'ok' });
    await bench.send('POST', '/_local/clock', { advanceMs: 1000 });
    expect((await bench.get('/_local/clock')).body).toEqual({ kind: 'virtual', now: '2026-01-01T00:00:01.000Z' });
    await bench.get('/tenants?api-version=2022-12-01');
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(1040);
    const log = (await bench.get('/_local/requests')).body.value;
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ method: 'GET', path: '/tenants', apiVersion: '2022-12-01', status: 200 });
    expect(log[0].requestHeaders.authorization).toBe('Bearer ***');
    expect((await bench.get('/_local/nonsense')).status).toBe(404);
  });
});
