// What CI runs: the types (some tests are types), then the tests. `--full` takes every case of the exhaustive tests instead
// of a sample. Other arguments are passed on to vitest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--full');
const env = { ...process.env, ...(process.argv.includes('--full') ? { INGATE_TEST_FULL: '1' } : {}) };

function run(command: string, ...args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

run('tsc', '-p', '.');
run(process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...passedOn);
