import type { Connection } from '../../azure/connect.ts';
import { problem } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import { takenNames } from '../../reconcilers/apply/taken-names.ts';
import { registry } from '../../reconcilers/registry.ts';
import { recordApplied, type Applied } from '../applied.ts';
import { APPLY_QUESTION, carryOut, confirmed, incompleteCode } from '../carry-out.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { requireLock, warnOfCosts, withLock, type LockOptions } from '../lock.ts';
import { readPlan } from '../plan-file.ts';
import { releasesAfterApply } from '../promotion/mark.ts';
import { planLines } from '../render/plan-text.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { unsetSecrets } from '../secrets.ts';
import { styled } from '../text.ts';
import { unrecordedNote } from '../unrecorded.ts';
import { connectTo, makePlan, openEnvironment, type Opened } from '../session.ts';
import { staleReasons } from '../stale.ts';
import { unlessStopped } from '../stopping.ts';
import { tellPlan } from '../step-outputs.ts';

export interface ApplyOptions extends LockOptions {
  readonly yes: boolean;
  readonly autoApprove?: boolean;
  /** Where nobody is asked, the plan is not printed and progress is counted. */
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly prune: boolean;
  readonly allowOlder: boolean;
  /** Resources whose secrets are written again. */
  readonly rotate?: readonly string[];
  readonly cache?: boolean;
  readonly planHash?: string;
  readonly parallelism: number;
}

/** Plans, shows, asks, and makes Azure match; or does exactly a reviewed plan, or refuses. */
export async function apply(io: Io, options: ApplyOptions, file: FilePath | undefined): Promise<number> {
  const reviewed = file === undefined ? undefined : readPlan(file);
  if (reviewed && 'code' in reviewed) return refuse(io, [reviewed], options);
  const wanted = reviewed
    ? {
        ...options,
        environment: options.environment ?? reviewed.environment.name,
        prune: reviewed.prune,
        allowOlder: reviewed.allowOlder === true,
        rotate: reviewed.rotate ?? [],
      }
    : options;
  const opened = openEnvironment(io, wanted);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const unlocked = requireLock(opened.value, options);
  if (unlocked) return refuse(io, [unlocked], options);
  const connection = await connectTo(io, opened.value, options);
  try {
    return await withLock(io, opened.value, connection, options, (locked) =>
      applyTo(io, opened.value, locked, wanted, reviewed),
    );
  } finally {
    await connection.close();
  }
}

async function applyTo(
  io: Io,
  opened: Opened,
  connection: Connection,
  options: ApplyOptions,
  reviewed: Plan | undefined,
): Promise<number> {
  const planned = await makePlan(io, opened, connection, options);
  if (planned.exitCode !== undefined) return planned.exitCode;
  const { plan } = planned.value;
  tellPlan(io, plan, options.output);
  const stale = reviewed ? staleReasons(reviewed, plan) : hashMismatch(options.planHash, plan);
  if (stale.length > 0) return refuse(io, stale, options);
  const isAgreed = options.yes || options.autoApprove === true || reviewed !== undefined;
  const isQuiet = options.quiet && isAgreed && plan.refusals.length === 0;
  if (options.output !== 'json' && !isQuiet) io.print(...planLines(plan, options));
  if (plan.refusals.length > 0)
    return options.output === 'json' ? refuse(io, plan.refusals, options) : exitCodes.refused;
  const unset = unsetSecrets(plan, opened.graph, io.env);
  if (unset.length > 0) return refuse(io, unset, options);
  if (!hasWork(plan)) return finish(io, opened, connection, { planned: planned.value }, options);
  const unconfirmed = isAgreed ? undefined : await confirmed(io, APPLY_QUESTION);
  if (unconfirmed) return refuse(io, [unconfirmed], options);
  const taken = await unlessStopped(connection.stop, () =>
    takenNames(plan, opened.graph, opened.scope, registry, connection.azure),
  );
  if (taken.length > 0) return refuse(io, taken, options);
  reportProblems(io, warnOfCosts(opened, plan.changes, options), {});
  const result = await carryOut(io, opened, connection, planned.value, { ...options, quiet: isQuiet });
  if (result.complete)
    return finish(io, opened, connection, { planned: planned.value, outcomes: result.outcomes }, options);
  const applied = { planned: planned.value, outcomes: result.outcomes, complete: false, releases: new Map() };
  reportProblems(io, await recordApplied(connection, opened, applied), options);
  return incompleteCode(result);
}

function refuse(io: Io, problems: Parameters<typeof reportProblems>[1], options: ApplyOptions): number {
  reportProblems(io, problems, options);
  return exitCodeFor(problems);
}

function hashMismatch(wanted: string | undefined, plan: Plan) {
  if (wanted === undefined || wanted === plan.digest) return [];
  return [
    problem('ING3006', `The plan made now has the digest ${plan.digest}, not ${wanted}`, {
      hint: 'Make a new plan and have it reviewed.',
    }),
  ];
}

function hasWork(plan: Plan): boolean {
  return plan.changes.some((change) => change.action !== 'keep');
}

/** Everything is as the commit says: that is recorded, with the releases that came with it. */
async function finish(
  io: Io,
  opened: Opened,
  connection: Connection,
  done: Pick<Applied, 'planned' | 'outcomes'>,
  options: ApplyOptions,
): Promise<number> {
  const { planned } = done;
  const { plan } = planned;
  const isRecorded = plan.head.commit !== null && !plan.head.dirty;
  const releases = isRecorded ? await releasesAfterApply(io, opened, connection, planned, options) : new Map();
  const note = unrecordedNote(plan);
  if (note !== undefined) io.say([styled('warning', note)]);
  const problems = await recordApplied(connection, opened, { ...done, complete: true, releases });
  if (problems.length === 0) return exitCodes.ok;
  reportProblems(io, problems, options);
  return exitCodes.incomplete;
}
