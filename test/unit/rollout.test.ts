import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type Analysis, type Measured } from '../../src/rollout/analysis.ts';
import { decide } from '../../src/rollout/decide.ts';
import { readTags, writeTags } from '../../src/rollout/tags.ts';
import { STEP, type Progress, type Revision, type Snapshot, type Target } from '../../src/rollout/types.ts';

const H1 = '1'.repeat(10);
const H2 = '2'.repeat(10);
const NOW = 1_800_000_000_000;
const seconds = NOW / 1000;

const target: Target = {
  hash: H2,
  generation: 100,
  steps: [{ setWeight: 10 }, { pause: {} }],
  smokeTests: false,
  postAnalysis: undefined,
  progressDeadline: 600,
  scaleDownDelay: 600,
  abortScaleDownDelay: 300,
  rollbackWindow: 3,
  approved: undefined,
  force: false,
};
const v1: Revision = { name: 'app--v1', hash: H1, created: NOW - 9e6, active: true, health: 'healthy' };
const v2: Revision = { name: 'app--v2', hash: H2, created: NOW - 1e4, active: true, health: 'healthy' };
const progress: Progress = { hash: H2, step: 0, entered: seconds - 5, generation: 100, paused: false };
const live: Snapshot = {
  revisions: [v1, v2],
  traffic: [{ revision: v1.name, weight: 100, label: 'stable' }],
  newest: v2.name,
  progress,
  aborted: [],
  generation: 100,
};

describe('a decision', () => {
  it('pins the traffic before anything else', () => {
    const unpinned = { ...live, traffic: [{ revision: undefined, weight: 100 }], newest: v1.name };
    expect(decide(target, unpinned, NOW)).toMatchObject({ do: 'shares', shares: [{ revision: v1.name, weight: 100 }] });
  });

  it('never lets an older commit undo a newer release', () => {
    const finished: Snapshot = {
      ...live,
      revisions: [v1, { ...v2, hash: H2 }],
      traffic: [{ revision: v2.name, weight: 100, label: 'stable' }],
      progress: { ...progress, step: STEP.done },
    };
    const old = { ...target, hash: H1, generation: 99 };
    expect(decide(old, finished, NOW)).toMatchObject({ do: 'stop', reason: 'StaleDesired' });
    expect(decide({ ...old, generation: 101 }, finished, NOW)).toMatchObject({ do: 'shares' });
  });

  it('takes the traffic from an unhealthy candidate in the very first step, and in every later one', () => {
    const sick = { ...v2, health: 'unhealthy' as const };
    for (const step of [1, 2]) {
      const decided = decide(target, { ...live, revisions: [v1, sick], progress: { ...progress, step } }, NOW);
      expect(decided).toMatchObject({ shares: [{ revision: v1.name, weight: 100 }], aborted: [H2] });
    }
  });

  it('ends a pause in the very moment in which it is over, and not before', () => {
    const paused = { ...target, steps: [{ setWeight: 10 }, { pause: { seconds: 60 } }, { setWeight: 50 }] };
    const shares = [
      { revision: v1.name, weight: 90, label: 'stable' },
      { revision: v2.name, weight: 10, label: 'candidate' },
    ];
    const at = (entered: number) =>
      decide(paused, { ...live, traffic: shares, progress: { ...progress, step: 2, entered } }, NOW);
    expect(at(seconds - 59)).toMatchObject({ do: 'wait' });
    expect(at(seconds - 60)).toMatchObject({ do: 'shares', why: 'goes on after the pause' });
  });

  it('goes through all steps to a release that was given up once: it is no earlier release', () => {
    const older = { ...v2, created: v1.created - 1000 };
    const released = { ...v1, hash: H1 };
    const ready = { ...live, revisions: [released, older] };
    expect(decide(target, ready, NOW)).toMatchObject({ why: expect.stringContaining('goes back without steps') });
    const H3 = '3'.repeat(10);
    const aborted = { name: 'app--v0', hash: H3, created: v1.created - 500, active: false, health: 'unknown' as const };
    // With room for one earlier release, the one that was given up does not take the place of the one that served.
    const crowded = { ...live, revisions: [released, older, aborted], aborted: [H3] };
    expect(decide({ ...target, rollbackWindow: 1 }, crowded, NOW)).toMatchObject({
      why: expect.stringContaining('goes back without steps'),
    });
  });

  it('does not guess what serves', () => {
    const shares = [
      { revision: v1.name, weight: 50 },
      { revision: v2.name, weight: 50 },
    ];
    expect(decide(target, { ...live, traffic: shares }, NOW)).toMatchObject({ do: 'stop', reason: 'AmbiguousStable' });
  });

  it('gives a starved runner its time: the deadline counts from when the candidate was made', () => {
    const late = { ...progress, entered: seconds - 7200 };
    const starting = { ...v2, health: 'unknown' as const };
    expect(decide(target, { ...live, revisions: [v1, starting], progress: late }, NOW)).toMatchObject({ do: 'wait' });
    const old = { ...starting, created: NOW - 601_000 };
    expect(decide(target, { ...live, revisions: [v1, old], progress: late }, NOW)).toMatchObject({
      do: 'shares',
      aborted: [H2],
    });
  });

  it('takes the traffic from a candidate that stops being healthy', () => {
    const sick = { ...v2, health: 'unhealthy' as const };
    const split = [
      { revision: v1.name, weight: 90, label: 'stable' },
      { revision: v2.name, weight: 10, label: 'candidate' },
    ];
    const running = { ...live, revisions: [v1, sick], traffic: split, progress: { ...progress, step: 2 } };
    expect(decide(target, running, NOW)).toMatchObject({ do: 'shares', shares: [{ revision: v1.name, weight: 100 }] });
  });

  it('puts weights back that somebody changed, and goes on when Git approves', () => {
    const moved = [
      { revision: v1.name, weight: 40, label: 'stable' },
      { revision: v2.name, weight: 60, label: 'candidate' },
    ];
    const waiting = { ...live, progress: { ...progress, step: 2 } };
    expect(decide(target, { ...waiting, traffic: moved }, NOW)).toMatchObject({
      do: 'shares',
      shares: [{ weight: 90 }, { weight: 10 }],
      progress: { step: 2 },
    });
    const right = moved.map((share, index) => ({ ...share, weight: index === 0 ? 90 : 10 }));
    expect(decide(target, { ...waiting, traffic: right }, NOW)).toMatchObject({ do: 'wait' });
    expect(decide({ ...target, approved: H2 }, { ...waiting, traffic: right }, NOW)).toMatchObject({
      progress: { step: 3 },
    });
  });

  it('does not start anything while what serves is unhealthy, unless forced', () => {
    const sick = { ...live, revisions: [{ ...v1, health: 'unhealthy' as const }, v2] };
    expect(decide(target, sick, NOW)).toMatchObject({ do: 'stop', reason: 'StableUnhealthy' });
    expect(decide({ ...target, force: true }, sick, NOW)).toMatchObject({ do: 'shares' });
  });

  it('goes back after the promotion only to something healthy', () => {
    const promoted: Snapshot = {
      ...live,
      traffic: [
        { revision: v2.name, weight: 100, label: 'stable' },
        { revision: v1.name, weight: 0, label: 'previous' },
      ],
      progress: { ...progress, step: STEP.promoted },
    };
    const measured = { ...target, postAnalysis: 'health' };
    const failed = { analysis: { verdict: 'fail' as const, reason: 'errors' } };
    expect(decide(measured, promoted, NOW, failed)).toMatchObject({ shares: [{ revision: v1.name }], aborted: [H2] });
    const gone = { ...promoted, revisions: [{ ...v1, active: false }, v2] };
    expect(decide(measured, gone, NOW, failed)).toMatchObject({ do: 'stop', reason: 'PreviousUnhealthy' });
    const unclear = { analysis: { verdict: 'inconclusive' as const, reason: 'no requests' } };
    expect(decide(measured, promoted, NOW, unclear)).toMatchObject({ do: 'stop', reason: 'Inconclusive' });
  });

  it('is the same for the same arguments, and its weights always sum to 100', () => {
    const health = fc.constantFrom('healthy' as const, 'unhealthy' as const, 'unknown' as const);
    fc.assert(
      fc.property(
        fc.record({ active1: fc.boolean(), active2: fc.boolean(), health1: health, health2: health }),
        fc.constantFrom(0, 1, 2, 3, STEP.promoted, STEP.proven, STEP.aborted, STEP.done),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom([] as string[], [H1], [H2]),
        fc.boolean(),
        (state, step, weight, aborted, paused) => {
          const snapshot: Snapshot = {
            ...live,
            revisions: [
              { ...v1, active: state.active1, health: state.health1 },
              { ...v2, active: state.active2, health: state.health2 },
            ],
            traffic: [
              { revision: v1.name, weight: 100 - weight, label: 'stable' },
              { revision: v2.name, weight, label: 'candidate' },
            ],
            progress: { ...progress, step, paused },
            aborted,
          };
          const decision = decide(target, snapshot, NOW);
          expect(decide(target, snapshot, NOW)).toEqual(decision);
          const shares = decision.do === 'shares' ? decision.shares : [{ revision: v1.name, weight: 100 }];
          expect(shares.reduce((sum, share) => sum + share.weight, 0)).toBe(100);
          const served = shares.some((share) => share.weight > 0 && share.revision === v2.name);
          expect(served && !(state.active2 && state.health2 === 'healthy')).toBe(false);
        },
      ),
    );
  });
});

describe('tags', () => {
  it('keep a rollout, and what is malformed counts as absent', () => {
    const kept = writeTags({ generation: 7 }, { ...progress, paused: true }, [H1, H2], 'a\r\nb <b>');
    expect(Object.values(kept).every((value) => value.length <= 256)).toBe(true);
    expect(readTags(kept)).toEqual({
      progress: { ...progress, paused: true },
      aborted: [H1, H2],
      generation: 100,
      reason: 'a??b <b>',
    });
    expect(readTags({ 'ingate-rollout': 'v1;x', 'Ingate-Aborted': 'none' })).toMatchObject({
      progress: undefined,
      aborted: [],
      generation: 0,
    });
  });
});

describe('a measurement', () => {
  const analysis: Analysis = {
    name: 'health',
    window: 600,
    initialDelay: 180,
    minRequests: 100,
    inconclusiveLimit: 1,
    metrics: [{ name: 'errors', atMost: 0.05, atLeast: undefined, maxIncrease: 0.01 }],
  };
  const since = NOW;
  const ripe = since + 780_000;
  const found = (
    requests: number | undefined,
    candidate?: number,
    baseline?: number,
    problems: string[] = [],
  ): Measured => ({
    requests,
    values: new Map([
      [
        'errors',
        { ...(candidate === undefined ? {} : { candidate }), ...(baseline === undefined ? {} : { baseline }) },
      ],
    ]),
    problems,
  });

  it('passes only with enough requests, all values and the whole time', () => {
    expect(judge(analysis, found(200, 0.01, 0.01), since, ripe)).toEqual({ verdict: 'pass' });
    expect(judge(analysis, found(200, 0.01, 0.01), since, ripe - 1)).toMatchObject({ verdict: 'pending', until: ripe });
    for (const little of [
      found(99, 0, 0),
      found(undefined, 0, 0),
      found(200, undefined, 0),
      found(200, 0),
      found(200, 0, 0, ['x']),
    ])
      expect(judge(analysis, little, since, ripe)).toMatchObject({ verdict: 'pending', until: ripe + 600_000 });
    expect(judge(analysis, found(99, 0, 0), since, ripe + 600_000)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('fails as soon as there is enough to say so', () => {
    expect(judge(analysis, found(100, 0.06, 0.06), since, since + 1000)).toMatchObject({ verdict: 'fail' });
    expect(judge(analysis, found(100, 0.03, 0.01), since, since + 1000)).toMatchObject({
      verdict: 'fail',
      reason: 'errors is 0.03, more than 0.01 above the 0.01 of the stable revision',
    });
    expect(judge(analysis, found(99, 1, 0), since, since + 1000)).toMatchObject({ verdict: 'pending' });
  });
});
