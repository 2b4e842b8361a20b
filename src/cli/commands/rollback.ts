import { nameHint } from '../../planner/load/suggest.ts';
import type { Connection } from '../../azure/connect.ts';
import { problem } from '../../model/diagnostic.ts';
import { member, textOf } from '../../model/json.ts';
import { kindOf, resourceId } from '../../model/resource-id.ts';
import { sendRequestsTo } from '../../reconcilers/agent/candidate.ts';
import { listVersions, METADATA, servingVersion, versionName } from '../../reconcilers/agent/versions.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { withLock, type LockOptions } from '../lock.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, openEnvironment, type Opened } from '../session.ts';

export interface RollbackOptions extends LockOptions {
  readonly to?: string;
}

/**
 * Sends all requests of an agent to an earlier version that this environment made. No version is made. Git still
 * declares the newer one, so that is said.
 */
export async function rollback(io: Io, options: RollbackOptions, name: string): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    return await withLock(io, opened.value, connection, options, (locked) =>
      rollBackIn(io, opened.value, locked, options, name),
    );
  } finally {
    await connection.close();
  }
}

async function rollBackIn(
  io: Io,
  opened: Opened,
  connection: Connection,
  options: RollbackOptions,
  name: string,
): Promise<number> {
  const planned = await makePlan(io, opened, connection, { ...options, prune: false });
  if (planned.exitCode !== undefined) return planned.exitCode;
  const id = resourceId('Agent', name);
  const live = planned.value.state.live.get(id);
  const serving = live && servingVersion(live.body);
  const refused = (message: string, hint?: string): number => {
    const problems = [problem('ING8001', message, { resource: id, hint })];
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  };
  const agents = [...opened.graph.keys()].filter((one) => kindOf(one) === 'Agent');
  if (!agents.includes(id)) return refused(`There is no ${id} in this environment`, nameHint(id, agents, 'agents'));
  if (!live || serving === undefined) return refused(`${id} does not serve anything`, 'Apply the environment first.');
  const earlier = (await listVersions(connection.azure, live.address)).filter((version) => {
    const ours = textOf(member(version, 'metadata') ?? {}, METADATA.environment) === opened.environment.name;
    return ours && textOf(version, 'status') !== 'failed' && versionName(version) !== serving;
  });
  const wanted = options.to ?? versionName(earlier.find((version) => Number(versionName(version)) < Number(serving)));
  const known = earlier.map((version) => versionName(version) ?? '');
  if (wanted === undefined || !known.includes(wanted))
    return refused(
      wanted === undefined
        ? `${id} has no version before ${serving}`
        : `${id} has no version ${wanted} that could serve`,
      wanted === undefined ? undefined : nameHint(wanted, known, 'earlier versions of this environment'),
    );
  const signals = io.holdSignals();
  await sendRequestsTo({ azure: connection.azure, signal: signals.kill }, live.address, wanted);
  io.print([`${id}: all requests go to version ${wanted}; version ${serving} no longer serves.`]);
  io.say(['Git still declares what served before. Revert that change as well, or the next apply brings it back.']);
  return exitCodes.ok;
}
