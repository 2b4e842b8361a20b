import { arrayAt, member, objectAt, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import { MODELS } from '../../providers/cognitive-services/models.ts';
import { compileObject } from '../../shape/notation.ts';
import { requireOpenAiShape } from '../shared/body.ts';
import { fileBytes } from '../shared/content.ts';
import { parseLines } from '../datasets/rows.ts';
import { requireFile, saveFile } from '../files/store.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { tokensOf } from '../models/words.ts';
import { startProgress, type JobError } from '../shared/progress.ts';
import type { FoundryCall } from '../shared/route.ts';
import { jobCollection, type FineTuningJob } from './store.ts';

const hyperparameters = {
  n_epochs: 'any',
  batch_size: 'any',
  learning_rate_multiplier: 'any',
  beta: 'any',
  '*': 'any',
} as const;

const CREATE = compileObject({
  'model!': 'string',
  'training_file!': 'string',
  validation_file: 'string',
  suffix: 'string(1..64)',
  seed: 'integer(0..2147483647)',
  hyperparameters,
  method: {
    'type!': 'supervised|dpo|reinforcement',
    supervised: { hyperparameters },
    dpo: { hyperparameters },
    reinforcement: { hyperparameters, grader: 'object', response_format: 'any' },
  },
  integrations: ['object'],
  metadata: { '*': 'string' },
  trainingType: 'Standard|GlobalStandard|Developer',
});

const FEWEST_EXAMPLES = 10;
const DEFAULT_EPOCHS = 3;

/** Starts a job from the body of `POST /fine_tuning/jobs`. Files are checked by it, the model and the ids of files before. */
export function startJob(call: FoundryCall, content: JsonObject): FineTuningJob {
  const body = requireOpenAiShape(CREATE, content);
  requireMetadata(objectAt(body, 'metadata'));
  const { engine, project } = call;
  const base = requireBase(textAt(body, 'model') ?? '');
  for (const param of ['training_file', 'validation_file']) {
    const id = textAt(body, param);
    if (id !== undefined) requireTrainingFile(call, id, param);
  }
  const text = fileBytes(engine, project, textAt(body, 'training_file') ?? '')?.toString('utf8') ?? '';
  const checked = checkExamples(text, textAt(body, 'method.type') ?? 'supervised');
  const suffix = textAt(body, 'suffix');
  const csv = Buffer.from('step,train_loss\n');
  const job: FineTuningJob = {
    id: `ftjob-${engine.ids.hex(32)}`,
    request: body,
    progress: startProgress(engine, engine.timing.jobMs, call.directives),
    paused: undefined,
    problem: checked.problem,
    epochs: epochsOf(body),
    examples: checked.examples,
    tokens: tokensOf(text),
    seed: Number(member(body, 'seed') ?? 42),
    model: `${base}.ft-${engine.ids.hex(32)}${suffix === undefined ? '' : `-${suffix}`}`,
    resultFile: saveFile(engine, project, csv, { filename: 'step_metrics.csv', purpose: 'fine-tune-results' }).id,
  };
  jobCollection(project).put(engine.documents, job.id, job);
  return job;
}

/** The model with its version, `gpt-4.1-2025-04-14`, also when only the model is named. */
function requireBase(name: string): string {
  const found = MODELS.find((model) => [model.name, `${model.name}-${model.version}`].includes(name));
  if (found?.capabilities.includes('fineTune') === true) return `${found.name}-${found.version}`;
  if (/\.ft-/u.test(name)) return name.split('.ft-')[0] ?? name;
  throw new FoundryError(
    400,
    'invalidPayload',
    `The specified base model '${name}' does not support fine-tuning.`,
    'model',
  );
}

function requireTrainingFile({ engine, project }: FoundryCall, id: string, param: string): void {
  const { purpose } = requireFile(engine, project, id, param);
  if (purpose === 'fine-tune') return;
  throw new FoundryError(
    400,
    'invalidPayload',
    `The file '${id}' has the purpose '${purpose}', not 'fine-tune'.`,
    param,
  );
}

const MEMBERS: Readonly<Record<string, string>> = {
  supervised: 'messages',
  dpo: 'preferred_output',
  reinforcement: 'messages',
};

/** At least ten examples, each a dialogue. */
function checkExamples(
  text: string,
  method: string,
): { readonly examples: number; readonly problem: JobError | undefined } {
  const wanted = MEMBERS[method] ?? 'messages';
  const code = 'invalidTrainingFile';
  try {
    const rows = parseLines(text.replace(/^\uFEFF/u, ''), 'training file');
    const wrong = rows.findIndex((row) => arrayAt(row, wanted).length === 0);
    if (wrong >= 0)
      return {
        examples: rows.length,
        problem: { code, message: `Example ${wrong + 1} of the training file has no '${wanted}'.` },
      };
    if (rows.length >= FEWEST_EXAMPLES) return { examples: rows.length, problem: undefined };
    return {
      examples: rows.length,
      problem: {
        code,
        message: `The training file has ${rows.length} examples, at least ${FEWEST_EXAMPLES} are needed.`,
      },
    };
  } catch (error) {
    return { examples: 0, problem: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

function epochsOf(body: JsonObject): number {
  const type = textAt(body, 'method.type') ?? 'supervised';
  const wanted = valueAt(body, `method.${type}.hyperparameters.n_epochs`) ?? valueAt(body, 'hyperparameters.n_epochs');
  return typeof wanted === 'number' && wanted >= 1 ? Math.floor(wanted) : DEFAULT_EPOCHS;
}
