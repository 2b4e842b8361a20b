import { readFileSync } from 'node:fs';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import { digestOf } from '../planner/seal.ts';
import type { FilePath } from './file-path.ts';
import { saveFile, unreadable } from './save-file.ts';

/** Writes a plan in one step, so that a full disk or a crash never leaves half of one. */
export function savePlan({ absolute, shown }: FilePath, plan: Plan): void {
  saveFile(absolute, `${JSON.stringify(plan, null, 2)}\n`, { shown, mode: 0o600 });
}

/** Reads a saved plan. ING6004: there is none; ING3007: it is not byte for byte what was saved. */
export function readPlan({ absolute, shown }: FilePath): Plan | Diagnostic {
  let text: string;
  try {
    text = readFileSync(absolute, 'utf8');
  } catch (error) {
    return problem('ING6004', `The plan file ${shown} cannot be read: ${unreadable(error)}`, {
      hint: 'Make one with `ingate plan --out FILE`.',
    });
  }
  const plan = parsePlan(text);
  if (!plan)
    return problem('ING6004', `${shown} is not a saved plan`, { hint: 'Make one with `ingate plan --out FILE`.' });
  if (digestOf(plan) !== plan.digest)
    return problem('ING3007', `${shown} was changed after it was saved`, {
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
      isObject(value['head']) &&
      isObject(value['environment']) &&
      Array.isArray(value['changes']);
    return complete ? (value as unknown as Plan) : undefined;
  } catch {
    return undefined;
  }
}
