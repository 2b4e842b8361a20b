import type { Connection } from '../../azure/connect.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError } from '../../model/azure.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import { runRollout } from '../../reconcilers/shared/rollout/run.ts';
import { stopped } from '../../reconcilers/shared/rollout/stopped.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { requireLock, withLock, type LockOptions } from '../lock.ts';
import { statusDocument, statusLines, type RolloutStatus } from '../render/rollout.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { requestFor, type Action } from '../rollout/actions.ts';
import { contextFor, rolloutsOf, unappliedRollouts, type RolledOut } from '../rollout/open.ts';
import { connectTo, makePlan, openEnvironment, type Opened } from '../session.ts';
import { jsonText, styled, type Line } from '../text.ts';

export interface RolloutOptions extends LockOptions {
  readonly full?: boolean;
  readonly force?: boolean;
}

/** Shows the rollouts of an environment. Only reads. */
export async function rolloutStatus(io: Io, options: RolloutOptions, wanted: readonly string[]): Promise<number> {
  return inEnvironment(io, options, async (opened, connection) => {
    const found = await findRollouts(io, opened, connection, options, wanted);
    if (typeof found === 'number') return found;
    const context = await contextFor(io, opened, connection, new AbortController().signal, () => undefined);
    const all = await Promise.all(
      found.rollouts.map(async ({ id, kind, site, live }): Promise<RolloutStatus> => {
        const snapshot = await kind.read(connection.reader, site, live);
        const target = kind.targetOf(site, context.generation);
        return { id, snapshot, target, reason: await kind.reasonOf(connection.reader, site, live) };
      }),
    );
    if (options.output === 'json') io.write(`${jsonText(statusDocument(all), 2)}\n`);
    else {
      const waiting = wanted.length > 0 ? [] : found.unapplied;
      if (all.length > 0 || waiting.length === 0) io.print(...statusLines(all, connection.reader.now()));
      io.print(...waiting.map((id): Line => [styled('strong', id), '  declares a rollout and is not in Azure yet.']));
    }
    return exitCodes.ok;
  });
}

/** Carries on with every rollout as far as it can go now; for schedules. */
export async function rolloutTick(io: Io, options: RolloutOptions, wanted: readonly string[]): Promise<number> {
  return change(io, options, wanted, undefined);
}

export async function rolloutPromote(io: Io, options: RolloutOptions, wanted: string): Promise<number> {
  return change(io, options, [wanted], options.full ? 'promote-full' : 'promote');
}

export async function rolloutAbort(io: Io, options: RolloutOptions, wanted: string): Promise<number> {
  return change(io, options, [wanted], 'abort');
}

export async function rolloutRetry(io: Io, options: RolloutOptions, wanted: string): Promise<number> {
  return change(io, options, [wanted], 'retry');
}

export async function rolloutUndo(io: Io, options: RolloutOptions, wanted: string): Promise<number> {
  return change(io, options, [wanted], 'undo');
}

export async function rolloutPause(io: Io, options: RolloutOptions, wanted: string): Promise<number> {
  return change(io, options, [wanted], 'pause');
}

async function inEnvironment(
  io: Io,
  options: RolloutOptions,
  body: (opened: Opened, connection: Connection) => Promise<number>,
): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    return await body(opened.value, connection);
  } finally {
    await connection.close();
  }
}

interface Found {
  readonly rollouts: readonly RolledOut[];
  /** Declared, and not in Azure yet. */
  readonly unapplied: readonly ResourceId[];
}

async function findRollouts(
  io: Io,
  opened: Opened,
  connection: Connection,
  options: RolloutOptions,
  wanted: readonly string[],
): Promise<Found | number> {
  const planned = await makePlan(io, opened, connection, { ...options, prune: false });
  if (planned.exitCode !== undefined) return planned.exitCode;
  const { found, problems } = rolloutsOf(opened, planned.value, wanted);
  if (problems.length === 0) return { rollouts: found, unapplied: unappliedRollouts(opened, planned.value) };
  reportProblems(io, problems, options);
  return exitCodeFor(problems);
}

async function change(
  io: Io,
  options: RolloutOptions,
  wanted: readonly string[],
  action: Action | undefined,
): Promise<number> {
  return inEnvironment(io, options, async (opened, connection) => {
    const unlocked = requireLock(opened, options);
    if (unlocked) {
      reportProblems(io, [unlocked], options);
      return exitCodeFor([unlocked]);
    }
    return withLock(io, opened, connection, options, async (locked) => {
      const found = await findRollouts(io, opened, locked, options, wanted);
      if (typeof found === 'number') return found;
      const problems: Diagnostic[] = [];
      const { stop } = io.holdSignals();
      for (const one of found.rollouts) {
        const failed = await carryOn(io, opened, locked, one, action, options, stop);
        if (failed) problems.push(failed);
      }
      if (problems.length === 0) return exitCodes.ok;
      reportProblems(io, problems, options);
      return exitCodes.incomplete;
    });
  });
}

/** Does what was asked, then goes on as far as it can; what stands in the way is returned. */
async function carryOn(
  io: Io,
  opened: Opened,
  connection: Connection,
  { id, kind, site }: RolledOut,
  action: Action | undefined,
  { force = false }: RolloutOptions,
  signal: AbortSignal,
): Promise<Diagnostic | undefined> {
  const report = (line: string): void => io.print([`${id}: ${line}`]);
  const context = await contextFor(io, opened, connection, signal, report);
  const target = kind.targetOf(site, context.generation, force);
  const port = kind.port(context, site);
  try {
    for (let asked = action; asked !== undefined;) {
      const live = await port.read();
      const request = requestFor(asked, target, live, port.now());
      if (typeof request === 'string') return problem('ING8016', `${id}: ${request}`, { resource: id });
      if (request.do === 'wait') await connection.session.clock.sleep(1_000, context.signal);
      else await port.carryOut(request, live);
      if (request.do !== 'wait') report(request.why);
      if (request.do === 'shares') asked = undefined;
    }
    if (action === 'pause') return undefined;
    const ending = await runRollout(port, target, { report, signal: context.signal });
    if (ending.do === 'done') report(ending.why);
    const expected = (action === 'abort' || action === 'undo') && ending.do === 'stop' && ending.reason === 'Aborted';
    return ending.do === 'stop' && !expected ? stopped(id, ending.reason, ending.why).problem : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return { ...error.problem, resource: id };
    if (isAzureError(error)) return describeAzureError(error, id);
    throw error;
  }
}
