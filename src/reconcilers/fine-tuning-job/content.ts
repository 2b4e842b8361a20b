import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, isArray, member, type JsonObject } from '../../model/json.ts';
import { jsonLines, type FieldFlaw, type LineFlaw } from '../../model/json-lines.ts';
import type { Site } from '../../model/kind.ts';
import type { FineTuningJobSpec } from './spec.ts';

/** Metadata of a job of ours. */
export const JOB_METADATA = { id: 'ingate.id', environment: 'ingate.environment', key: 'ingate.key' } as const;

/** What makes a job the same as another one: base model, files, parameters and attempt. */
export function jobKey(site: Site): string {
  const {
    model,
    training = '',
    validation,
    method,
    hyperparameters,
    suffix,
    seed,
    trainingType,
    attempt,
  } = site.spec as FineTuningJobSpec;
  const basis = {
    environment: site.environment.name,
    id: site.id,
    model,
    training: sha256(training),
    validation: validation === undefined ? null : sha256(validation),
    method: method ?? 'supervised',
    hyperparameters: (hyperparameters ?? {}) as JsonObject,
    suffix: suffix ?? null,
    seed: seed ?? 42,
    trainingType: trainingType ?? 'GlobalStandard',
    attempt: attempt ?? 1,
  };
  return sha256(canonicalJson(basis)).slice(0, 48);
}

export function jobMarks(site: Site): Readonly<Record<string, string>> {
  return {
    [JOB_METADATA.id]: site.id,
    [JOB_METADATA.environment]: site.environment.name,
    [JOB_METADATA.key]: jobKey(site),
  };
}

/** `POST /openai/v1/fine_tuning/jobs` without its metadata. */
export function jobBody(
  spec: FineTuningJobSpec,
  files: { readonly training: string; readonly validation?: string },
): JsonObject {
  const { epochs, batchSize, learningRateMultiplier, beta } = spec.hyperparameters ?? {};
  const method = spec.method ?? 'supervised';
  const hyperparameters: JsonObject = {
    ...(epochs === undefined ? {} : { n_epochs: epochs }),
    ...(batchSize === undefined ? {} : { batch_size: batchSize }),
    ...(learningRateMultiplier === undefined ? {} : { learning_rate_multiplier: learningRateMultiplier }),
    ...(beta === undefined ? {} : { beta }),
  };
  return {
    model: spec.model,
    training_file: files.training,
    ...(files.validation === undefined ? {} : { validation_file: files.validation }),
    ...(spec.suffix === undefined ? {} : { suffix: spec.suffix }),
    seed: spec.seed ?? 42,
    method: { type: method, [method]: { hyperparameters } },
    trainingType: spec.trainingType ?? 'GlobalStandard',
  };
}

/** Azure takes no fewer. */
const FEWEST_EXAMPLES = 10;

/** Problems that the files alone show; nothing of an example is repeated. */
export function misfits(spec: FineTuningJobSpec): FieldFlaw[] {
  const wanted = spec.method === 'dpo' ? 'preferred_output' : 'messages';
  const beta = spec.hyperparameters?.beta !== undefined && spec.method !== 'dpo';
  const { training = '', validation } = spec;
  return [
    ...exampleFlaws(training, wanted, FEWEST_EXAMPLES).map((flaw) => ({ field: '/training' as const, ...flaw })),
    ...(validation === undefined
      ? []
      : exampleFlaws(validation, wanted, 1).map((flaw) => ({ field: '/validation' as const, ...flaw }))),
    ...(beta ? [{ field: '/hyperparameters/beta' as const, message: 'beta is for the method dpo' }] : []),
  ];
}

const MOST_FLAWS = 5;

function exampleFlaws(text: string, wanted: string, fewest: number): LineFlaw[] {
  const examples = jsonLines(text);
  const flawed = examples.flatMap(({ number: line, value }): LineFlaw[] => {
    const found = member(value, wanted);
    return isArray(found) && found.length > 0
      ? []
      : [{ line, message: `line ${line} is not a JSON object with a list ${wanted}` }];
  });
  const few =
    examples.length < fewest ? [{ message: `there are ${examples.length} examples, ${fewest} are needed` }] : [];
  return [...flawed.slice(0, MOST_FLAWS), ...few];
}
