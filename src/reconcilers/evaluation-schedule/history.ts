import type { AzureReads } from '../../model/azure.ts';
import { isArray, isObject, member, textAt, textOf, type Json, type JsonObject } from '../../model/json.ts';
import type { Live, Site } from '../../model/kind.ts';
import { exactRate, type Estimate } from '../shared/eval-intervals.ts';
import { evalsAddress, madeAt, projectEndpoint } from '../shared/evals.ts';
import { isoTime } from '../../model/time.ts';

const MOST_RUNS = 20;

/** Of the intervals. */
const CONFIDENCE = 0.95;

/** One metric of a run: items that passed of those that were graded. */
export interface PassCount {
  readonly metric: string;
  readonly passed: number;
  /** Items with a grade. */
  readonly n: number;
  /** Pass rate with exact bounds at 95 %; absent without grades. */
  readonly rate?: Estimate;
}

/** What the runs of a schedule found, the newest first, 20 at most: plain JSON, without any answer of a model. */
export interface ScheduleReport {
  readonly schedule: string;
  readonly environment: string;
  /** Id of the evaluation in Foundry: its graders are the same in all runs. */
  readonly evaluationId: string;
  readonly runs: readonly {
    readonly run: string;
    /** ISO 8601. */
    readonly at: string;
    /** completed, failed, canceled, queued or in_progress. */
    readonly status: string;
    readonly metrics: readonly PassCount[];
  }[];
  /** Times at which no run could be started, the newest first, with what Foundry says. */
  readonly missed: readonly { readonly at: string; readonly reason: string }[];
}

/** Reads the runs of the evaluation that a schedule has now. Only reads. */
export async function scheduleHistory(
  reader: AzureReads,
  site: Site,
  live: Live,
  headers: Readonly<Record<string, string>>,
): Promise<ScheduleReport | undefined> {
  const endpoint = projectEndpoint(site);
  const evaluationId = textAt(live.body, '/task/evalId');
  if (endpoint === undefined || evaluationId === '') return undefined;
  const [runs = [], triggered = []] = await Promise.all([
    reader.list({ ...evalsAddress(endpoint, evaluationId, 'runs'), query: { limit: '100' } }),
    reader.list({ ...live.address, path: `${live.address.path}/runs`, headers }),
  ]);
  return {
    schedule: site.id,
    environment: site.environment.name,
    evaluationId,
    runs: runs
      .toSorted((a, b) => madeAt(b) - madeAt(a))
      .slice(0, MOST_RUNS)
      .map((run) => ({
        run: textOf(run, 'id'),
        at: isoTime(madeAt(run)),
        status: textOf(run, 'status'),
        metrics: passCounts(member(run, 'per_testing_criteria_results')),
      })),
    missed: triggered
      .filter((one) => member(one, 'success') === false)
      .map((one) => ({ at: textOf(one, 'triggerTime'), reason: textOf(one, 'error') }))
      .toSorted((a, b) => b.at.localeCompare(a.at))
      .slice(0, MOST_RUNS),
  };
}

/** Items that a grader could not grade are in neither count. */
function passCounts(results: Json | undefined): PassCount[] {
  const own = (isArray(results) ? results : []).filter((one): one is JsonObject => isObject(one));
  return own.map((one) => {
    const count = (name: string): number => {
      const value = member(one, name);
      return typeof value === 'number' ? value : 0;
    };
    const [passed, n] = [count('passed'), count('passed') + count('failed')];
    const rate = exactRate(passed, n, CONFIDENCE);
    return { metric: textOf(one, 'testing_criteria'), passed, n, ...(rate === undefined ? {} : { rate }) };
  });
}
