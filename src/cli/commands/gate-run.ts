import { nameHint } from '../../planner/load/suggest.ts';
import { problem } from '../../model/diagnostic.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import type { Plan } from '../../model/plan.ts';
import { carryOut, incompleteCode } from '../carry-out.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { requireLock, warnOfCosts, withLock, type LockOptions } from '../lock.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, openEnvironment } from '../session.ts';

export interface GateRunOptions extends LockOptions {
  readonly cache: boolean;
  readonly parallelism: number;
}

/**
 * Evaluates gates and nothing else: what they guard is made ready without traffic, and does not serve afterwards. Without
 * `--no-cache` only gates that have no verdict about what the files declare are evaluated. Exits as the gates did.
 */
export async function gateRun(io: Io, options: GateRunOptions, names: readonly string[]): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const gates = [...opened.value.graph.keys()].filter((id) => kindOf(id) === 'EvaluationGate');
  const unknown = names.filter((name) => !gates.some((id) => nameOf(id) === name));
  const problems = unknown.map((name) =>
    problem('ING7003', `There is no gate ${name} in this environment`, {
      hint: nameHint(name, gates.map(nameOf), 'gates'),
    }),
  );
  const unlocked = requireLock(opened.value, options);
  if (unlocked) problems.push(unlocked);
  if (problems.length > 0) {
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  }
  const connection = await connectTo(io, opened.value, options);
  try {
    return await withLock(io, opened.value, connection, options, async (locked) => {
      const made = await makePlan(io, opened.value, locked, { ...options, prune: false });
      if (made.exitCode !== undefined) return made.exitCode;
      const chosen = made.value.plan.changes.filter(
        ({ id }) => kindOf(id) === 'EvaluationGate' && (names.length === 0 || names.includes(nameOf(id))),
      );
      const plan: Plan = { ...made.value.plan, changes: chosen };
      for (const change of chosen)
        if (change.action === 'keep') io.print([`${change.id}: ${change.note ?? 'nothing to evaluate'}`]);
      if (chosen.every(({ action }) => action === 'keep')) return exitCodes.ok;
      reportProblems(io, warnOfCosts(opened.value, plan.changes, options), {});
      io.say(['What is evaluated gets no traffic by it.']);
      const result = await carryOut(io, opened.value, locked, { ...made.value, plan }, options);
      return result.complete ? exitCodes.ok : incompleteCode(result);
    });
  } finally {
    await connection.close();
  }
}
