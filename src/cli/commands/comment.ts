import { ForgeError } from '../../forge/request.ts';
import { postSticky } from '../../forge/sticky.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { exitCodes } from '../exit-codes.ts';
import { pullRequestOf } from '../forge.ts';
import { readGateReport } from '../gate-report-file.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { readPlan } from '../plan-file.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { composeComment, type Reviewed } from '../render/comment.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { appendToFile } from '../save-file.ts';
import { githubOutputs } from '../step-outputs.ts';

export interface CommentOptions extends GlobalOptions {
  readonly failed: readonly string[];
  /** Files of gate reports. */
  readonly gates: readonly FilePath[];
  readonly dryRun: boolean;
}

/** The summary of a job takes 1 MiB. */
const SUMMARY_LIMIT = 1_000_000;
const PREVIEW_LIMIT = 65_536;

/** Writes the one comment of a pull request from saved plans; everything goes to the summary of the job as well. */
export async function comment(io: Io, options: CommentOptions, files: readonly FilePath[]): Promise<number> {
  const plans = files.map((file) => readPlan(file));
  const reports = options.gates.map((file) => readGateReport(file));
  const unreadable = [...plans, ...reports].filter((one): one is Diagnostic => 'code' in one);
  const gates = reports.flatMap((one) => ('code' in one ? [] : [one]));
  if (unreadable.length > 0) return refuse(io, unreadable);
  const reviewed: Reviewed[] = [
    ...plans.flatMap((one) => ('code' in one ? [] : [{ plan: one }])),
    ...options.failed.map((environment) => ({
      environment,
      failure: 'There is no plan. The log of its job says why.',
    })),
  ].toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  if (reviewed.length === 0) return refuse(io, [problem('ING6201', 'There is no plan to comment on')]);
  if (options.dryRun) {
    io.write(`${composeComment(reviewed, PREVIEW_LIMIT, gates).text}\n`);
    return exitCodes.ok;
  }
  const pull = pullRequestOf(io);
  if ('code' in pull) return refuse(io, [pull]);
  const { discussion, run, head } = pull;
  // The marker is part of the comment.
  const composed = composeComment(reviewed, discussion.limit - 200, gates);
  summarise(io, composeComment(reviewed, SUMMARY_LIMIT, gates).text);
  try {
    const posted = await postSticky(discussion, { key: 'plan', run, head }, composed.text);
    if (posted.outcome === 'older') io.say(['A newer run has commented already; this one leaves it as it is.']);
    else io.print([`The comment was ${posted.outcome}${posted.url === '' ? '' : `: ${posted.url}`}.`]);
    const output = io.env['GITHUB_OUTPUT'] ?? '';
    if (output !== '' && posted.outcome !== 'older') appendToFile(output, githubOutputs({ 'comment-url': posted.url }));
  } catch (error) {
    if (error instanceof ForgeError) return refuse(io, [forgeProblem(error)]);
    throw error;
  }
  return composed.overflow
    ? refuse(io, [
        problem('ING6202', 'What is destroyed does not fit into the comment; it is in the summary of the job'),
      ])
    : exitCodes.ok;
}

function nameOf(one: Reviewed): string {
  return 'plan' in one ? one.plan.environment.name : one.environment;
}

function summarise(io: Io, text: string): void {
  const file = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') appendToFile(file, `${text}\n`);
}

function refuse(io: Io, problems: readonly Diagnostic[]): number {
  reportProblems(io, problems, {});
  return exitCodeFor(problems);
}

/** A refusal of GitHub or Azure DevOps as a problem. */
export function forgeProblem(error: ForgeError): Diagnostic {
  const denied = error.status === 401 || error.status === 403 || error.status === 404;
  return problem(denied ? 'ING6203' : 'ING6204', error.message, {
    hint: denied ? 'Pull requests from forks have no token that may write; see docs/pipelines.md.' : undefined,
  });
}
