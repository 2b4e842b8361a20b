import { readFileSync } from 'node:fs';
import type { FilePath } from './file-path.ts';
import type { GateReport } from '../gates/report/document.ts';
import type { ArmUsage } from '../gates/report/usage.ts';
import type { Check, Flip, Slice, Verdict } from '../gates/verdict/types.ts';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { isArray, isObject, member, textOf, type Json, type JsonObject } from '../model/json.ts';

const VERDICTS: readonly Verdict[] = ['pass', 'fail', 'inconclusive', 'error'];

/**
 * Reads a report that a gate left. It may come from the job of a pull request, so words that are shown as they are have to
 * be ours and numbers have to be numbers; other texts are kept, for whoever escapes them.
 */
export function readGateReport({ absolute, shown }: FilePath): GateReport | Diagnostic {
  const refused = (why: string): Diagnostic => problem('ING6207', `${shown} is not a gate report: ${why}`);
  let value: Json;
  try {
    value = JSON.parse(readFileSync(absolute, 'utf8')) as Json;
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const verdict = VERDICTS.find((one) => one === member(value, 'verdict'));
  if (!isObject(value) || verdict === undefined) return refused('it has no verdict');
  const checks = objects(value, 'checks').map(checkOf);
  if (checks.some((check) => check === undefined)) return refused('a check of it cannot be read');
  return {
    verdict,
    gate: textOf(value, 'gate'),
    environment: textOf(value, 'environment'),
    candidate: armOf(member(value, 'candidate')),
    baseline: isObject(member(value, 'baseline')) ? armOf(member(value, 'baseline')) : null,
    evaluation: '',
    runs: { candidate: [], baseline: [] },
    items: number(value, 'items') ?? 0,
    checks: checks.filter((check) => check !== undefined),
    flips: objects(value, 'flips').map((one): Flip => ({
      metric: textOf(one, 'metric'),
      item: textOf(one, 'item'),
      to: textOf(one, 'to') === 'fail' ? 'fail' : 'pass',
    })),
    slices: objects(value, 'slices').map(sliceOf),
    unscored: [],
    problems: texts(value, 'problems'),
    ...factsOf(value),
  };
}

/** What the answers took, and the digests, where all of it can be read. */
function factsOf(value: JsonObject): Pick<GateReport, 'usage' | 'evidence'> {
  const usage = member(value, 'usage');
  const candidate = usageOf(member(usage, 'candidate'));
  const baseline = usageOf(member(usage, 'baseline'));
  const evidence = member(value, 'evidence');
  const text = (name: string): string => textOf(evidence, name);
  return {
    ...(candidate ? { usage: { candidate, ...(baseline ? { baseline } : {}) } } : {}),
    ...(isObject(evidence)
      ? {
          evidence: {
            gateSha256: text('gateSha256'),
            datasetSha256: text('datasetSha256'),
            target: text('target'),
            started: text('started'),
            finished: text('finished'),
          },
        }
      : {}),
  };
}

function usageOf(value: Json | undefined): ArmUsage | undefined {
  if (!isObject(value)) return undefined;
  const known = (['inputTokens', 'outputTokens', 'cost'] as const).flatMap((name) => {
    const found = number(value, name);
    return found === undefined ? [] : [[name, found] as const];
  });
  const count = (name: string): number => number(value, name) ?? 0;
  return { answers: count('answers'), reused: count('reused'), ...Object.fromEntries(known) };
}

function checkOf(one: JsonObject): Check | undefined {
  const kind = (['absolute', 'regression', 'safety'] as const).find((known) => known === member(one, 'kind'));
  const verdict = VERDICTS.find((known) => known === member(one, 'verdict'));
  if (!kind || !verdict) return undefined;
  const numbers = (['estimate', 'lower', 'upper', 'candidate', 'baseline', 'p', 'deviation'] as const).flatMap(
    (name) => {
      const found = number(one, name);
      return found === undefined ? [] : [[name, found] as const];
    },
  );
  return {
    metric: textOf(one, 'metric'),
    kind,
    tier: textOf(one, 'tier') === 'advisory' ? 'advisory' : 'blocking',
    verdict,
    limit: number(one, 'limit') ?? 0,
    ...(textOf(one, 'evidence') === 'point' ? { evidence: 'point' as const } : {}),
    n: number(one, 'n') ?? 0,
    reason: textOf(one, 'reason'),
    ...(textOf(one, 'slice') === '' ? {} : { slice: textOf(one, 'slice') }),
    ...Object.fromEntries(numbers),
  };
}

function sliceOf(one: JsonObject): Slice {
  const baseline = number(one, 'baseline');
  return {
    metric: textOf(one, 'metric'),
    slice: textOf(one, 'slice'),
    value: textOf(one, 'value'),
    ...(textOf(one, 'evidence') === 'point' ? { evidence: 'point' as const } : {}),
    n: number(one, 'n') ?? 0,
    candidate: number(one, 'candidate') ?? 0,
    ...(baseline === undefined ? {} : { baseline }),
  };
}

function armOf(value: Json | undefined): { readonly label: string; readonly digest: string } {
  const arm = isObject(value) ? value : {};
  return { label: textOf(arm, 'label'), digest: textOf(arm, 'digest') };
}

function number(value: JsonObject, name: string): number | undefined {
  const found = member(value, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

function objects(value: JsonObject, name: string): JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}

function texts(value: JsonObject, name: string): string[] {
  const list = member(value, name);
  return isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
