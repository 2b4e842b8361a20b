import { describe, expect, it } from 'vitest';
import { bootstrap, quantile, seededRandom } from '../../../src/gates/stats/bootstrap.ts';
import { binomialCdf, normalCdf, normalQuantile, tCdf, tQuantile } from '../../../src/gates/stats/distributions.ts';
import { clusterInterval, mean, tInterval, welchInterval } from '../../../src/gates/stats/means.ts';
import {
  clopperPearson,
  itemsWithoutDefect,
  mcnemar,
  mcnemarMidP,
  neededPasses,
  newcombeIndependent,
  newcombePaired,
  wilson,
} from '../../../src/gates/stats/proportions.ts';
import vectors from './reference/vectors.json' with { type: 'json' };

/** To 1e-9, relative where values are large. */
function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-9);
}

describe('reference values', () => {
  it.each(vectors.normalCdf as [number, number][])('normal cdf of %d', (z, p) => expectClose(normalCdf(z), p));
  it.each(vectors.normalQuantile as [number, number][])('normal quantile of %d', (p, z) =>
    expectClose(normalQuantile(p), z),
  );
  it.each(vectors.tCdf as [number, number, number][])('t cdf of %d, %d', (t, df, p) => expectClose(tCdf(t, df), p));
  it.each(vectors.tQuantile as [number, number, number][])('t quantile of %d, %d', (p, df, t) =>
    expectClose(tQuantile(p, df), t),
  );

  it.each(vectors.wilson as [number, number, number, number, number][])(
    'Wilson %d of %d at %d',
    (x, n, alpha, lower, upper) => {
      const found = wilson(x, n, alpha);
      expectClose(found.lower, lower);
      expectClose(found.upper, upper);
    },
  );

  it.each(vectors.clopperPearson as [number, number, number, number, number][])(
    'Clopper-Pearson %d of %d at %d',
    (x, n, alpha, lower, upper) => {
      const found = clopperPearson(x, n, alpha);
      expectClose(found.lower, lower);
      expectClose(found.upper, upper);
    },
  );

  it.each(vectors.newcombe as [number, number, number, number, number, number, number][])(
    'Newcombe %d %d %d %d at %d',
    (both, candidateOnly, baselineOnly, neither, alpha, lower, upper) => {
      const found = newcombePaired({ both, candidateOnly, baselineOnly, neither }, alpha);
      expectClose(found.lower, lower);
      expectClose(found.upper, upper);
    },
  );

  it.each(vectors.mcnemar as [number, number, number, number][])('McNemar %d, %d', (b, c, p, mid) => {
    expectClose(mcnemar(b, c), p);
    expectClose(mcnemarMidP(b, c), mid);
  });

  it.each(vectors.tInterval as [number[], number, number, number][])(
    't interval of %j at %d',
    (values, alpha, lower, upper) => {
      const found = tInterval(values, alpha);
      expectClose(found.lower, lower);
      expectClose(found.upper, upper);
    },
  );
});

describe('tables that are known', () => {
  it.each([
    [25, 25],
    [50, 49],
    [100, 95],
    [200, 187],
    [500, 462],
  ])('of %d items %d have to pass to show 90 %%', (n, needed) => {
    expect(neededPasses(n, 0.9, 0.05)).toBe(needed);
  });

  it('no number of passes is enough where there are too few items', () => {
    expect(neededPasses(20, 0.9, 0.05)).toBeUndefined();
  });

  it.each([
    [0.1, 29],
    [0.05, 59],
    [0.02, 149],
    [0.01, 299],
    [0.005, 598],
    [0.001, 2995],
  ])('a defect rate of %d needs so many items without a defect', (rate, n) => {
    expect(itemsWithoutDefect(rate, 0.05)).toBe(n);
    expect(clopperPearson(0, n, 0.05).upper).toBeLessThanOrEqual(rate);
    expect(clopperPearson(0, n - 1, 0.05).upper).toBeGreaterThan(rate);
  });

  it('binomial tails add up', () => {
    expectClose(binomialCdf(3, 10, 0.5), 176 / 1024);
    expect(binomialCdf(10, 10, 0.3)).toBe(1);
  });
});

/** Share of simulated runs in which something holds. */
function share(runs: number, seed: number, holds: (random: () => number) => boolean): number {
  const random = seededRandom(seed);
  let held = 0;
  for (let run = 0; run < runs; run++) if (holds(random)) held++;
  return held / runs;
}

describe('operating characteristics', () => {
  it.each([20, 50, 100])(
    'a candidate that is exactly at the margin passes falsely in at most 6 %% of runs, n = %d',
    (n) => {
      const found = share(4000, 7 + n, (random) => {
        const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
        for (let item = 0; item < n; item++) {
          const draw = random();
          if (draw < 0.81) counts.both++;
          else if (draw < 0.9) counts.baselineOnly++;
          else if (draw < 0.94) counts.candidateOnly++;
          else counts.neither++;
        }
        return newcombePaired(counts, 0.05).lower >= -0.05;
      });
      expect(found).toBeLessThanOrEqual(0.06);
    },
  );

  it.each([20, 50, 100])(
    'scores at the margin pass falsely in at most 6 %% of runs, n = %d',
    (n) => {
      const found = share(3000, 11 + n, (random) => {
        const differences = Array.from(
          { length: n },
          () => normalQuantile(Math.min(Math.max(random(), 1e-9), 1 - 1e-9)) * 0.8 - 0.25,
        );
        return tInterval(differences, 0.05).lower >= -0.25;
      });
      expect(found).toBeLessThanOrEqual(0.06);
    },
    30_000,
  );
});

describe('other intervals', () => {
  it('independent proportions are wider than paired ones that agree', () => {
    const paired = newcombePaired({ both: 85, candidateOnly: 3, baselineOnly: 4, neither: 8 }, 0.05);
    const independent = newcombeIndependent({ successes: 88, n: 100 }, { successes: 89, n: 100 }, 0.05);
    expect(paired.estimate).toBeCloseTo(independent.estimate, 12);
    expect(paired.upper - paired.lower).toBeLessThan(independent.upper - independent.lower);
  });

  it('clusters of one are the t interval but for the divisor; copies in a cluster add no certainty', () => {
    const values = [1, 2, 4, 7, 3, 5, 6, 2];
    const single = clusterInterval(
      values.map((one) => [one]),
      0.05,
    );
    const plain = tInterval(values, 0.05);
    expectClose(single.upper - single.lower, plain.upper - plain.lower);
    const copied = clusterInterval(
      values.map((one) => [one, one, one]),
      0.05,
    );
    expectClose(copied.upper - copied.lower, single.upper - single.lower);
  });

  it('Welch of equal groups is symmetric', () => {
    const found = welchInterval([1, 2, 3, 4], [1, 2, 3, 4], 0.05);
    expect(found.estimate).toBe(0);
    expectClose(found.upper, -found.lower);
  });

  it('the bootstrap repeats for a seed, and agrees with t on a mean', () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 80 }, () => random() * 10);
    const options = { alpha: 0.05, seed: 1, resamples: 4000 };
    const found = bootstrap(values, mean, options);
    expect(bootstrap(values, mean, options)).toEqual(found);
    const plain = tInterval(values, 0.05);
    expect(Math.abs(found.lower - plain.lower)).toBeLessThan(0.1);
    expect(Math.abs(found.upper - plain.upper)).toBeLessThan(0.1);
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  });
});
