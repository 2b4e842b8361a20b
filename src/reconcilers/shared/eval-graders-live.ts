import { isArray, isObject, member, textAt, textOf, valueAt, type JsonObject } from '../../model/json.ts';

/** A live testing criterion as a manifest would write its grader. */
export function graderFrom(criterion: JsonObject): JsonObject {
  const pick = (name: string, value: unknown): JsonObject =>
    value === undefined || value === null || value === '' ? {} : { [name]: value as JsonObject };
  const prompt = textAt(criterion, '/input/0/content');
  switch (textOf(criterion, 'type')) {
    case 'score_model':
      return {
        type: 'scoreModel',
        prompt,
        ...pick('range', member(criterion, 'range')),
        ...pick('threshold', member(criterion, 'pass_threshold')),
      };
    case 'label_model':
      return {
        type: 'labelModel',
        prompt,
        labels: member(criterion, 'labels') ?? [],
        passing: member(criterion, 'passing_labels') ?? [],
      };
    case 'text_similarity':
      return {
        type: 'textSimilarity',
        reference: textOf(criterion, 'reference'),
        measure: textOf(criterion, 'evaluation_metric'),
        ...pick('threshold', member(criterion, 'pass_threshold')),
      };
    case 'string_check':
      return {
        type: 'stringCheck',
        reference: textOf(criterion, 'reference'),
        operation: textOf(criterion, 'operation'),
      };
    default: {
      const mapping = member(criterion, 'data_mapping');
      return {
        type: 'evaluator',
        evaluator: textOf(criterion, 'evaluator_name'),
        ...pick('version', textOf(criterion, 'evaluator_version')),
        ...pick('threshold', valueAt(criterion, '/initialization_parameters/threshold')),
        ...(isObject(mapping) ? { mapping } : {}),
      };
    }
  }
}

/** Name of the deployment that grades; undefined when none does. */
export function judgeOf(criteria: readonly JsonObject[]): string | undefined {
  const names = criteria.map(
    (one) => textAt(one, '/initialization_parameters/deployment_name') || textOf(one, 'model'),
  );
  return names.find((name) => name !== '' && !isArray(name));
}
