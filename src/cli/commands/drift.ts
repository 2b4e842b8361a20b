import type { Connection } from '../../azure/connect.ts';
import { withIgnoredFields } from '../drift-scope.ts';
import { carryOut, confirmed, incompleteCode } from '../carry-out.ts';
import { isDeletion, isWanted, unknownDrift } from '../drift-names.ts';
import { driftedFieldsOf, driftOf, hasDrifted, lostItsMark, type DriftReport } from '../drift-report.ts';
import { ForgeError } from '../../forge/request.ts';
import { postIssue } from '../../forge/sticky.ts';
import { issuesOf } from '../forge.ts';
import { forgeProblem } from './comment.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { withLock, type LockOptions } from '../lock.ts';
import { driftPage } from '../render/html/drift-page.ts';
import { driftLines, driftMarkdown } from '../render/drift.ts';
import { planLines } from '../render/plan-text.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, openEnvironment, type EnvironmentOptions, type Opened } from '../session.ts';
import { jsonText } from '../text.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { ResourceId } from '../../model/resource-id.ts';

export interface DriftOptions extends EnvironmentOptions {
  /** Keeps one issue open per environment while there is drift (GitHub). */
  readonly issue: boolean;
}

const LABEL = 'ingate-drift';

/** Opens, updates or closes the issue; resolves to an exit code where that was refused. */
async function tellIssue(io: Io, report: DriftReport, options: DriftOptions): Promise<number | undefined> {
  const issues = issuesOf(io, LABEL);
  if ('code' in issues) {
    reportProblems(io, [issues], options);
    return exitCodeFor([issues]);
  }
  const { environment } = report;
  try {
    const body = hasDrifted(report) ? driftMarkdown(report) : undefined;
    const outcome = await postIssue(issues, `drift-${environment}`, `Drift in ${environment}`, body);
    if (outcome !== 'none') io.say([`The issue "Drift in ${environment}" was ${outcome}.`]);
    return undefined;
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    const problems = [forgeProblem(error)];
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  }
}

/** Tells what was changed in Azure since the last complete apply. Only reads; exits with 4 when something was. */
export async function drift(io: Io, options: DriftOptions): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const report = driftOf(planned.value.plan);
    const outcome = hasDrifted(report) ? 'drift' : 'unchanged';
    if (options.output === 'json') io.write(`${jsonText({ outcome, ...report }, 2)}\n`);
    else if (options.output === 'markdown') io.write(driftMarkdown(report));
    else if (options.output === 'html') io.write(driftPage(report, planned.value.plan.tool));
    else io.print(...driftLines(report));
    const refused = options.issue ? await tellIssue(io, report, options) : undefined;
    if (refused !== undefined) return refused;
    return hasDrifted(report) ? exitCodes.drift : exitCodes.ok;
  } finally {
    await connection.close();
  }
}

export interface RevertOptions extends LockOptions {
  readonly yes: boolean;
  readonly all: boolean;
  readonly parallelism: number;
}

/**
 * Writes what Git applied over what was changed in Azure, and nothing that is pending in Git. Resources that were
 * deleted come back only when they are named, or with `--all`. `wanted`: names as `ingate drift` prints them.
 */
export async function driftRevert(io: Io, options: RevertOptions, wanted: readonly string[]): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    return await withLock(io, opened.value, connection, options, (locked) =>
      revertIn(io, opened.value, locked, options, wanted),
    );
  } finally {
    await connection.close();
  }
}

async function revertIn(
  io: Io,
  opened: Opened,
  connection: Connection,
  options: RevertOptions,
  wanted: readonly string[],
): Promise<number> {
  const seen = await makePlan(io, opened, connection, { ...options, prune: false });
  if (seen.exitCode !== undefined) return seen.exitCode;
  const problems = unsuitable(seen.value.plan, wanted);
  if (problems.length > 0) {
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  }
  // The same plan once more, with everything that is pending in Git or not asked for left as it is in Azure.
  const scoped = { ...opened, graph: withIgnoredFields(opened.graph, fieldsToLeave(seen.value.plan, wanted)) };
  const made = await makePlan(io, scoped, connection, { ...options, prune: false });
  if (made.exitCode !== undefined) return made.exitCode;
  const isChosen = (change: Change): boolean => {
    if (isDeletion(change)) return wanted.length > 0 ? wanted.includes(change.id) : options.all;
    if (lostItsMark(change) && (wanted.length === 0 || wanted.includes(change.id))) return true;
    return driftedFieldsOf(change).some((field) => isWanted(change, field, wanted));
  };
  const plan: Plan = { ...made.value.plan, changes: made.value.plan.changes.filter(isChosen) };
  io.print(...planLines(plan));
  if (plan.changes.length === 0) return exitCodes.ok;
  if (plan.refusals.length > 0) return exitCodes.refused;
  const question = { question: 'Write this back to Azure?', otherwise: 'Pass --yes to write back without asking.' };
  const unconfirmed = options.yes ? undefined : await confirmed(io, question);
  if (unconfirmed) {
    reportProblems(io, [unconfirmed], {});
    return exitCodeFor([unconfirmed]);
  }
  const result = await carryOut(io, scoped, connection, { ...made.value, plan }, options);
  return result.complete ? exitCodes.ok : incompleteCode(result);
}

/** Why drift cannot be reverted: it is not known, it is named wrongly, or Git has changed the same field since. */
function unsuitable(plan: Plan, wanted: readonly string[]): Diagnostic[] {
  if (plan.base === null) {
    const why = plan.baseMissing ?? 'nothing was applied from a clean commit yet';
    return [problem('ING3015', `Drift cannot be told apart from pending changes: ${why}`)];
  }
  const conflicts = plan.changes.filter((change) =>
    driftedFieldsOf(change).some((field) => field.class === 'conflict' && isWanted(change, field, wanted)),
  );
  return [
    ...unknownDrift(plan.changes, wanted, { deletions: true }),
    ...conflicts.map(({ id }) =>
      problem('ING3015', `${id} was changed in Git and in Azure in the same field`, {
        resource: id,
        hint: 'Apply brings what Git declares now.',
      }),
    ),
  ];
}

/** Fields that are pending in Git, and drifted ones that were not named. */
function fieldsToLeave(plan: Plan, wanted: readonly string[]): ReadonlyMap<ResourceId, readonly string[]> {
  return new Map(
    plan.changes.flatMap((change) => {
      if (change.action !== 'update' && change.action !== 'replace') return [];
      return [
        [
          change.id,
          change.fields
            .filter((field) => field.class === 'pending' || !isWanted(change, field, wanted))
            .map(({ field }) => field),
        ] as const,
      ];
    }),
  );
}
