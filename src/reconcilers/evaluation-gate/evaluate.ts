import { decideGate } from '../../gates/verdict/decide.ts';
import type { Arm, GateResult } from '../../gates/verdict/types.ts';
import { textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { Nomination, Nominee, Site, WriteContext } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import type { FoundryComparison, GateReport } from '../../gates/report/document.ts';
import type { ArmUsage } from '../../gates/report/usage.ts';
import { distributionsOf, type Distribution } from '../../gates/report/distributions.ts';
import { oldestThatCounts } from '../shared/eval-records.ts';
import { askApp } from './ask-app.ts';
import { askInBatch } from './ask-batch.ts';
import { compareInFoundry } from './comparison.ts';
import { attackCandidate } from './attack.ts';
import { comparesWithBaseline, criteriaOf } from './criteria.ts';
import { armOf } from './grades.ts';
import { rowsOf } from './items.ts';
import { judgeFaults, readJudge, type Judge } from './judge.ts';
import { ensureRun, evalsAddress, finishedRun, runItems, type RunRequest } from './runs.ts';
import type { EvaluationGateSpec } from './spec.ts';
import { usageOf, type Answers } from './usage.ts';

export interface Evaluated {
  readonly result: GateResult;
  readonly distributions: readonly Distribution[];
  readonly foundry: FoundryComparison | undefined;
  readonly usage: NonNullable<GateReport['usage']>;
  /** A run had not ended when the time was over: it goes on, and a later apply can read it. */
  readonly unfinished: boolean;
  /** Ids of the runs of the candidate, then of the baseline. */
  readonly runs: { readonly candidate: readonly string[]; readonly baseline: readonly string[] };
}

/** Runs both arms under one evaluation, reads every item back and decides. */
export async function evaluateGate(
  context: WriteContext,
  site: Site,
  endpoint: string,
  evaluation: string,
  { candidate, incumbent }: Nomination,
  judge: Judge | undefined,
): Promise<Evaluated> {
  const spec = site.spec as EvaluationGateSpec;
  const { rows } = rowsOf(spec);
  const deadline = context.azure.now() + (spec.maxMinutes ?? 30) * 60_000;
  const against = spec.baseline === 'none' || !comparesWithBaseline(spec) ? undefined : incumbent;
  const [own, other] = await Promise.all([
    armFrom(context, site, endpoint, evaluation, candidate, deadline),
    against && armFrom(context, site, endpoint, evaluation, against, deadline),
  ]);
  const attacks = await attackCandidate(context, site, endpoint);
  const invalid = await changedMeanwhile(context, site, candidate, judge);
  const stopped = own.stopped ?? other?.stopped;
  const result = decideGate(criteriaOf(spec, rows), {
    items: rows.map(({ item }) => item),
    candidate: own.arm,
    baseline: other?.arm,
    invalid,
    ...(attacks === undefined ? {} : { attacks }),
    ...(stopped === undefined ? {} : { stopped }),
  });
  const runs = { candidate: own.runs, baseline: other?.runs ?? [] };
  const distributions = distributionsOf(criteriaOf(spec, rows).metrics, { candidate: own.arm, baseline: other?.arm });
  const usage = { candidate: own.usage, ...(other ? { baseline: other.usage } : {}) };
  const unfinished = own.unfinished || other?.unfinished === true;
  return {
    result,
    runs,
    usage,
    unfinished,
    distributions,
    foundry: await compareInFoundry(context, endpoint, evaluation, runs),
  };
}

interface ArmRuns {
  readonly arm: Arm;
  readonly runs: readonly string[];
  /** Why it ended before all answers were there. */
  readonly stopped: string | undefined;
  readonly unfinished: boolean;
  readonly usage: ArmUsage;
}

async function armFrom(
  context: WriteContext,
  site: Site,
  endpoint: string,
  evaluation: string,
  nominee: Nominee,
  deadline: number,
): Promise<ArmRuns> {
  const spec = site.spec as EvaluationGateSpec;
  const { rows } = rowsOf(spec);
  const repeats = Array.from({ length: spec.repeats ?? 1 }, (_, index) => index + 1);
  const runs: string[] = [];
  const answers: Answers[] = [];
  let stopped: string | undefined;
  let unfinished = false;
  for (const repeat of repeats) {
    if (stopped !== undefined) break;
    let reused = true;
    const onStart = (): void => {
      reused = false;
    };
    const input = spec.input ?? '{{item.query}}';
    const since = oldestThatCounts(spec.expiresAfterDays ?? 14, context.azure.now());
    const request = { onStart, endpoint, evaluation, nominee, rows, input, repeat, since, anew: context.anew };
    const { items, run } = await askedOnce(context, site, request, deadline);
    if (run !== undefined) runs.push(run);
    if (items) answers.push({ items, reused: reused && spec.target.containerApp === undefined });
    unfinished = items === undefined;
    stopped = stopReason(spec, answers, unfinished || context.azure.now() > deadline);
  }
  const arm = armOf(
    spec,
    nominee,
    answers.map(({ items }) => items),
  );
  return { arm, runs, stopped, unfinished, usage: usageOf(spec, answers) };
}

/** One answer to every item; without items where they were not there in time. `run`: id of the run of Foundry, if it is one. */
async function askedOnce(
  context: WriteContext,
  site: Site,
  request: RunRequest,
  deadline: number,
): Promise<{ readonly items: readonly JsonObject[] | undefined; readonly run?: string }> {
  const spec = site.spec as EvaluationGateSpec;
  const { endpoint, evaluation, nominee, rows } = request;
  if (spec.target.containerApp !== undefined) return { items: await askApp(context, spec, nominee, rows) };
  if (spec.target.batch !== undefined) return { items: await askInBatch(context, site, request, deadline) };
  const run = textOf(await ensureRun(context, request), 'id');
  const address = evalsAddress(endpoint, evaluation, 'runs', run);
  const ended = await finishedRun(context, address, nominee.label, deadline, 'ING7003');
  return { items: ended && (await runItems(context.azure, endpoint, evaluation, run)), run };
}

/** Why a gate ends before it has all answers: its time or its tokens are used up. */
function stopReason(
  { maxMinutes = 30, maxTokens }: EvaluationGateSpec,
  answers: readonly Answers[],
  late: boolean,
): string | undefined {
  if (late) return `it took longer than ${maxMinutes} minutes`;
  const used = answers
    .flatMap(({ items }) => items)
    .reduce((sum, item) => sum + Number(valueAt(item, '/sample/usage/total_tokens') ?? 0), 0);
  return maxTokens !== undefined && used > maxTokens
    ? `answers took ${used} tokens, more than ${maxTokens}`
    : undefined;
}

/** The resource that a gate is about. */
export function gateTarget({ agent, model, batch, containerApp }: EvaluationGateSpec['target']): ResourceId {
  if (agent !== undefined) return resourceId('Agent', agent);
  return containerApp === undefined
    ? resourceId('ModelDeployment', model ?? batch ?? '')
    : resourceId('ContainerApp', containerApp);
}

/** A verdict counts only for what was there all the time. */
async function changedMeanwhile(
  context: WriteContext,
  site: Site,
  candidate: Nominee,
  judge: Judge | undefined,
): Promise<string[]> {
  const spec = site.spec as EvaluationGateSpec;
  const { candidate: now } = await context.nominate(gateTarget(spec.target));
  const judgeNow = await readJudge(context, site);
  return [
    ...(now.digest === candidate.digest && textOf(now.target, 'version') === textOf(candidate.target, 'version')
      ? []
      : ['the target changed while it was evaluated']),
    ...(judgeNow?.model === judge?.model && judgeNow?.version === judge?.version
      ? []
      : ['the model of the judge changed while it graded']),
    ...judgeFaults(spec, judgeNow),
  ];
}
