import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where recorded traffic of Azure lies; undefined where this machine has none. */
export function recordingsFolder(): string | undefined {
  const folder = resolve(root, process.env['RECORDINGS_DIR'] ?? '../shared/recordings');
  return existsSync(join(folder, 'scripts/noise.mjs')) ? folder : undefined;
}

/** Names of the recorded cases of resources, without those of agents. */
export function casesIn(folder: string): string[] {
  return readdirSync(join(folder, 'cases'))
    .filter((name) => name.endsWith('.json') && !name.startsWith('agent-'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** Runs one of the scripts against this checkout; resolves to what it printed. */
export async function runScript(folder: string, name: string, args: readonly string[]): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), 'recordings-'));
  const env = { ...process.env, INGATE: root, WORKDIR: work, TMPDIR: work };
  try {
    return await new Promise((done, failed) => {
      const child = spawn(process.execPath, [join(folder, 'scripts', name), ...args], { cwd: root, env });
      let text = '';
      child.stdout.on('data', (data: Buffer) => (text += data.toString()));
      child.stderr.on('data', (data: Buffer) => (text += data.toString()));
      child.on('error', failed);
      child.on('close', () => done(text));
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The same for a script that writes its results as JSON: `script CASES OUT [case...]`. */
export async function resultsOf<T>(folder: string, name: string, cases: readonly string[] = []): Promise<readonly T[]> {
  const work = mkdtempSync(join(tmpdir(), 'recordings-out-'));
  const out = join(work, 'out.json');
  try {
    const said = await runScript(folder, name, [join(folder, 'cases'), out, ...cases.map((one) => `${one}.json`)]);
    if (!existsSync(out)) throw new Error(`${name} wrote nothing: ${said.slice(-2000)}`);
    return JSON.parse(readFileSync(out, 'utf8')) as T[];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
