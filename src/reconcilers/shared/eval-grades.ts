import { isArray, isObject, member, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';

/** What a grader says of an answer. `no-answer`: the target failed; `no-grade`: the grader did. */
export type EvalGrade =
  | { readonly state: 'graded'; readonly passed: boolean; readonly score: number }
  | { readonly state: 'no-answer' }
  | { readonly state: 'no-grade' };

/** The id of an item's row, by the member that tells rows apart. */
export function rowIdOf(item: JsonObject, idField: string): string | undefined {
  const row = member(item, 'datasource_item');
  const own = member(row, idField) ?? member(member(row, 'item'), idField);
  return typeof own === 'string' || typeof own === 'number' ? String(own) : undefined;
}

/** The grade of one criterion in an output item of a run. Without a score, passing counts as 1 and failing as 0. */
export function gradeOf(item: JsonObject, criterion: string): EvalGrade {
  const error = valueAt(item, '/sample/error');
  if (error !== null && error !== undefined) return { state: 'no-answer' };
  const results = member(item, 'results');
  const result = isArray(results) ? results.find((one) => textOf(one, 'name') === criterion) : undefined;
  const passed = member(result, 'passed');
  const score = member(result, 'score');
  if (!isObject(result) || typeof passed !== 'boolean') return { state: 'no-grade' };
  return { state: 'graded', passed, score: typeof score === 'number' ? score : passed ? 1 : 0 };
}

/** Tokens that the target used for an item; undefined where Foundry does not tell. */
export function tokensOf(item: JsonObject): number | undefined {
  const total: Json | undefined = valueAt(item, '/sample/usage/total_tokens');
  return typeof total === 'number' ? total : undefined;
}
