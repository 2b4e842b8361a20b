import { schemaProblem } from '../../gates/graders/json-schema.ts';
import { patternProblem, YES_OR_NO } from '../../gates/graders/local.ts';
import { pointer, type Pointer } from '../../model/json.ts';
import type { Graded, Grader } from './criteria.ts';

/** Fields that only some types of graders read: elsewhere they would silently do nothing. */
const READ_BY: readonly (readonly [field: keyof Grader, types: readonly string[]])[] = [
  ['schema', ['jsonSchema']],
  ['path', ['jsonPath']],
  ['equals', ['jsonPath']],
  ['pattern', ['regex', 'jsonPath', 'refusal']],
  ['negate', YES_OR_NO],
];

/** What is wrong inside of a grader that runs here: patterns, schemas, and fields that it does not read. */
export function graderMisfits({
  name,
  grader,
  field,
}: Graded): { readonly field: Pointer; readonly message: string }[] {
  const at = (key: keyof Grader): Pointer => pointer(field, 'grader', key);
  const unread = READ_BY.filter(([key, types]) => grader[key] !== undefined && !types.includes(grader.type)).map(
    ([key]) => ({ field: at(key), message: `${name}: a grader of type ${grader.type} does not read ${key}` }),
  );
  const { pattern, schema } = grader;
  const wrongPattern = pattern === undefined ? undefined : patternProblem(pattern);
  const wrongSchema = schema === undefined ? undefined : schemaProblem(schema);
  return [
    ...unread,
    ...(wrongPattern === undefined
      ? []
      : [{ field: at('pattern'), message: `${name}: the pattern is not valid: ${wrongPattern}` }]),
    ...(wrongSchema === undefined
      ? []
      : [{ field: at('schema'), message: `${name}: the schema cannot be used: ${wrongSchema}` }]),
  ];
}
