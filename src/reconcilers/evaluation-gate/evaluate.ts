import { decideGate } from '../../gates/verdict/decide.ts';
import type { Arm, GateResult } from '../../gates/verdict/types.ts';
import { textOf, valueAt } from '../../model/json.ts';
import type { Nomination, Nominee, Site, WriteContext } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import type { FoundryComparison, GateReport } from '../../gates/report/document.ts';
import type { ArmUsage } from '../../gates/report/usage.ts';
import { distributionsOf, type Distribution } from '../../gates/report/distributions.ts';
import { oldestThatCounts } from '../shared/eval-records.ts';
import { askApp } from './ask-app.ts';
import { compareInFoundry } from './comparison.ts';
import { attackCandidate } from './attack.ts';
import { comparesWithBaseline, criteriaOf } from './criteria.ts';
import { armOf } from './grades.ts';
import { rowsOf } from './items.ts';
import { judgeFaults, readJudge, type Judge } from './judge.ts';
import { ensureRun, evalsAddress, finishedRun } from './runs.ts';
import type { EvaluationGateSpec } from './spec.ts';
import { usageOf, type Answers } from './usage.ts';

export interface Evaluated {
  readonly result: GateResult;
  readonly distributions: readonly Distribution[];
  readonly foundry: FoundryComparison | undefined;
  readonly usage: NonNullable<GateReport['usage']>;
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
  const deadline = Date.now() + (spec.maxMinutes ?? 30) * 60_000;
  const against = spec.baseline === 'none' || !comparesWithBaseline(spec) ? undefined : incumbent;
  const [own, other] = await Promise.all([
    armFrom(context, spec, endpoint, evaluation, candidate, deadline),
    against && armFrom(context, spec, endpoint, evaluation, against, deadline),
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
  return { result, runs, usage, distributions, foundry: await compareInFoundry(context, endpoint, evaluation, runs) };
}

interface ArmRuns {
  readonly arm: Arm;
  readonly runs: readonly string[];
  /** Why it ended before all answers were there. */
  readonly stopped: string | undefined;
  readonly usage: ArmUsage;
}

async function armFrom(
  context: WriteContext,
  spec: EvaluationGateSpec,
  endpoint: string,
  evaluation: string,
  nominee: Nominee,
  deadline: number,
): Promise<ArmRuns> {
  const { rows } = rowsOf(spec);
  const repeats = Array.from({ length: spec.repeats ?? 1 }, (_, index) => index + 1);
  const runs: string[] = [];
  const answers: Answers[] = [];
  let stopped: string | undefined;
  for (const repeat of repeats) {
    if (stopped !== undefined) break;
    if (spec.target.containerApp !== undefined)
      answers.push({ items: await askApp(context, spec, nominee, rows), reused: false });
    else {
      const input = spec.input ?? '{{item.query}}';
      const since = oldestThatCounts(spec.expiresAfterDays ?? 14, Date.now());
      let reused = true;
      const onStart = (): void => {
        reused = false;
      };
      const request = { onStart, endpoint, evaluation, nominee, rows, input, repeat, since, anew: context.anew };
      const run = textOf(await ensureRun(context, request), 'id');
      const address = evalsAddress(endpoint, evaluation, 'runs', run);
      const ended = await finishedRun(context, address, nominee.label, deadline, 'ING7003');
      runs.push(run);
      const listed = { ...address, path: `${address.path}/output_items`, query: { limit: '100' } };
      if (ended) answers.push({ items: (await context.azure.list(listed)) ?? [], reused });
    }
    stopped = stopReason(spec, answers, deadline, answers.length < repeat);
  }
  const arm = armOf(
    spec,
    nominee,
    answers.map(({ items }) => items),
  );
  return { arm, runs, stopped, usage: usageOf(spec, answers) };
}

/** Why a gate ends before it has all answers: its time or its tokens are used up. */
function stopReason(
  { maxMinutes = 30, maxTokens }: EvaluationGateSpec,
  answers: readonly Answers[],
  deadline: number,
  unfinished: boolean,
): string | undefined {
  if (unfinished || Date.now() > deadline) return `it took longer than ${maxMinutes} minutes`;
  const used = answers
    .flatMap(({ items }) => items)
    .reduce((sum, item) => sum + Number(valueAt(item, '/sample/usage/total_tokens') ?? 0), 0);
  return maxTokens !== undefined && used > maxTokens
    ? `answers took ${used} tokens, more than ${maxTokens}`
    : undefined;
}

/** The resource that a gate is about. */
export function gateTarget({ agent, model, containerApp }: EvaluationGateSpec['target']): ResourceId {
  if (agent !== undefined) return resourceId('Agent', agent);
  return containerApp === undefined
    ? resourceId('ModelDeployment', model ?? '')
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
