import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLease, type Lease } from '../src/azure/blob-lease.ts';
import { systemClock, type Clock } from '../src/azure/clock.ts';
import { connect } from '../src/azure/connect.ts';
import { guarded } from '../src/azure/guarded.ts';
import type { LogEntry } from '@ingate/local-azure';
import { createLab, GROUP, SUBSCRIPTION, type Lab } from './support/lab.ts';
import { hastyClock, LOCKED_ENVIRONMENT, LOCKED_FILES, logs, occupy, vacate } from './support/lock-lab.ts';

/** The clock of commands: the machine's, or one that a test puts in its place. */
const clocks: { own: Clock | undefined } = { own: undefined };
const current = (): Clock => clocks.own ?? systemClock;
const clock: Clock = { now: () => current().now(), sleep: (...asked) => current().sleep(...asked) };

const CONTAINER = 'https://statedev.blob.core.windows.net/locks';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({
    clock,
    files: LOCKED_FILES,
  });
});
afterEach(async () => {
  clocks.own = undefined;
  await lab.close();
});

const apply = (...more: readonly string[]) => lab.ingate('apply', '-e', 'dev', '--yes', ...more);

/** True when somebody asked for the lock and did not get it. */
function isRefusedLease({ url, status }: LogEntry): boolean {
  return url.includes('comp=lease') && status === 409;
}

describe('ingate apply with a lock', () => {
  it('creates the account of the lock first, and takes and gives back the lock from then on', async () => {
    const first = await apply();
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('ING6404') });
    lab.write({ 'environments/dev/logs.yaml': logs(60) });
    const second = await apply();
    expect([second.code, second.err]).toEqual([0, expect.not.stringContaining('ING6404')]);
    const leases = lab.azure.requests().filter(({ url }) => url.includes('comp=lease'));
    expect(leases.map(({ status }) => status)).toEqual([201, 200]);
  });

  it('refuses with 14 while another run has it, says who, and writes nothing; plan does not care', async () => {
    await apply();
    await occupy(lab);
    lab.write({ 'environments/dev/logs.yaml': logs(60) });
    expect((await lab.ingate('plan', '-e', 'dev')).code).toBe(0);
    const before = lab.azure.requests().length;
    const refused = await apply();
    expect(refused.code).toBe(14);
    expect(refused.err).toContain('locked by ada since 2026-01-02T03:04:05.000Z (run 7)');
    const written = lab.azure
      .requests()
      .slice(before)
      .filter(({ method, url }) => !['GET', 'HEAD'].includes(method) && !url.includes('/locks/'));
    expect(written).toEqual([]);
    for (const command of [
      ['drift', 'revert'],
      ['rollback', 'support'],
    ])
      expect((await lab.ingate(...command, '-e', 'dev')).code).toBe(14);
  });

  it('waits as long as it was told to', async () => {
    await apply();
    await occupy(lab);
    lab.write({ 'environments/dev/logs.yaml': logs(60) });
    clocks.own = hastyClock();
    const before = lab.azure.requests().length;
    const applied = apply('--lock-timeout', '3600');
    await lab.azure.until((log) => log.slice(before).filter(isRefusedLease).length === 2);
    await vacate(lab);
    const waited = await applied;
    expect(waited).toMatchObject({ code: 0, err: expect.stringContaining('Waiting for the lock of ada') });
  });

  it('says what is missing when the lock cannot be taken', async () => {
    lab.write({ 'environments/dev/environment.yaml': LOCKED_ENVIRONMENT.replace('state,', 'elsewhere,') });
    expect(await apply()).toMatchObject({ code: 1, err: expect.stringContaining('ING6403') });
  });
});

/** Time that a test moves. Sleepers wake when it passes them; `advance` resolves when all of these sleep again. */
function manualClock(): Clock & { advance(milliseconds: number): Promise<void>; wake(milliseconds: number): void } {
  let now = Date.now();
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let asleep = (): void => undefined;
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((wake, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        sleepers.push({ at: now + milliseconds, wake });
        asleep();
      }),
    wake(milliseconds) {
      now += milliseconds;
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      for (const one of due) one.wake();
    },
    async advance(milliseconds) {
      now += milliseconds;
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      const all = sleepers.length + due.length;
      const settled = new Promise<void>((resolve) => {
        asleep = () => sleepers.length === all && resolve();
      });
      for (const { wake } of due) wake();
      if (due.length > 0) await settled;
    },
  };
}

/** A lease on the lab's lock on a clock of its own, and a write under it. */
async function leased() {
  await apply();
  const clock = manualClock();
  const scope = {
    name: 'dev',
    cloud: 'local' as const,
    subscriptionId: SUBSCRIPTION,
    tenantId: undefined,
    resourceGroup: 'rg-test',
    groupPath: GROUP,
    location: 'swedencentral',
    tags: {},
  };
  const connection = await connect({ scope, stateFolder: lab.root, userAgent: 't', localUrl: lab.azure.url, clock });
  const owner = { who: 'tést\r\n', run: '', since: '' };
  const taken = await takeLease({
    session: connection.session,
    container: CONTAINER,
    blob: 'dev',
    owner,
    patience: 0,
  });
  if ('holder' in taken) throw new Error('The lock is not free');
  const lease: Lease = taken;
  const write = () =>
    guarded(connection.azure, lease).patch({ path: GROUP, apiVersion: '2025-04-01' }, { tags: { a: 'b' } });
  return { clock, connection, lease, write };
}

describe('a lease', () => {
  it('is renewed in time, and stops all writing before it could be somebody else’s', async () => {
    const { clock, connection, lease, write } = await leased();
    for (let round = 0; round < 6; round++) {
      await clock.advance(20_000);
      await write();
    }
    lab.azure.faults.add({ match: { method: 'PUT', path: '/locks/' }, drop: 'before-commit' });
    await clock.advance(39_000);
    await write();
    await clock.advance(2_000);
    await expect(write()).rejects.toMatchObject({ problem: { code: 'ING6402' } });
    lab.azure.faults.clear();
    await clock.advance(2_000);
    await write();
    await lease.release();
    await connection.close();
  });

  it('that was never renewed allows writes for two thirds of its time, and none afterwards', async () => {
    const { clock, connection, lease, write } = await leased();
    lab.azure.faults.add({ match: { method: 'PUT', path: '/locks/' }, drop: 'before-commit' });
    await clock.advance(39_000);
    await write();
    await clock.advance(2_000);
    await expect(write()).rejects.toMatchObject({ problem: { code: 'ING6402' } });
    lab.azure.faults.clear();
    await lease.release();
    await connection.close();
  });

  it('whose renewal is refused is somebody else’s: no write starts from then on', async () => {
    const { clock, connection, lease, write } = await leased();
    const body = { error: { code: 'LeaseIdMismatchWithLeaseOperation', message: 'Another holds it.' } };
    lab.azure.faults.add({ match: { method: 'PUT', path: '/locks/' }, respond: { status: 409, body } });
    const before = lab.azure.requests().length;
    clock.wake(20_000);
    await lab.azure.until((log) => log.slice(before).some(({ url }) => url.includes('comp=lease')));
    await expect
      .poll(() =>
        write().then(
          () => 'written',
          (error: unknown) => error,
        ),
      )
      .toMatchObject({
        problem: { code: 'ING6402' },
      });
    lab.azure.faults.clear();
    await lease.release();
    await connection.close();
  });

  it('that was given back allows no write', async () => {
    const { connection, lease, write } = await leased();
    await lease.release();
    await expect(write()).rejects.toMatchObject({ problem: { code: 'ING6402' } });
    await connection.close();
  });
});
