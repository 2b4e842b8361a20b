import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../src/local-azure/index.ts';
import { createLab, type Lab } from './support/lab.ts';
import { isFree, LOCKED_FILES, logs, occupy, vacate, writesIn } from './support/lock-lab.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;
const HOUR = 3_600_000;
const APPLY = ['apply', '-e', 'dev', '--yes'];

let lab: Lab;
let before: number;
beforeEach(async () => {
  lab = await createLab({ files: LOCKED_FILES });
  await lab.ingate(...APPLY);
  lab.write({ 'environments/dev/logs.yaml': logs(60) });
  before = lab.azure.requests().length;
});
afterEach(() => lab.close());

function start(...args: readonly string[]): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(process.execPath, [main, ...args, '--cwd', lab.root], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

async function codeOf(child: ChildProcess): Promise<unknown> {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal ?? code;
}

/** Resolves when a request of the command has been answered; rejects when the command ends before. */
async function asked(child: ChildProcess, isMeant: (entry: LogEntry) => boolean): Promise<void> {
  const early = codeOf(child).then((code) => {
    throw new Error(`It ended with ${String(code)}`);
  });
  early.catch(() => undefined);
  await Promise.race([lab.azure.until((log) => log.slice(before).some(isMeant)), early]);
}

const isLease = ({ url, status }: LogEntry): boolean => url.includes('comp=lease') && status === 201;
const isRefusedLease = ({ url, status }: LogEntry): boolean => url.includes('comp=lease') && status === 409;

describe('a signal under the lock', () => {
  it.each(SIGNALS)('%s while planning gives the lock back and ends with %i', async (signal, code) => {
    lab.azure.faults.add({ match: { method: 'GET', path: 'workspaces' }, respond: { status: 503 } });
    const { child, said } = start(...APPLY);
    await asked(child, isLease);
    child.kill(signal);
    expect(await codeOf(child)).toBe(code);
    expect(said()).toContain(`Stopped by ${signal}`);
    expect(writesIn(lab.azure.requests().slice(before))).toEqual([]);
    expect(await isFree(lab)).toBe(true);
  });

  it.each(SIGNALS)('%s while waiting for the lock ends the waiting with %i', async (signal, code) => {
    await occupy(lab);
    const { child } = start(...APPLY, '--lock-timeout', '3600');
    await asked(child, isRefusedLease);
    child.kill(signal);
    expect(await codeOf(child)).toBe(code);
    await vacate(lab);
    expect(writesIn(lab.azure.requests().slice(before))).toEqual([]);
  });

  it.each(SIGNALS)(
    '%s while Azure is busy ends the back-off, the journal and the lock with %i',
    async (signal, code) => {
      const body = { error: { code: 'RequestConflict', message: 'Busy.' } };
      lab.azure.faults.add({ match: { method: 'PUT', path: 'workspaces' }, respond: { status: 409, body } });
      const { child } = start(...APPLY);
      await asked(child, ({ method, status, url }) => method === 'PUT' && status === 409 && url.includes('workspaces'));
      child.kill(signal);
      expect(await codeOf(child)).toBe(code);
      const folder = join(lab.root, '.ingate/journal/dev');
      const journal = readFileSync(join(folder, readdirSync(folder).toSorted().at(-1) ?? ''), 'utf8');
      expect(JSON.parse(journal.trim().split('\n').at(-1) ?? '')).toMatchObject({ type: 'end', interrupted: true });
      expect(await isFree(lab)).toBe(true);
    },
  );

  it('a second one gives up what is in flight', async () => {
    lab.write({ 'environments/dev/more.yaml': MORE });
    lab.azure.faults.add({ match: { method: 'PUT', path: 'storageAccounts' }, operation: { durationMs: HOUR } });
    const { child, said } = start(...APPLY);
    await asked(child, ({ method, url }) => method === 'PUT' && url.includes('storageAccounts'));
    child.kill('SIGTERM');
    child.kill('SIGINT');
    // Two signals that wait for a process come in no order.
    expect([130, 143]).toContain(await codeOf(child));
    expect(said()).toContain('ING5003');
    expect(await isFree(lab)).toBe(true);
  });
});

describe('output that can no longer be written', () => {
  const shell = (line: string): ChildProcess =>
    spawn('bash', ['-o', 'pipefail', '-c', line], {
      env: { ...process.env, NODE: process.execPath, INGATE: main, ROOT: lab.root, CI: 'true', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const APPLY_IN_SHELL = '"$NODE" "$INGATE" apply -e dev --yes --cwd "$ROOT"';

  it.each([
    ['a closed standard output', `${APPLY_IN_SHELL} 2>/dev/null | true`],
    ['a closed standard error', `${APPLY_IN_SHELL} 2>&1 >/dev/null | head -c 1 >/dev/null`],
    ['a full standard output', `${APPLY_IN_SHELL} >/dev/full 2>/dev/null`],
    ['a full standard error', `${APPLY_IN_SHELL} >/dev/null 2>/dev/full`],
    ['full outputs', `${APPLY_IN_SHELL} >/dev/full 2>&1`],
  ])('%s never makes half an apply a success', async (_, line) => {
    lab.write({ 'environments/dev/more.yaml': MORE });
    const code = await codeOf(shell(line));
    const isDone = (await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code === 0;
    expect(isDone ? [0, 141] : [141]).toContain(code);
    expect(await isFree(lab)).toBe(true);
    expect((await lab.ingate(...APPLY)).code).toBe(0);
  });

  it('stops an apply before its first write when it was lost before', async () => {
    lab.azure.faults.add({ match: { method: 'GET', path: 'workspaces' }, delayMs: 300 });
    const child = start(...APPLY, '--debug').child;
    child.stdout?.destroy();
    child.stderr?.destroy();
    expect(await codeOf(child)).toBe(141);
    expect(writesIn(lab.azure.requests().slice(before))).toEqual([]);
    expect(await isFree(lab)).toBe(true);
  });

  it('ends a command that only reads quietly when its reader has seen enough, and not when the disk is full', async () => {
    const run = async (line: string): Promise<readonly [unknown, string]> => {
      const child = shell(line);
      let err = '';
      child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.stdout?.resume();
      return [await codeOf(child), err];
    };
    const PLAN = '"$NODE" "$INGATE" plan -e dev --cwd "$ROOT"';
    expect(await run(`${PLAN} | head -1`)).toEqual([0, '']);
    expect(await run(`${PLAN} | true`)).toEqual([0, '']);
    expect(await run(`${PLAN} >/dev/full`)).toEqual([141, expect.stringContaining('ING6008')]);
  });
});

const MORE = Array.from(
  { length: 6 },
  (_, index) => `---\napiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data${index} }\n`,
).join('');
