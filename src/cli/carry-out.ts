import type { Connection } from '../azure/connect.ts';
import { secretSource } from '../azure/secrets.ts';
import { problem, ProblemError, type Diagnostic } from '../model/diagnostic.ts';
import type { Planned } from '../planner/index.ts';
import { applyPlan } from '../reconcilers/apply.ts';
import type { ApplyResult } from '../reconcilers/apply/events.ts';
import { registry } from '../reconcilers/registry.ts';
import { actorOf } from './actor.ts';
import { exitCodes, signalCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { generationOf } from '../git/generation.ts';
import { keepReport, openJournal } from './journal.ts';
import { createProgress } from './progress.ts';
import { resultLines, resultSummary } from './render/apply-text.ts';
import { exitOf, reportProblems } from './report.ts';
import { stateFolder, type Opened } from './session.ts';
import { jsonText } from './text.ts';

export interface CarryOutOptions {
  /** False: gates are evaluated anew, and earlier runs do not count. */
  readonly cache?: boolean;
  readonly output?: string;
  readonly parallelism: number;
  /** Progress as counts, where nothing can be overwritten. */
  readonly quiet?: boolean;
}

/** What a person is asked, and what to pass where there is nobody to ask. */
export interface Question {
  /** Such as `Apply these changes?`. */
  readonly question: string;
  /** Such as `Pass --yes to apply without asking.`. */
  readonly otherwise: string;
}

export const APPLY_QUESTION: Question = {
  question: 'Apply these changes?',
  otherwise: 'Pass --yes to apply without asking, or a saved plan.',
};

/** Undefined when a person at the terminal says yes; else why not: ING6005 for another answer, ING6001 without a terminal. */
export async function confirmed(io: Io, { question, otherwise }: Question): Promise<Diagnostic | undefined> {
  if (!io.interactive) return problem('ING6001', 'There is no terminal to ask on', { hint: otherwise });
  const answer = await io.ask(`${question} Only "yes" is taken as a yes: `);
  return answer.trim() === 'yes' ? undefined : problem('ING6005', 'Not confirmed. Nothing was changed');
}

/** Carries out a plan, shows what happens and tells how it ended. A second signal gives up what is in flight. */
export async function carryOut(
  io: Io,
  opened: Opened,
  connection: Connection,
  { plan, state }: Planned,
  options: CarryOutOptions,
): Promise<ApplyResult & { readonly reason: unknown }> {
  const folder = stateFolder(opened.project);
  const journal = openJournal(folder, plan, { by: actorOf(io.env), correlation: connection.session.correlationId });
  const kept = createKeeping();
  const progress = await createProgress(io, plan, options);
  const signals = io.holdSignals();
  signals.stop.addEventListener('abort', () => io.say([STOPPING]), { once: true });
  const result = await applyPlan({
    plan,
    state,
    graph: opened.graph,
    scope: opened.scope,
    reconcilers: registry,
    azure: connection.azure,
    files: opened.project.files,
    probe: connection.probe,
    generation: await generationOf(opened.project.root, plan.head.commit),
    ...(options.cache === false ? { anew: connection.session.correlationId } : {}),
    secret: secretSource(io.env, connection),
    parallelism: options.parallelism,
    stop: AbortSignal.any([signals.stop, kept.failed]),
    abort: signals.kill,
    now: Date.now,
    onEvent: (raw) => {
      const event = connection.secrets.concealIn(raw);
      kept.keep(() => {
        journal.record(event);
        if (event.type === 'attached') keepReport(folder, event.id, event.document);
      });
      progress.show(event);
    },
  });
  await progress.end();
  kept.keep(() => journal.close(result));
  if (options.output === 'json') io.write(`${jsonText({ type: 'summary', ...resultSummary(plan, result) })}\n`);
  else io.print(...resultLines(plan, result));
  const { problem: unkept } = kept;
  if (unkept) reportProblems(io, [unkept], {});
  return { ...result, complete: result.complete && !unkept, reason: signals.stop.reason ?? unkept };
}

interface Keeping {
  /** Aborts when something could not be kept. */
  readonly failed: AbortSignal;
  /** Why; absent while all was. */
  readonly problem: Diagnostic | undefined;
  keep(work: () => void): void;
}

/** Writes what is known of a run. When that fails nothing more of the run begins, and nothing more is written. */
function createKeeping(): Keeping {
  const failed = new AbortController();
  let found: Diagnostic | undefined;
  return {
    failed: failed.signal,
    get problem() {
      return found;
    },
    keep(work) {
      if (found) return;
      try {
        work();
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        found = error.problem;
        failed.abort();
      }
    },
  };
}

const STOPPING = 'Stopping: nothing more is begun, and what is running is finished. A second signal stops at once.';

/** The exit code of an apply that did not do everything. */
export function incompleteCode(result: ApplyResult & { readonly reason?: unknown }): number {
  if (result.interrupted && typeof result.reason === 'string') return signalCode(result.reason);
  const isGate = result.outcomes.some((one) => one.problem !== undefined && exitOf(one.problem.code) === 'gateFailed');
  return isGate ? exitCodes.gateFailed : exitCodes.incomplete;
}
