import { defined, member, objectAt, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import { epoch } from '../shared/project-documents.ts';
import { isEnded, jobStatus, type FineTuningJob } from './store.ts';

export function showJob(job: FineTuningJob, now: number): JsonObject {
  const { id, request, progress, problem, seed, model, resultFile, tokens, epochs } = job;
  const status = jobStatus(job, now);
  const failure = problem ?? progress.error;
  const finished = progress.canceled ?? progress.ends ?? now;
  return defined({
    object: 'fine_tuning.job',
    id,
    model: textAt(request, 'model'),
    created_at: epoch(progress.started),
    finished_at: isEnded(status) ? epoch(Math.min(finished, now)) : null,
    fine_tuned_model: status === 'succeeded' ? model : null,
    organization_id: '',
    result_files: status === 'succeeded' ? [resultFile] : [],
    status,
    validation_file: textAt(request, 'validation_file') ?? null,
    training_file: textAt(request, 'training_file'),
    hyperparameters: {
      n_epochs: epochs,
      batch_size: 1,
      learning_rate_multiplier: 1,
      ...objectAt(request, 'hyperparameters'),
    },
    trained_tokens: status === 'succeeded' ? tokens * epochs : null,
    error: status === 'failed' && failure ? { ...failure, param: problem ? 'training_file' : null } : null,
    seed,
    estimated_finish: status === 'running' && progress.ends !== undefined ? epoch(progress.ends) : null,
    integrations: [],
    metadata: member(request, 'metadata') ?? null,
    method: member(request, 'method') ?? { type: 'supervised', supervised: { hyperparameters: { n_epochs: epochs } } },
    suffix: textAt(request, 'suffix') ?? null,
    trainingType: textAt(request, 'trainingType'),
  });
}

/** Events so far, oldest first. */
export function eventsOf(job: FineTuningJob, now: number): { readonly id: string; readonly body: JsonObject }[] {
  const { progress, paused, problem } = job;
  const { started, ends, canceled } = progress;
  const length = (ends ?? started) - started;
  const steps = stepsOf(job);
  const planned: readonly (readonly [number, string, JsonObject?])[] = [
    [started, `Created fine-tuning job: ${job.id}`],
    [started, `Validating training file: ${textAt(job.request, 'training_file') ?? ''}`],
    ...(problem
      ? ([[started + length / 8, problem.message]] as const)
      : [
          [started + length / 8, 'Files validated, moving job to queued state'] as const,
          [started + length / 4, 'Fine-tuning job started'] as const,
          ...steps.map(
            ({ time, step, loss }) =>
              [time, `Step ${step}/${steps.length}: training loss=${loss}`, { step, train_loss: loss }] as const,
          ),
          ...(ends === undefined
            ? []
            : [[ends, progress.error?.message ?? 'The job has successfully completed'] as const]),
        ]),
  ];
  const until = Math.min(now, paused ?? Infinity, canceled ?? Infinity);
  const past = planned.filter(([time]) => time <= until);
  const all = canceled === undefined ? past : [...past, [canceled, 'The job was cancelled'] as const];
  return all.map(([time, message, data], index) => {
    const id = `ftevent-${job.id.slice(6, 26)}${String(index).padStart(4, '0')}`;
    const level = problem?.message === message || progress.error?.message === message ? 'error' : 'info';
    const type = data ? 'metrics' : 'message';
    const body = {
      object: 'fine_tuning.job.event',
      id,
      created_at: epoch(time),
      level,
      message,
      type,
      data: data ?? {},
    };
    return { id, body };
  });
}

/** One checkpoint at the end of each epoch, the last three of them, newest first. */
export function checkpointsOf(job: FineTuningJob, now: number): { readonly id: string; readonly body: Json }[] {
  const steps = stepsOf(job).filter(
    ({ time }) => time <= Math.min(now, job.paused ?? now, job.progress.canceled ?? now),
  );
  return steps
    .filter(({ step }) => step % job.examples === 0)
    .slice(-3)
    .map(({ time, step, loss }) => {
      const id = `ftckpt_${job.id.slice(6, 26)}${String(step).padStart(6, '0')}`;
      const body = {
        object: 'fine_tuning.job.checkpoint',
        id,
        created_at: epoch(time),
        fine_tuned_model_checkpoint: `${job.model}:ckpt-step-${step}`,
        fine_tuning_job_id: job.id,
        step_number: step,
        metrics: { step, train_loss: loss, train_mean_token_accuracy: 1 - loss / 4 },
      };
      return { id, body };
    });
}

/** One step for each example of each epoch, evenly over the time that it runs. The loss falls, as losses should. */
function stepsOf({
  progress,
  epochs,
  examples,
  problem,
}: FineTuningJob): { time: number; step: number; loss: number }[] {
  const { started, ends } = progress;
  if (ends === undefined || problem) return [];
  const count = epochs * examples;
  const begun = started + (ends - started) / 4;
  return Array.from({ length: count }, (_, index) => ({
    time: begun + ((ends - begun) * (index + 1)) / (count + 1),
    step: index + 1,
    loss: Math.round((2 / (1 + (3 * (index + 1)) / count)) * 1000) / 1000,
  }));
}
