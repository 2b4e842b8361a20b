import { objectAt, textAt, type JsonObject } from '../../../engine/json.ts';
import type { AssetVersion } from '../../shared/assets.ts';
import type { ModelSettings } from '../../../engine/model-settings.ts';
import type { Scope } from './template.ts';
import { gradeAzure } from './azure.ts';
import { gradeLabel, gradeScore, gradeSimilarity, gradeString } from './openai.ts';
import type { Grade } from './result.ts';

/** Context of graders besides the row. */
export interface Graders {
  readonly models: ModelSettings;
  /** The custom evaluator of that name, in that version or the latest one. */
  readonly evaluator: (name: string, version: string | undefined) => AssetVersion | undefined;
  /** The model deployment that a criterion names; throws when there is none. */
  readonly requireModel: (deployment: string) => void;
}

/** Grade of a row by a testing criterion. Failures become a grade with an error. */
export async function gradeRow(graders: Graders, criterion: JsonObject, scope: Scope): Promise<Grade> {
  try {
    const model = textAt(criterion, 'model') ?? judgeOf(criterion);
    if (model !== undefined) graders.requireModel(model);
    return await grade(graders, criterion, scope);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      name: textAt(criterion, 'name') ?? '',
      type: textAt(criterion, 'type') ?? '',
      passed: undefined,
      error: { code: 'FAILED_EXECUTION', message },
    };
  }
}

function judgeOf(criterion: JsonObject): string | undefined {
  const parameters = objectAt(criterion, 'initialization_parameters');
  return textAt(parameters, 'deployment_name') ?? textAt(parameters, 'model');
}

async function grade({ models, evaluator }: Graders, criterion: JsonObject, scope: Scope): Promise<Grade> {
  switch (textAt(criterion, 'type')) {
    case 'string_check':
      return gradeString(criterion, scope);
    case 'text_similarity':
      return gradeSimilarity(criterion, scope);
    case 'score_model':
      return await gradeScore(criterion, scope, models);
    case 'label_model':
      return await gradeLabel(criterion, scope, models);
    case 'azure_ai_evaluator': {
      const name = textAt(criterion, 'evaluator_name') ?? '';
      const custom = evaluator(name, textAt(criterion, 'evaluator_version'));
      return await gradeAzure({ criterion, custom }, scope, models);
    }
    default:
      throw new Error(`The embedded Azure does not run graders of type '${textAt(criterion, 'type') ?? ''}'`);
  }
}
