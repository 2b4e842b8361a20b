import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { savePlan } from '../plan-file.ts';
import { planPage } from '../render/html/page.ts';
import { publicPlan } from '../render/json.ts';
import { planMarkdown } from '../render/markdown.ts';
import { planSummaryLines } from '../render/plan-summary.ts';
import { planLines } from '../render/plan-text.ts';
import { hasDrift, isPending } from '../render/summary.ts';
import { tellPlan } from '../step-outputs.ts';
import { connectTo, makePlan, openEnvironment, type EnvironmentOptions } from '../session.ts';
import { jsonText, styled } from '../text.ts';
import type { Graph } from '../../model/graph.ts';
import type { Plan } from '../../model/plan.ts';

export interface PlanOptions extends EnvironmentOptions {
  readonly out?: FilePath;
  readonly prune: boolean;
  readonly allowOlder: boolean;
  /** Resources whose secrets are written again. */
  readonly rotate?: readonly string[];
  readonly detailedExitcode: boolean;
  /** Counts by kind, and risks, instead of every change. */
  readonly summary: boolean;
  /** Every field of new resources. */
  readonly verbose: boolean;
}

/** Shows what apply would do, and saves it for review where asked to. Writes nothing to Azure: it has nothing to write with. */
export async function plan(io: Io, options: PlanOptions): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const planned = await makePlan(io, opened.value, connection, options);
    if (planned.exitCode !== undefined) return planned.exitCode;
    show(io, planned.value.plan, opened.value.graph, options);
    tellPlan(io, planned.value.plan, options.output);
    if (options.out !== undefined) {
      savePlan(options.out, planned.value.plan);
      io.say([], ['Saved. Apply exactly this plan with ', styled('strong', `ingate apply ${options.out.shown}`)]);
    }
    return exitCodeOf(planned.value.plan, options);
  } finally {
    await connection.close();
  }
}

function show(io: Io, made: Plan, graph: Graph, options: PlanOptions): void {
  if (options.output === 'json') io.write(`${jsonText(publicPlan(made), 2)}\n`);
  else if (options.output === 'markdown') io.write(planMarkdown(made));
  else if (options.output === 'html') io.write(planPage(made, graph));
  else if (options.summary) io.print(...planSummaryLines(made));
  else io.print(...planLines(made, options));
}

function exitCodeOf(made: Plan, { detailedExitcode }: PlanOptions): number {
  if (made.refusals.length > 0) return exitCodes.refused;
  if (!detailedExitcode) return exitCodes.ok;
  return (isPending(made) ? exitCodes.pending : 0) | (hasDrift(made) ? exitCodes.drift : 0);
}
