import type { AzureReads } from '../../model/azure.ts';
import { ProblemError } from '../../model/diagnostic.ts';
import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { evalsAddress, isUsable, madeAt, runItems, runsGone } from '../shared/evals.ts';
import { rankingMetric, runKey } from './content.ts';
import type { ResultRecord } from './record.ts';
import { rank, type Answers, type CandidateResult } from './results.ts';
import type { EvaluationSpec } from './spec.ts';

/** The results of an evaluation: plain JSON, without any answer of a model. */
export interface EvaluationReport {
  readonly evaluation: string;
  readonly environment: string;
  /** ISO 8601. */
  readonly at: string;
  /** Id of the evaluation in Foundry. */
  readonly evaluationId: string;
  readonly items: number;
  readonly repeats: number;
  /** Of all intervals, such as 0.95. */
  readonly confidence: number;
  /** Metric that decides the order. */
  readonly rankedBy: string;
  /** What is declared now has these results; false after a change that was not evaluated yet. */
  readonly current: boolean;
  readonly candidates: readonly CandidateResult[];
}

export interface ReportRequest {
  readonly id: ResourceId;
  readonly environment: string;
  readonly spec: EvaluationSpec;
  readonly endpoint: string;
  /** Id of the evaluation in Foundry. */
  readonly evaluationId: string;
  readonly record: ResultRecord;
  readonly current: boolean;
}

/** Reads the runs that a record names and ranks their candidates. Rejects with ING7006 when a run is gone. */
export async function readReport(reader: AzureReads, request: ReportRequest): Promise<EvaluationReport> {
  const { id, environment, spec, endpoint, evaluationId, record, current } = request;
  const runs = (await reader.list({ ...evalsAddress(endpoint, evaluationId, 'runs'), query: { limit: '100' } })) ?? [];
  const answers = await Promise.all(
    Object.entries(record.candidates).map(([name, key]) => answersOf(reader, request, runs, name, key)),
  );
  const complete = answers.filter((one) => one !== undefined);
  if (complete.length < answers.length) throw new ProblemError(runsGone(id));
  return {
    evaluation: id,
    environment,
    at: record.at,
    evaluationId,
    items: record.items,
    repeats: record.repeats,
    confidence: spec.confidence ?? 0.95,
    rankedBy: rankingMetric(spec),
    current,
    candidates: rank(spec, complete),
  };
}

async function answersOf(
  reader: AzureReads,
  { endpoint, evaluationId, record }: ReportRequest,
  runs: readonly JsonObject[],
  name: string,
  key: string,
): Promise<Answers | undefined> {
  const repeats = Array.from({ length: record.repeats }, (_, index) => runKey(key, index + 1));
  const completed = runs
    .filter((run) => textOf(run, 'status') === 'completed')
    .toSorted((a, b) => madeAt(b) - madeAt(a));
  const own = repeats.map((one) => completed.find((run) => isUsable(run, one)));
  const ended = own.filter((run) => run !== undefined);
  const [first] = ended;
  if (ended.length < own.length || !first) return undefined;
  const ids = ended.map((run) => textOf(run, 'id'));
  const items: (readonly JsonObject[])[] = [];
  for (const run of ids) items.push(await runItems(reader, endpoint, evaluationId, run));
  return { name, label: labelOf(first, name), runs: ids, items };
}

/** Metadata of a run that says what was asked, for people. */
export const LABEL = 'ingate.label';

function labelOf(run: JsonObject, name: string): string {
  const label = member(member(run, 'metadata'), LABEL);
  return typeof label === 'string' ? label : name;
}
