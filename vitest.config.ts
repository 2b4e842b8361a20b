import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const seed = (process.env['INGATE_TEST_SEED'] ??= String(randomInt(1_000_000)));
process.stdout.write(`Samples are drawn by INGATE_TEST_SEED=${seed}\n`);

/** Tests that leave nothing behind in their process, so that a worker takes one file after the other. */
const SHARING = ['test/local-azure/**/*.test.ts', 'test/unit/**/*.test.ts'];

export default defineConfig({
  test: {
    // Against hanging alone; no test depends on how fast the machine is.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // Most tests wait for servers and processes, so one more than there are cores keeps the cores busy.
    maxWorkers: availableParallelism() + 1,
    env: { INGATE_TEST_SEED: seed },
    projects: [
      { extends: true, test: { name: 'sharing', include: SHARING, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: SHARING } },
    ],
  },
});
