import { readFileSync } from 'node:fs';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Change, Plan } from '../model/plan.ts';
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
      Array.isArray(value['changes']);
    return complete ? (value as unknown as Plan) : undefined;
  } catch {
    return undefined;
  }
}

/** Why a reviewed plan is not what would be done now; empty when it is, to the last field. */
export function staleReasons(reviewed: Plan, now: Plan): Diagnostic[] {
  if (reviewed.digest === now.digest) return [];
  const reasons = [
    reviewed.tool === now.tool ? undefined : `it was made by ${reviewed.tool}, this is ${now.tool}`,
    reviewed.environment.name === now.environment.name
      ? undefined
      : `it is for the environment "${reviewed.environment.name}"`,
    reviewed.head.commit === now.head.commit
      ? undefined
      : `it was made at commit ${short(reviewed.head.commit)}, checked out is ${short(now.head.commit)}`,
    ...changedDecisions(reviewed, now),
  ].filter((reason) => reason !== undefined);
  const message = `The plan is stale: ${reasons.length > 0 ? reasons.join('; ') : 'something it is bound to changed'}`;
  return [problem('ING3006', message, { hint: 'Make a new plan and have it reviewed.' })];
}

function short(commit: string | null): string {
  return commit === null ? 'none' : commit.slice(0, 10);
}

function changedDecisions(reviewed: Plan, now: Plan): string[] {
  const before = new Map(reviewed.changes.map((change) => [change.id, change]));
  const after = new Map(now.changes.map((change) => [change.id, change]));
  const ids = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const differing = ids.flatMap((id) => {
    const [old, current] = [before.get(id), after.get(id)];
    if (JSON.stringify(old) === JSON.stringify(current))
      return reviewed.basedOn[id] === now.basedOn[id] ? [] : [`${id} changed in Azure`];
    return [`${id}: ${actionOf(old)}, now ${actionOf(current)}`];
  });
  return differing.length > 5 ? [...differing.slice(0, 5), `${differing.length - 5} more differences`] : differing;
}

function actionOf(change: Change | undefined): string {
  if (!change) return 'not in it';
  return change.action === 'update'
    ? `update of ${change.fields.map((field) => field.label).join(', ') || 'ownership'}`
    : change.action;
}
