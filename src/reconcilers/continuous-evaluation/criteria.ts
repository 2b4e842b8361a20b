import { isArray, member, textAt, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import { JUDGED } from '../shared/eval-graders.ts';
import type { ContinuousEvaluationSpec } from './spec.ts';

/** What an evaluation over stored responses is made of. `judge`: name of the deployment that grades. */
export function evaluationContent({ evaluators }: ContinuousEvaluationSpec, judge: string | undefined): JsonObject {
  return {
    data_source_config: { type: 'azure_ai_source', scenario: 'responses' },
    testing_criteria: evaluators.map((one): JsonObject => {
      const asks = judge !== undefined && (JUDGED.has(one.evaluator) || !one.evaluator.startsWith('builtin.'));
      const parameters: JsonObject = {
        // Newer evaluators read `model`, older ones `deployment_name`.
        ...(asks ? { deployment_name: judge, model: judge } : {}),
        ...(one.threshold === undefined ? {} : { threshold: one.threshold }),
      };
      return {
        type: 'azure_ai_evaluator',
        name: one.name,
        evaluator_name: one.evaluator,
        ...(one.version === undefined ? {} : { evaluator_version: one.version }),
        ...(Object.keys(parameters).length > 0 ? { initialization_parameters: parameters } : {}),
      };
    }),
  };
}

/** True when one of the evaluators needs a model and none is named. */
export function needsJudge({ evaluators, judge }: ContinuousEvaluationSpec): boolean {
  return judge === undefined && evaluators.some((one) => JUDGED.has(one.evaluator));
}

/** The evaluators of a live evaluation as a manifest would write them, and the deployment that grades. */
export function evaluatorsOf(evaluation: JsonObject): { evaluators: Json[]; judge: string | undefined } {
  const criteria = valueAt(evaluation, '/testing_criteria');
  const own = isArray(criteria) ? (criteria as readonly JsonObject[]) : [];
  const judge = own.map((one) => textAt(one, '/initialization_parameters/deployment_name')).find((one) => one !== '');
  return {
    evaluators: own.map((one) => {
      const threshold = valueAt(one, '/initialization_parameters/threshold');
      const version = textOf(one, 'evaluator_version');
      return {
        name: member(one, 'name') ?? '',
        evaluator: member(one, 'evaluator_name') ?? '',
        ...(version === '' ? {} : { version }),
        ...(threshold === undefined || threshold === null ? {} : { threshold }),
      };
    }),
    judge,
  };
}
