import type { Engine } from '../../arm/contract.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { phaseOf, type JobError, type Progress } from '../shared/progress.ts';
import { projectCollection } from '../shared/project-documents.ts';

/** A fine-tuning job; times are milliseconds of the clock. */
export interface FineTuningJob {
  readonly id: string;
  /** The client's request, with defaults. */
  readonly request: JsonObject;
  readonly progress: Progress;
  /** When it was paused, if it is. */
  readonly paused: number | undefined;
  /** Problems of its files. */
  readonly problem: JobError | undefined;
  readonly epochs: number;
  readonly examples: number;
  readonly tokens: number;
  readonly seed: number;
  /** `gpt-4.1-2025-04-14.ft-0123abcd-suffix`, known once it succeeded. */
  readonly model: string;
  readonly resultFile: string;
}

export function jobCollection(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<FineTuningJob>> {
  return projectCollection(project, 'fine-tuning-jobs');
}

/** 404 when there is none. */
export function requireJob({ documents }: Engine, project: Resource, id: string): FineTuningJob {
  const found = jobCollection(project).get(documents, id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `Could not find fine tune: ${id}`, 'fine_tuning_job_id');
}

export type JobStatus = 'validating_files' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** Validates its files in the first eighth of its time, waits until a quarter has gone, then runs. */
export function jobStatus(job: FineTuningJob, time: number): JobStatus {
  const { progress, paused, problem } = job;
  const now = paused ?? time;
  const { started, ends } = progress;
  const validated = started + ((ends ?? started) - started) / 8;
  const phase = phaseOf(progress, now);
  if (phase === 'canceled') return 'cancelled';
  if (problem && now >= validated) return 'failed';
  if (phase === 'succeeded' || phase === 'failed') return phase;
  if (paused !== undefined) return 'paused';
  if (phase === 'queued') return now < validated ? 'validating_files' : 'queued';
  return 'running';
}

export function isEnded(status: JobStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}
