import type { Engine } from '../../../arm/contract.ts';
import type { StoredResource } from '../../../engine/resources.ts';
import { modelUsage, type ModelUsage } from '../../cognitive-services/model-usage.ts';
import type { Sample } from './series.ts';

type Sums = Omit<Sample, 'minute' | 'dimensions'>;

/** Measurements of the models of an account from the minute `from` to `to`, not included. */
export function accountSamples(
  engine: Engine,
  account: StoredResource,
  metric: string,
  from: number,
  to: number,
): Sample[] {
  const measure = Object.hasOwn(MEASURES, metric) ? MEASURES[metric] : undefined;
  if (!measure) return [];
  return modelUsage(engine, account)
    .filter(({ minute }) => minute >= from && minute < to)
    .map((usage) => ({
      minute: usage.minute,
      dimensions: { ModelDeploymentName: usage.deployment, StatusCode: String(usage.status) },
      ...measure(usage),
    }));
}

const MEASURES: Readonly<Record<string, (usage: ModelUsage) => Sums>> = {
  ModelRequests: ({ count }) => ({ count, total: count, minimum: 1, maximum: 1 }),
  InputTokens: (usage) => tokens(usage, usage.input),
  OutputTokens: (usage) => tokens(usage, usage.output),
  TotalTokens: (usage) => tokens(usage, usage.input + usage.output),
  TimeToResponse: ({ count, totalMs, leastMs, mostMs }) => ({
    count,
    total: totalMs,
    minimum: leastMs,
    maximum: mostMs,
  }),
};

/** Only the sum of a minute is kept, so its mean stands for the least and the greatest. */
function tokens({ count }: ModelUsage, total: number): Sums {
  return { count, total, minimum: total / count, maximum: total / count };
}
