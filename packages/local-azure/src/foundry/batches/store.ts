import type { Engine } from '../../arm/contract.ts';
import { defined, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { epoch, projectCollection } from '../shared/project-documents.ts';
import { phaseOf, type Progress } from '../shared/progress.ts';

/** A batch; times are milliseconds of the clock. Its files exist from the start and are named once it is over. */
export interface Batch {
  readonly id: string;
  readonly created: number;
  readonly endpoint: string;
  readonly input: string;
  readonly metadata: JsonObject;
  readonly model: string | undefined;
  readonly progress: Progress;
  /** Why the input was not taken. */
  readonly problems: readonly JsonObject[];
  readonly output: string | undefined;
  readonly errors: string | undefined;
  readonly completed: number;
  readonly failed: number;
}

export function batchCollection(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<Batch>> {
  return projectCollection(project, 'batches');
}

/** 404 when there is none. */
export function requireBatch({ documents }: Engine, project: Resource, id: string): Batch {
  const found = batchCollection(project).get(documents, id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `No batch found with id '${id}'.`);
}

const WINDOW = 24 * 3_600_000;

type BatchStatus = 'validating' | 'in_progress' | 'finalizing' | 'completed' | 'failed' | 'cancelled';

/** Validating while it is queued, finalizing in the last tenth of its time. */
export function batchStatus({ clock }: Engine, { progress, problems }: Batch): BatchStatus {
  const now = clock.now();
  switch (phaseOf(progress, now)) {
    case 'queued':
      return 'validating';
    case 'running': {
      if (problems.length > 0) return 'failed';
      const { started, ends } = progress;
      return ends !== undefined && now >= ends - (ends - started) / 10 ? 'finalizing' : 'in_progress';
    }
    case 'succeeded':
      return problems.length > 0 ? 'failed' : 'completed';
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'cancelled';
  }
}

export function showBatch(engine: Engine, batch: Batch): JsonObject {
  const { id, created, endpoint, input, metadata, model, progress } = batch;
  const status = batchStatus(engine, batch);
  const isOver = status === 'completed';
  const total = batch.completed + batch.failed;
  const begun = !['validating', 'failed'].includes(status);
  const ends = epoch(progress.ends ?? created);
  const problems = problemsOf(batch, status);
  return defined({
    id,
    object: 'batch',
    endpoint,
    model,
    errors: problems.length > 0 ? { object: 'list', data: problems } : null,
    input_file_id: input,
    completion_window: '24h',
    status,
    output_file_id: isOver ? (batch.output ?? null) : null,
    error_file_id: isOver ? (batch.errors ?? null) : null,
    created_at: epoch(created),
    in_progress_at: begun ? epoch(created) : null,
    expires_at: epoch(created + WINDOW),
    finalizing_at: isOver ? ends : null,
    completed_at: isOver ? ends : null,
    failed_at: status === 'failed' ? ends : null,
    expired_at: null,
    cancelling_at: progress.canceled === undefined ? null : epoch(progress.canceled),
    cancelled_at: progress.canceled === undefined ? null : epoch(progress.canceled),
    request_counts: isOver
      ? { total, completed: batch.completed, failed: batch.failed }
      : { total: begun ? total : 0, completed: 0, failed: 0 },
    metadata,
  });
}

function problemsOf({ problems, progress }: Batch, status: BatchStatus): readonly JsonObject[] {
  if (status !== 'failed') return [];
  if (problems.length > 0) return problems;
  const { code = 'server_error', message = 'The batch failed' } = progress.error ?? {};
  return [{ code, message, param: null, line: null }];
}
