// What CI runs: the types (some tests are types), then the tests. `--full` takes every case of the exhaustive tests instead
// of a sample, and tries the package on Node 22 and 24. Other arguments are passed on to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isFull = process.argv.includes('--full');
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--full');
/** Every line of Node that the package supports. */
const NODES = ['22', '24'];

interface Run {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

function run(command: string, args: readonly string[], { cwd = root, env = process.env }: Run = {}): number {
  return spawnSync(command, args, { cwd, stdio: 'inherit', env }).status ?? 1;
}

/** Installs the newest Node of a line below `folder`, from npm; the path of its executable. */
function installNode(folder: string, line: string): string {
  const home = mkdtempSync(join(folder, `node-${line}-`));
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  // npm's own scripts tell nested installs where the outer package is; this one is its own.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const status = run('npm', ['install', '--no-audit', '--no-fund', '--silent', `node@${line}.x`], { cwd: home, env });
  const executable = join(home, 'node_modules', 'node', 'bin', 'node');
  if (status !== 0 || !existsSync(executable)) throw new Error(`Node ${line} could not be installed from npm`);
  return executable;
}

function runTests(env: NodeJS.ProcessEnv): number {
  return run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...passedOn], { env });
}

function runFull(): number {
  const folder = mkdtempSync(join(tmpdir(), 'ingate-nodes-'));
  try {
    const nodes = process.env['INGATE_TEST_NODES'] ?? NODES.map((line) => installNode(folder, line)).join(delimiter);
    return runTests({ ...process.env, INGATE_TEST_FULL: '1', INGATE_TEST_NODES: nodes });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exit(run('tsc', ['-p', '.']) || (isFull ? runFull() : runTests(process.env)));
