import { randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const seed = (process.env['INGATE_TEST_SEED'] ??= String(randomInt(1_000_000)));
process.stdout.write(`Samples are drawn by INGATE_TEST_SEED=${seed}\n`);

/** What changes the process for whoever comes next: trusted certificates, environment variables, Microsoft's clients. */
const CHANGES_PROCESS =
  /foundry-lab|foundry-evaluating|sdk-lab|az-cli|az-session|sign-in|node:tls|process\.env|@azure\/|vi\.mock|vi\.use|process\.chdir|child_process|process\.on|MACHINE_TIME/;

/** Tests that leave nothing behind in their process, so that a worker takes one file after the other. */
const sharing = globSync(['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'], { cwd: root }).filter(
  (file) => !CHANGES_PROCESS.test(readFileSync(root + file, 'utf8')),
);

const common = {
  root,
  // Against hanging alone; no test depends on how fast the machine is.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  pool: 'forks',
  env: { INGATE_TEST_SEED: seed },
} as const;

export default defineConfig({
  test: {
    globalSetup: ['test/support/clean.ts'],
    // Most tests wait for servers and processes, so one more than there are cores keeps the cores busy.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { test: { ...common, name: 'sharing', include: sharing, isolate: false } },
      {
        test: {
          ...common,
          name: 'alone',
          include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: sharing,
        },
      },
    ],
  },
});
