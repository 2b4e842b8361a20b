import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { createLab, type Lab } from './support/lab.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

const FILES = {
  'environments/dev/data.yaml': Array.from(
    { length: 6 },
    (_, index) => `---\napiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data${index} }\n`,
  ).join(''),
};

const HOUR = 3_600_000;

let lab: Lab;
afterEach(() => lab.close());

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Never blocks, because the embedded Azure lives in this process. */
function runCommand(command: string, args: readonly string[]): Promise<Ran> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

function run(...args: readonly string[]): Promise<Ran> {
  return runCommand(process.execPath, [main, ...args, '--cwd', lab.root]);
}

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args, '--cwd', lab.root], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true' },
  });
}

function writes(): number {
  return lab.azure.requests().filter((request) => request.method === 'PUT').length;
}

/** Waits until the command has written so often; it must not end before. */
async function written(count: number, child: ChildProcess): Promise<void> {
  const early = ended(child).then(({ code }) => {
    throw new Error(`It ended with ${code} after ${writes()} writes`);
  });
  early.catch(() => undefined);
  await Promise.race([lab.azure.until(() => writes() >= count), early]);
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
}

describe('the real command line', () => {
  it('prints its version and help, and knows what it does not know', async () => {
    lab = await createLab();
    expect(await run('--version')).toMatchObject({ status: 0, stdout: '0.1.0\n' });
    expect((await run('--help')).stdout).toContain('ingate plan -e dev');
    expect((await run('paln')).status).toBe(64);
    expect((await run('plan', '--nonsense')).status).toBe(64);
    expect(await run('plan', '-e', 'prod')).toMatchObject({ status: 1 });
  });

  it('loads no Azure package for help and validate', async () => {
    lab = await createLab({ files: FILES });
    for (const args of [['--help'], ['validate']]) {
      const loaded = await runCommand(process.execPath, [
        '--import',
        'data:text/javascript,import{registerHooks}from"node:module";registerHooks({load(u,c,n){if(u.includes("@azure/"))console.log("LOADED "+u);return n(u,c)}})',
        main,
        ...args,
        '--cwd',
        lab.root,
      ]);
      expect(loaded.status, loaded.stderr).toBe(0);
      expect(loaded.stdout).not.toContain('LOADED');
    }
  });

  it('asks nobody where there is no terminal', async () => {
    lab = await createLab({ files: FILES });
    const ran = await run('apply', '-e', 'dev');
    expect(ran.status).toBe(64);
    expect(ran.stderr).toContain('--yes');
    expect(writes()).toBe(0);
  });

  it('finishes what is in flight after Ctrl-C, reports it, exits with 130, and carries on next time', async () => {
    lab = await createLab({ files: FILES });
    lab.azure.faults.add({ match: { method: 'PUT', path: 'storageAccounts' }, operation: { durationMs: HOUR } });
    const child = start('apply', '-e', 'dev', '--yes', '--parallelism', '2');
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    // The group and two accounts, neither of which ends before an hour is over.
    await written(3, child);
    child.kill('SIGINT');
    lab.azure.faults.clear();
    lab.azure.clock.advance(HOUR);
    expect(await ended(child)).toEqual({ code: 130, signal: null });
    expect(output).toContain('Apply interrupted');
    expect(output).toContain('not started');
    expect((await run('apply', '-e', 'dev', '--yes')).status).toBe(0);
    expect((await run('plan', '-e', 'dev', '--detailed-exitcode')).status).toBe(0);
  });

  it('leaves nothing behind that the next run cannot complete after kill -9', async () => {
    lab = await createLab({ files: FILES, azure: { timing: { operationMs: 200 } } });
    for (const count of [1, 3, 5]) {
      const child = start('apply', '-e', 'dev', '--yes', '--parallelism', '1');
      await written(count, child);
      child.kill('SIGKILL');
      await ended(child);
    }
    expect((await run('apply', '-e', 'dev', '--yes')).status).toBe(0);
    expect((await run('plan', '-e', 'dev', '--detailed-exitcode')).status).toBe(0);
  });

  it('writes a journal of what it did', async () => {
    lab = await createLab({ files: FILES });
    expect((await run('apply', '-e', 'dev', '--yes')).status).toBe(0);
    const folder = `${lab.root}/.ingate/journal/dev`;
    const entries = readFileSync(`${folder}/${readdirSync(folder)[0]}`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; id?: string });
    expect(entries[0]).toMatchObject({ type: 'begin' });
    expect(entries.filter((entry) => entry.type === 'finished').map((entry) => entry.id)).toContain(
      'StorageAccount/data3',
    );
    expect(entries.at(-1)).toMatchObject({ type: 'end', complete: true });
  });

  it('ends quietly when its reader goes away', async () => {
    lab = await createLab({ files: FILES });
    const piped = await runCommand('sh', [
      '-c',
      `"${process.execPath}" "${main}" plan -e dev --cwd "${lab.root}" | head -1`,
    ]);
    expect(piped.stdout.split('\n')[0]).toContain('Environment dev');
    expect(piped.stderr).not.toContain('EPIPE');
  });

  it('prints one JSON object per line while it applies, and no secret', async () => {
    lab = await createLab({ files: FILES });
    const ran = await run('apply', '-e', 'dev', '--yes', '-o', 'json');
    const lines = ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]?.type).toBe('version');
    expect(lines.filter((line) => line.type === 'apply_complete').length).toBe(7);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', outcome: 'ok' });
  });
});
