import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warnOfCosts } from '../src/cli/lock.ts';
import type { Change } from '../src/model/plan.ts';
import { createLab, GROUP, type Lab } from './support/lab.ts';
import { hastyClock, isFree, LOCKED_FILES, logs, writesIn } from './support/lock-lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: LOCKED_FILES, clock: hastyClock() });
  lab.commit('first');
  await lab.ingate('apply', '-e', 'dev', '--yes');
  lab.write({ 'environments/dev/logs.yaml': logs(60) });
});
afterEach(() => lab.close());

const apply = (...more: readonly string[]) => lab.ingate('apply', '-e', 'dev', '--yes', ...more);
/** Requests about the lease: taking and giving back; without them metadata and the blob itself. */
const leases = () =>
  lab.azure.requests().filter(({ method, url }) => method === 'PUT' && url.includes('comp=lease')).length;

describe('a lease that was taken', () => {
  it.each([
    ['403', { status: 403, body: { error: { code: 'AuthorizationPermissionMismatch', message: 'No.' } } }],
    ['503, five times', { status: 503 }],
    ['412', { status: 412 }],
  ])('is used and given back when its owner cannot be written: %s', async (_, respond) => {
    const times = respond.status === 503 ? 5 : 1;
    lab.azure.faults.add({ match: { method: 'PUT', path: 'locks/dev', nth: 3, times }, respond });
    expect((await apply()).code).toBe(0);
    expect(await isFree(lab)).toBe(true);
  });

  it('is given back when the work under it fails, in whatever way', async () => {
    lab.azure.faults.add({ match: { method: 'GET', path: 'workspaces' }, respond: { status: 403 } });
    expect((await apply()).code).not.toBe(0);
    lab.azure.faults.clear();
    lab.azure.faults.add({ match: { method: 'PUT', path: 'workspaces' }, respond: { status: 400 } });
    expect((await apply()).code).toBe(13);
    expect(await isFree(lab)).toBe(true);
  });

  it('is given back when no answer says that it was taken', async () => {
    lab.azure.faults.add({ match: { method: 'PUT', path: 'locks/dev', nth: 2, times: 5 }, drop: 'after-commit' });
    expect(await apply()).toMatchObject({ code: 1, err: expect.stringContaining('ING6403') });
    expect(await isFree(lab)).toBe(true);
  });

  it('does not keep the command when it cannot be given back', async () => {
    lab.azure.faults.add({ match: { method: 'PUT', path: 'locks/dev', nth: 4, times: 100 }, respond: { status: 503 } });
    expect((await apply()).code).toBe(0);
    expect(leases()).toBeGreaterThan(2);
  });
});

describe('a lock that is gone', () => {
  const container = `${GROUP}/providers/Microsoft.Storage/storageAccounts/statedev/blobServices/default/containers/locks`;

  it('is an error in an environment that was applied before; --no-lock creates it again', async () => {
    expect((await lab.send('DELETE', `${container}?api-version=2026-04-01`)).status).toBe(200);
    const before = lab.azure.requests().length;
    for (const command of [
      ['apply', '--yes'],
      ['drift', 'revert', '--yes'],
      ['rollback', 'support'],
    ]) {
      const refused = await lab.ingate(...command, '-e', 'dev');
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('ING6406')]);
    }
    expect(writesIn(lab.azure.requests().slice(before))).toEqual([]);
    expect((await apply('--no-lock')).code).toBe(0);
    expect(await apply()).toMatchObject({ code: 0, err: expect.not.stringContaining('ING64') });
  });

  it('is no error where the last apply was made without it: it is not there yet', async () => {
    lab.write({
      'environments/dev/environment.yaml': LOCKED_FILES['environments/dev/environment.yaml'].replace('state', 'fresh'),
      'environments/dev/fresh.yaml': LOCKED_FILES['environments/dev/state.yaml'].replace('state', 'fresh'),
    });
    expect(await apply()).toMatchObject({ code: 0, err: expect.stringContaining('ING6404') });
    expect(await apply()).toMatchObject({ code: 0, err: expect.not.stringContaining('ING64') });
  });

  it('cannot be judged when Azure does not say whether it is there', async () => {
    lab.azure.faults.add({ match: { method: 'GET', path: 'containers/locks' }, respond: { status: 403 } });
    expect(await apply()).toMatchObject({ code: 1, err: expect.stringContaining('ING6403') });
  });
});

describe('work that costs', () => {
  const change = (action: 'run' | 'update', name: string) => ({ id: `EvaluationGate/${name}`, action }) as Change;
  const gates = [change('run', 'one'), change('update', 'two')];
  const environment = (lock: object | undefined) =>
    ({ environment: { spec: { lock } } }) as unknown as Parameters<typeof warnOfCosts>[0];

  it('is named in a warning where there is no lock, unless --no-lock says that nobody else writes', () => {
    const codes = (lock: object | undefined, options: { readonly lock?: boolean }) =>
      warnOfCosts(environment(lock), gates, options).map(({ code, severity, message }) => [code, severity, message]);
    expect(codes(undefined, {})).toEqual([
      ['ING6407', 'warning', 'Without a lock, another run at the same time would do this twice: EvaluationGate/one'],
    ]);
    expect(codes(undefined, { lock: false })).toEqual([]);
    expect(codes({ storageAccount: 'a', container: 'b' }, {})).toEqual([]);
    expect(warnOfCosts(environment(undefined), [change('update', 'two')], {})).toEqual([]);
  });
});
