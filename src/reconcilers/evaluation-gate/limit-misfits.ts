import { pointer, type Pointer } from '../../model/json.ts';
import { rowsOf } from './items.ts';
import type { EvaluationGateSpec } from './spec.ts';

type Metric = EvaluationGateSpec['metrics'][number];

interface Misfit {
  readonly field: Pointer;
  readonly message: string;
}

/** Limits that contradict each other, or that nothing in the dataset is held against. */
export function limitMisfits(spec: EvaluationGateSpec): Misfit[] {
  return spec.metrics.flatMap((metric, index) => {
    const field = pointer('/metrics', index);
    return [...percentMisfits(metric, field), ...sliceMisfits(metric, field, spec)];
  });
}

/** A share of the baseline has a meaning for numbers that are never below 0, and one direction. */
function percentMisfits(metric: Metric, field: Pointer): Misfit[] {
  const {
    name,
    grader,
    data = 'passFail',
    direction = 'increase',
    maxDrop,
    maxDropPercent,
    maxIncreasePercent,
  } = metric;
  if (maxDropPercent === undefined && maxIncreasePercent === undefined) return [];
  const [key, wrongKey] =
    direction === 'increase'
      ? (['maxDropPercent', 'maxIncreasePercent'] as const)
      : (['maxIncreasePercent', 'maxDropPercent'] as const);
  const wrong = (is: boolean, at: string, message: string): Misfit[] =>
    is ? [{ field: pointer(field, at), message: `${name}: ${message}` }] : [];
  const isRightKey = metric[wrongKey] === undefined;
  return [
    ...wrong(!isRightKey, wrongKey, `its direction is ${direction}, so the limit is ${key}`),
    ...wrong(maxDrop !== undefined, isRightKey ? key : wrongKey, 'either maxDrop or a percentage, not both'),
    ...wrong(
      data === 'passFail',
      isRightKey ? key : wrongKey,
      'pass rates are compared by maxDrop; percentages are for scores and quantiles',
    ),
    ...wrong(
      (grader.range ?? []).some((end) => end < 0),
      isRightKey ? key : wrongKey,
      'a percentage needs a range without numbers below 0',
    ),
  ];
}

function sliceMisfits({ name, slices }: Metric, metric: Pointer, spec: EvaluationGateSpec): Misfit[] {
  if (slices === undefined) return [];
  const { rows } = rowsOf(spec);
  return slices.flatMap(({ field, values = [], atLeast, atMost, maxDrop }, index): Misfit[] => {
    const at = pointer(metric, 'slices', index);
    const known = new Set(rows.map(({ item }) => item.slices?.[field] ?? ''));
    const unknown = values.filter((value) => !known.has(value));
    const isMissing = rows.length > 0 && known.size === 1 && known.has('');
    return [
      ...([atLeast, atMost, maxDrop].every((one) => one === undefined)
        ? [{ field: at, message: `${name}: the slice ${field} has no limit: atLeast, atMost or maxDrop` }]
        : []),
      ...(isMissing ? [{ field: at, message: `${name}: no item has ${field}` }] : []),
      ...(!isMissing && unknown.length > 0
        ? [{ field: pointer(at, 'values'), message: `${name}: no item has ${field} ${unknown.join(', ')}` }]
        : []),
    ];
  });
}
