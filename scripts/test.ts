// What CI runs: the types (some tests are types), then the tests. Arguments are passed on to vitest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(command: string, ...args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('tsc', '-p', '.');
run(process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2));
