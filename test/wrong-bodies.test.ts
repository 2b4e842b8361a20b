import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceRunning } from '../src/azure/embedded.ts';
import type { Lab } from './support/lab.ts';
import { startMutatingAzure, type MutatingAzure } from './support/mutating-azure.ts';
import { sampleLab } from './support/sample-estate.ts';
import { sampled } from './support/sampling.ts';

let lab: Lab;
let azure: MutatingAzure;
let takeBack: () => void;

beforeAll(async () => {
  lab = await sampleLab();
  lab.commit('Sample');
  const applied = await lab.ingate('apply', '-e', 'dev', '--yes');
  if (applied.code !== 0) throw new Error(applied.err);
  azure = await startMutatingAzure(lab.azure.url);
  takeBack = announceRunning(join(lab.root, '.ingate'), azure.url);
}, 120_000);
afterAll(async () => {
  takeBack();
  azure.close();
  await lab.close();
});

/** Everything that reads Azure and shows what it says. */
const COMMANDS: readonly (readonly string[])[] = [
  ['plan', '-e', 'dev'],
  ['plan', '-e', 'dev', '--verbose', '--prune'],
  ...['json', 'markdown', 'html'].map((form) => ['plan', '-e', 'dev', '-o', form]),
  ...['text', 'json', 'markdown', 'html'].map((form) => ['drift', '-e', 'dev', '-o', form]),
  ...['text', 'json', 'html'].map((form) => ['status', 'dev', '-o', form]),
  ...['text', 'json', 'html'].map((form) => ['evaluation', 'report', '-e', 'dev', '-o', form]),
  ['rollout', 'status', '-e', 'dev'],
  ['history', '-e', 'dev'],
  ['doctor', '-e', 'dev'],
  ['pull', '-e', 'dev', '--force'],
];

/** Campaigns under `npm run test:full`; a sample of them otherwise. */
const SEEDS = Array.from({ length: 25 }, (_, at) => at + 1);
const cases = SEEDS.flatMap((seed) => COMMANDS.map((args, at) => ({ seed: seed * 100 + at, args })));

// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe('an answer of Azure with a wrong value', () => {
  it.each(sampled(cases, 20))('gives typed problems in %j', async ({ seed, args }) => {
    azure.seed(seed);
    const { code, out, err } = await lab.ingate(...args, '--debug');
    const changes = azure.changes().join('\n');
    azure.seed(undefined);
    const all = `${out}\n${err}`;
    const crash = /error ING6002[^]*?(?:\n {4}at [^]*)?$/.exec(err)?.[0].slice(0, 1500);
    expect(crash, changes).toBeUndefined();
    expect(code, changes).toBeLessThan(16);
    expect(
      all.split(/\r\n|\r|\n|\u2028/).filter((line) => /^\s*::|##vso\[|##\[/.test(line)),
      changes,
    ).toEqual([]);
    expect(all, changes).not.toMatch(UNSAFE);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
