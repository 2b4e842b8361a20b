import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridOf, pointsOf, splitSamples, sum, type Sample } from '../../src/providers/insights/metrics/series.ts';

const MINUTE = 60_000;

const sample: fc.Arbitrary<Sample> = fc.record({
  minute: fc.integer({ min: 0, max: 179 }).map((minute) => minute * MINUTE),
  dimensions: fc.record({ revisionName: fc.constantFrom('v1', 'v2', 'v3'), statusCode: fc.constantFrom('200', '500') }),
  count: fc.integer({ min: 1, max: 9 }),
  total: fc.integer({ min: 0, max: 1000 }),
  minimum: fc.constant(0),
  maximum: fc.constant(1000),
});
const samples = fc.array(sample, { maxLength: 60 });
const interval = fc.constantFrom(1, 5, 15, 30, 60).map((minutes) => minutes * MINUTE);

it('every sample falls into exactly one interval, whatever the grain', () => {
  fc.assert(
    fc.property(samples, interval, (all, length) => {
      const grid = gridOf(0, 180 * MINUTE, length, 180 * MINUTE);
      const points = pointsOf(all, grid, ['Total', 'Count']);
      const added = (name: string): number => points.reduce((result, point) => result + Number(point[name] ?? 0), 0);
      expect(added('total')).toBe(sum(all).total);
      expect(added('count')).toBe(sum(all).count);
    }),
  );
});

it('the series of a split hold every sample once', () => {
  fc.assert(
    fc.property(samples, fc.subarray(['revisionName', 'statusCode']), (all, names) => {
      const split = new Map(names.map((name) => [name, []]));
      const series = splitSamples(all, split, []);
      expect(series.flatMap((each) => each.samples)).toHaveLength(all.length);
      expect(new Set(series.map(({ labels }) => JSON.stringify(labels))).size).toBe(series.length);
    }),
  );
});

it('what is not known yet has no value, not zero', () => {
  fc.assert(
    fc.property(samples, interval, fc.integer({ min: 0, max: 180 }), (all, length, known) => {
      const grid = gridOf(0, 180 * MINUTE, length, known * MINUTE);
      pointsOf(all, grid, ['Total']).forEach((point, index) => {
        expect(Object.hasOwn(point, 'total')).toBe(index * length <= known * MINUTE);
      });
    }),
  );
});
