import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeLease } from '../src/azure/blob-lease.ts';
import { guarded } from '../src/azure/guarded.ts';
import type { Azure } from '../src/model/azure.ts';
import type { JsonObject } from '../src/model/json.ts';
import { GROUP } from './support/lab.ts';
import { sampled } from './support/sampling.ts';
import { brokenInvariants, startRolloutLab, type RolloutLab } from './support/rollout-lab.ts';

/** How requests of the two runs get into each other's way. */
const SEEDS = sampled(
  Array.from({ length: 200 }, (_, index) => index + 1),
  20,
);
const ROLLOUT: JsonObject = {
  strategy: 'canary',
  steps: [{ setWeight: 10 }, { setWeight: 60 }],
  scaleDownDelay: '1m',
};
const STATE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/statedev`;

let lab: RolloutLab;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingate-'));
  lab = await startRolloutLab(folder);
  const { azure } = lab.connection;
  const account = { location: 'swedencentral', kind: 'StorageV2', sku: { name: 'Standard_LRS' }, properties: {} };
  await azure.put({ path: STATE, apiVersion: '2026-04-01' }, account);
  const container = `${STATE}/blobServices/default/containers/locks`;
  await azure.put({ path: container, apiVersion: '2026-04-01' }, { properties: {} });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Numbers of 0 to 1 that are the same for the same seed. */
function random(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every request is late by chance, so that runs get into each other's way; every write is checked. */
function unsteady(azure: Azure, next: () => number, check: () => Promise<void>): Azure {
  const late = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let turns = Math.floor(next() * 4); turns > 0; turns--) await new Promise((done) => setImmediate(done));
    return call();
  };
  const write = async <T>(call: () => Promise<T>): Promise<T> => {
    const result = await late(call);
    await check();
    return result;
  };
  return {
    ...azure,
    get: (address) => late(() => azure.get(address)),
    list: (address) => late(() => azure.list(address)),
    patch: (...args) => write(() => azure.patch(...args)),
    post: (...args) => write(() => azure.post(...args)),
  };
}

/** Settles when the run that holds the lock gives it back. */
let released = Promise.withResolvers<void>();

async function runLocked(app: string, image: string, seed: number, broken: string[]): Promise<void> {
  const { session, azure } = lab.connection;
  const container = 'https://statedev.blob.core.windows.net/locks';
  const owner = { who: image, run: String(seed), since: '' };
  for (let attempt = 0; ; attempt++) {
    const free = released.promise;
    const lease = await takeLease({ session, container, blob: app, owner, patience: 0 });
    if ('holder' in lease) {
      await free;
      continue;
    }
    const check = async (): Promise<void> => {
      broken.push(...brokenInvariants(await lab.state(app)).map((one) => `seed ${seed}, ${image}: ${one}`));
    };
    try {
      const late = guarded(unsteady(azure, random(seed + attempt), check), lease);
      const ending = await lab.run(app, image, ROLLOUT, late, image === 'v2' ? 1 : 2);
      if (ending.do !== 'wait') return;
      lab.clock.advance(3_600_000);
    } finally {
      await lease.release();
      released.resolve();
      released = Promise.withResolvers();
    }
  }
}

describe('two runs at once', () => {
  it(`of the same or of different releases never break an invariant under the lock, over ${SEEDS.length} seeds`, async () => {
    const broken: string[] = [];
    for (const seed of SEEDS) {
      const app = await lab.createApp(ROLLOUT);
      const other = seed % 2 === 0 ? 'v2' : 'v3';
      await Promise.all([runLocked(app, 'v2', seed, broken), runLocked(app, other, seed + 1_000_000, broken)]);
      await lab.run(app, other, ROLLOUT, lab.connection.azure, 2);
      lab.clock.advance(3_600_000);
      await lab.run(app, other, ROLLOUT, lab.connection.azure, 2);
      const { traffic, revisions } = await lab.state(app);
      expect(
        traffic.map(({ weight, label }) => `${weight} ${label ?? ''}`),
        `seed ${seed}`,
      ).toEqual(['100 stable']);
      expect(revisions.filter(({ active }) => active).length, `seed ${seed}`).toBe(1);
    }
    expect(broken).toEqual([]);
  });
});
