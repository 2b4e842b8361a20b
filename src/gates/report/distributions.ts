import type { Arm, MetricCriteria } from '../verdict/types.ts';

/** How often item means fall into each of ten equal parts of a metric's range, widened to what is there. */
export interface Distribution {
  readonly metric: string;
  readonly arm: 'candidate' | 'baseline';
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

const PARTS = 10;

/** The distribution of the scores of every metric in both arms; items without a score are left out. */
export function distributionsOf(
  metrics: readonly Pick<MetricCriteria, 'name' | 'range'>[],
  arms: { readonly candidate: Arm; readonly baseline?: Arm | undefined },
): Distribution[] {
  return metrics.flatMap(({ name, range: [from, to] }) =>
    (['candidate', 'baseline'] as const).flatMap((arm): Distribution[] => {
      const grades = arms[arm]?.grades.get(name);
      if (!grades) return [];
      const values = means(grades);
      const [least, most] = [Math.min(from, ...values), Math.max(to, ...values)];
      return [{ metric: name, arm, from: least, to: most, counts: counted(values, least, most) }];
    }),
  );
}

function means(grades: ReadonlyMap<string, readonly { readonly state: string; readonly score?: number }[]>): number[] {
  return [...grades.values()].flatMap((repeats) => {
    const scores = repeats.flatMap(({ state, score }) =>
      state === 'graded' && score !== undefined && Number.isFinite(score) ? [score] : [],
    );
    return scores.length === 0 ? [] : [scores.reduce((sum, one) => sum + one, 0) / scores.length];
  });
}

function counted(values: readonly number[], from: number, to: number): number[] {
  const counts = Array.from({ length: PARTS }, () => 0);
  for (const value of values) {
    const part = Math.floor(((value - from) / (to - from || 1)) * PARTS);
    const index = Math.min(PARTS - 1, Math.max(0, part));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
