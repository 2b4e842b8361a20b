import type { FoundryComparison } from '../../gates/report/document.ts';
import { isAzureError, type Address } from '../../model/azure.ts';
import { isArray, member, textAt, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { WriteContext } from '../../model/kind.ts';
import { once } from '../shared/evals.ts';

/** Foundry's own comparison is only shown, so nobody waits long for it. Milliseconds. */
const PATIENCE = 60_000;
const POLL = 1_000;

/**
 * What Foundry says of two runs of an evaluation (`insights`, EvaluationComparison; preview): asked for once per pair, shown
 * beside our own statistics, and never decisive. What goes wrong is a note.
 */
export async function compareInFoundry(
  { azure, signal, report }: WriteContext,
  endpoint: string,
  evaluation: string,
  runs: { readonly candidate: readonly string[]; readonly baseline: readonly string[] },
): Promise<FoundryComparison | undefined> {
  const [candidate] = runs.candidate;
  const [baseline] = runs.baseline;
  if (candidate === undefined || baseline === undefined || candidate === baseline) return undefined;
  const insights = (...path: readonly string[]): Address => ({
    path: [`${endpoint}/insights`, ...path].join('/'),
    apiVersion: 'v1',
    headers: { 'foundry-features': 'Insights=V1Preview' },
  });
  const displayName = `${candidate} against ${baseline}`;
  const request = {
    type: 'EvaluationComparison',
    evalId: evaluation,
    baselineRunId: baseline,
    treatmentRunIds: [candidate],
  };
  try {
    const made = await once(
      async () =>
        ((await azure.list(insights())) ?? []).find(
          (one) => textOf(one, 'displayName') === displayName && !isBroken(textOf(one, 'state')),
        ),
      async () => (await azure.post(insights(), { displayName, request }, { signal })).body as JsonObject,
    );
    const until = azure.now() + PATIENCE;
    for (;;) {
      const insight = (await azure.get(insights(textOf(made, 'id')))) ?? {};
      const state = textOf(insight, 'state');
      if (state === 'Succeeded') return { comparisons: comparisonsOf(insight) };
      if (isBroken(state)) return { note: `Foundry's comparison has ended as ${state}`, comparisons: [] };
      if (azure.now() > until) return { note: "Foundry's comparison was not ready in time", comparisons: [] };
      report('comparing in Foundry');
      await azure.sleep(POLL, signal);
    }
  } catch (error) {
    if (!isAzureError(error)) throw error;
    return { note: `Foundry's comparison could not be made: ${error.details.code}`, comparisons: [] };
  }
}

function isBroken(state: string): boolean {
  return state === 'Failed' || state === 'Canceled';
}

function comparisonsOf(insight: JsonObject): FoundryComparison['comparisons'] {
  const all = valueAt(insight, '/result/comparisons');
  return (isArray(all) ? all : []).flatMap((one) => {
    const item = valueAt(one, '/compareItems/0');
    if (item === undefined) return [];
    const number = (name: string): number | null => {
      const value = member(item, name);
      return typeof value === 'number' && Number.isFinite(value) ? value : null;
    };
    return [
      {
        metric: textAt(one, '/testingCriteria'),
        delta: number('deltaEstimate'),
        p: number('pValue'),
        effect: textAt(item, '/treatmentEffect'),
      },
    ];
  });
}
