import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import { digestOf } from '../planner/seal.ts';

/** Writes a plan in one step, so that a full disk or a crash never leaves half of one. */
export function savePlan(path: string, plan: Plan): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** Reads a saved plan. Anything that is not byte for byte what was saved is refused. */
export function readPlan(path: string): Plan | Diagnostic {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return problem(
      'ING3007',
      `The plan file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const plan = parsePlan(text);
  if (!plan)
    return problem('ING3007', `${path} is not a saved plan`, { hint: 'Make one with `ingate plan --out FILE`.' });
  if (digestOf(plan) !== plan.digest)
    return problem('ING3007', `${path} was changed after it was saved`, {
      hint: 'Make a new plan and have it reviewed.',
    });
  return plan;
}

function parsePlan(text: string): Plan | undefined {
  try {
    const value = JSON.parse(text) as Json;
    const complete =
      isObject(value) &&
      value['format'] === 1 &&
      typeof value['digest'] === 'string' &&
      Array.isArray(value['changes']);
    return complete ? (value as unknown as Plan) : undefined;
  } catch {
    return undefined;
  }
}
