import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { oldestThatCounts } from '../shared/eval-records.ts';
import { targetDataSource } from '../shared/eval-rows.ts';
import { ensureEvaluation, ensureRun, evalsAddress, finishedRun } from '../shared/evals.ts';
import {
  candidateKey,
  evaluationContent,
  inputOf,
  marksOf,
  resourceOf,
  rowsFor,
  runKey,
  targetOf,
  type Candidate,
} from './content.ts';
import { results, type ResultRecord } from './record.ts';
import { LABEL, readReport, type EvaluationReport } from './report.ts';
import type { EvaluationSpec } from './spec.ts';

/** Foundry lets five evaluations of an account run at once; some are left for gates. */
const AT_ONCE = 3;

/** What carrying out an evaluation came to; without a report when it still goes on in Foundry. */
export interface Evaluated {
  readonly evaluationId: string;
  readonly report: EvaluationReport | undefined;
}

/** Runs what was not run yet, reads every item back, ranks, and keeps where the results are. `key`: what they are about. */
export async function evaluate(context: WriteContext, site: Site, endpoint: string, key: string): Promise<Evaluated> {
  const spec = site.spec as EvaluationSpec;
  const name = `${site.environment.name}/${site.azureName}`;
  const evaluation = await ensureEvaluation(context, endpoint, name, evaluationContent(site), marksOf(site));
  const evaluationId = textOf(evaluation, 'id');
  const deadline = context.azure.now() + (spec.maxMinutes ?? 30) * 60_000;
  const request = { context, site, endpoint, evaluationId, deadline };
  const keys = new Map<string, string>();
  const waiting = [...spec.candidates];
  let late = false;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const asked = await ask(request, next);
      keys.set(next.name, asked.key);
      late ||= !asked.ended;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  if (late) {
    context.report(`it takes longer than ${spec.maxMinutes ?? 30} minutes and goes on in Foundry; apply again later`);
    return { evaluationId, report: undefined };
  }
  const record: ResultRecord = {
    at: new Date(context.azure.now()).toISOString(),
    items: rowsFor(spec).length,
    repeats: spec.repeats ?? 1,
    best: '',
    candidates: Object.fromEntries(spec.candidates.map((one) => [one.name, keys.get(one.name) ?? ''])),
  };
  const about = {
    id: site.id,
    environment: site.environment.name,
    spec,
    endpoint,
    evaluationId,
    record,
    current: true,
  };
  const report = await readReport(context.azure, about);
  const address = evalsAddress(endpoint, evaluationId);
  const known = member((await context.azure.get(address)) ?? evaluation, 'metadata');
  const metadata = results.add(known, key, { ...record, best: report.candidates[0]?.name ?? '' });
  await context.azure.post(address, { metadata }, { signal: context.signal, repeatable: true });
  return { evaluationId, report };
}

interface AskRequest {
  readonly context: WriteContext;
  readonly site: Site;
  readonly endpoint: string;
  readonly evaluationId: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** Has a candidate answer every item as often as is declared. */
async function ask(
  { context, site, endpoint, evaluationId, deadline }: AskRequest,
  candidate: Candidate,
): Promise<{ readonly key: string; readonly ended: boolean }> {
  const spec = site.spec as EvaluationSpec;
  const { candidate: nominee } = await context.nominate(resourceOf(candidate));
  const key = candidateKey(site, candidate, nominee);
  const dataSource: JsonObject = targetDataSource(targetOf(nominee, candidate), rowsFor(spec), inputOf(spec));
  for (let repeat = 1; repeat <= (spec.repeats ?? 1); repeat++) {
    const run = await ensureRun(context, {
      endpoint,
      evaluation: evaluationId,
      key: runKey(key, repeat),
      name: `${candidate.name}${repeat > 1 ? `, repeat ${repeat}` : ''}`,
      metadata: { [LABEL]: nominee.label.slice(0, 500) },
      dataSource,
      since: oldestThatCounts(spec.expiresAfterDays, context.azure.now()),
    });
    const address = evalsAddress(endpoint, evaluationId, 'runs', textOf(run, 'id'));
    if (!(await finishedRun(context, address, candidate.name, deadline))) return { key, ended: false };
  }
  return { key, ended: true };
}
