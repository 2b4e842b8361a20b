import { gradeLocally } from '../../gates/graders/local.ts';
import type { Arm, Grade } from '../../gates/verdict/types.ts';
import { isArray, isObject, member, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Nominee } from '../../model/kind.ts';
import { gradeTrace, type TraceGrader } from '../../gates/graders/trace.ts';
import { gradedOf, localGrader, traceGrader } from './criteria.ts';
import { traceOf } from './trace.ts';
import type { EvaluationGateSpec } from './spec.ts';

/** The grades of a version from the output items of its runs, one list per repeat. Items are told apart by their id. */
export function armOf(spec: EvaluationGateSpec, nominee: Nominee, runs: readonly (readonly JsonObject[])[]): Arm {
  const grades = new Map<string, Map<string, Grade[]>>(gradedOf(spec).map(({ name }) => [name, new Map()]));
  for (const items of runs) {
    for (const item of items) {
      const row = member(item, 'datasource_item');
      const id = idOf(row, spec.idField ?? 'id');
      if (id === undefined) continue;
      for (const { name, grader } of gradedOf(spec)) {
        const known = grades.get(name);
        const local = localGrader(grader);
        const trace = traceGrader(grader);
        const grade =
          targetError(item) ??
          (local
            ? { state: 'graded' as const, ...gradeLocally(local, answerOf(item), isObject(row) ? row : {}) }
            : trace
              ? traceGrade(trace, item, isObject(row) ? row : {})
              : remoteGrade(item, name, grader.passAt ?? grader.threshold));
        known?.set(id, [...(known.get(id) ?? []), grade]);
      }
    }
  }
  return { label: nominee.label, digest: nominee.digest, grades };
}

function traceGrade(grader: TraceGrader, item: JsonObject, row: JsonObject): Grade {
  const grade = gradeTrace(grader, traceOf(item), row);
  return 'missing' in grade ? { state: 'unscored', reason: grade.missing } : { state: 'graded', ...grade };
}

function idOf(row: Json | undefined, field: string): string | undefined {
  const own = member(row, field) ?? member(member(row, 'item'), field);
  return typeof own === 'string' || typeof own === 'number' ? String(own) : undefined;
}

/** No answer: the target failed, after the service tried again. */
function targetError(item: JsonObject): Grade | undefined {
  const error = valueAt(item, '/sample/error');
  if (error === null || error === undefined) return undefined;
  const message = member(error, 'message');
  return { state: 'target-error', reason: typeof message === 'string' ? message : 'the target gave no answer' };
}

/** The text of an answer: what the assistant said, joined. */
function answerOf(item: JsonObject): string {
  const output = valueAt(item, '/sample/output');
  if (!isArray(output)) return '';
  return output
    .map((message) => contentText(member(message, 'content')))
    .filter((text) => text !== '')
    .join('\n');
}

function contentText(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  return isArray(content)
    ? content.map((part) => (typeof part === 'string' ? part : textOf(isObject(part) ? part : {}, 'text'))).join('')
    : '';
}

/** What Foundry says of one metric; without a result, or with an error, there is no grade. */
function remoteGrade(item: JsonObject, name: string, passAt: number | undefined): Grade {
  const results = valueAt(item, '/results');
  const result = isArray(results) ? results.find((one) => member(one, 'name') === name) : undefined;
  const passed = member(result, 'passed');
  const score = member(result, 'score');
  if (!isObject(result) || typeof passed !== 'boolean') return { state: 'unscored', reason: `no grade of ${name}` };
  const value = typeof score === 'number' ? score : passed ? 1 : 0;
  const isOwn = passAt !== undefined && typeof score === 'number' && textOf(result, 'type') === 'score_model';
  return { state: 'graded', score: value, passed: isOwn ? value >= passAt : passed };
}
