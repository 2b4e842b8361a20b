import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../src/model/json.ts';
import type { Snapshot } from '../src/rollout/types.ts';
import { startRolloutLab, type CrashPoint, type RolloutLab } from './support/rollout-lab.ts';
import { sampled } from './support/sampling.ts';

const STRATEGIES: Readonly<Record<string, JsonObject>> = {
  'blue/green': { strategy: 'blueGreen', scaleDownDelay: '1m', smokeTests: [{ path: '/', attempts: 1 }] },
  canary: {
    strategy: 'canary',
    steps: [{ setWeight: 10 }, { analysis: 'health' }, { setWeight: 60 }, { pause: { duration: '10m' } }],
    analysis: [{ name: 'health', metrics: [] }],
    postPromotion: 'health',
    scaleDownDelay: '10m',
  },
};

/** How many pairs of deaths are tried of each strategy, unless all are asked for. */
const PAIRS = 25;

let lab: RolloutLab;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingate-'));
  lab = await startRolloutLab(folder);
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Without names and times, which differ from app to app. */
function shape({ traffic, revisions, progress, aborted }: Snapshot): unknown {
  const suffix = (name: string | undefined): string => name?.split('--')[1] ?? '';
  return {
    traffic: traffic.map((share) => ({ ...share, revision: suffix(share.revision) })),
    revisions: revisions.map(({ name, active, health }) => [suffix(name), active, health]),
    progress: progress && [progress.hash, progress.step],
    aborted,
  };
}

function pointsUpTo(writes: number): CrashPoint[] {
  return Array.from({ length: writes }, (_, index) => index + 1).flatMap((write): CrashPoint[] => [
    { write, when: 'before' },
    { write, when: 'after' },
  ]);
}

describe.each(Object.entries(STRATEGIES))('%s', (_, rollout) => {
  async function end(deaths: readonly CrashPoint[]): Promise<unknown> {
    const app = await lab.createApp(rollout);
    await lab.rollOut(app, 'v2', rollout, deaths);
    const reached = shape(await lab.state(app));
    expect(await lab.rollOut(app, 'v2', rollout), 'a further run writes nothing').toBe(0);
    return reached;
  }

  it('ends the same wherever the process dies, once or twice, and no write breaks an invariant', async () => {
    const app = await lab.createApp(rollout);
    const writes = await lab.rollOut(app, 'v2', rollout);
    expect(writes).toBeGreaterThan(4);
    const reached = shape(await lab.state(app));
    const points = pointsUpTo(writes);
    for (const first of points) expect(await end([first]), JSON.stringify(first)).toEqual(reached);
    const pairs = points.flatMap((first) => points.map((second) => [first, second]));
    for (const pair of sampled(pairs, PAIRS)) expect(await end(pair), JSON.stringify(pair)).toEqual(reached);
  });
});

describe('an old pipeline that runs again', () => {
  it('does not undo a newer release, and a revert in Git, which is newer, does', async () => {
    const rollout = { strategy: 'blueGreen', scaleDownDelay: '1m' };
    const app = await lab.createApp(rollout);
    const end = async (image: string, generation: number): Promise<string> => {
      await lab.run(app, image, rollout, lab.connection.azure, generation);
      lab.clock.advance(3_600_000);
      const ending = await lab.run(app, image, rollout, lab.connection.azure, generation);
      return ending.do === 'stop' ? ending.reason : ending.do;
    };
    const { traffic: first } = await lab.state(app);
    expect(await end('v2', 10)).toBe('done');
    const { traffic: second } = await lab.state(app);
    expect(await end('v1', 9)).toBe('StaleDesired');
    expect((await lab.state(app)).traffic).toEqual(second);
    expect(await end('v1', 11)).toBe('done');
    expect((await lab.state(app)).traffic).toEqual(first);
  });
});
