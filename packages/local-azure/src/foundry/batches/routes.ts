import { member, objectAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import { deployments } from '../../providers/cognitive-services/deployments.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { fileBytes } from '../shared/content.ts';
import { requireFile, saveFile } from '../files/store.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { cursorPage } from '../shared/paging.ts';
import { canceledNow, isOver, startProgress } from '../shared/progress.ts';
import { newId } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { parseBatch, type BatchInput } from './lines.ts';
import { batchCollection, batchStatus, requireBatch, showBatch, type Batch } from './store.ts';
import { answerLines, BATCH_ENDPOINTS, modelOf, type BatchResults } from './work.ts';

/** Batches of requests in a file (OpenAI-compatible). */
export const BATCH_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'openai/v1/batches', withoutApiVersion: true, handle: createBatch },
  { method: 'GET', path: 'openai/v1/batches', withoutApiVersion: true, handle: listBatches },
  {
    method: 'GET',
    path: 'openai/v1/batches/{id}',
    withoutApiVersion: true,
    handle: (call) => show(call, batchOf(call)),
  },
  { method: 'POST', path: 'openai/v1/batches/{id}/cancel', withoutApiVersion: true, handle: cancelBatch },
];

const CREATE = compileObject({
  'input_file_id!': 'string',
  'endpoint!': 'string',
  'completion_window!': '24h',
  metadata: { '*': 'string' },
  output_expires_after: { 'anchor!': 'created_at', 'seconds!': 'integer(3600..2592000)' },
});

function batchOf({ engine, project, names }: FoundryCall): Batch {
  return requireBatch(engine, project, names['id'] ?? '');
}

function show({ engine }: FoundryCall, batch: Batch): Reply {
  return json(200, showBatch(engine, batch));
}

async function createBatch(call: FoundryCall): Promise<Reply> {
  const body = requireOpenAiShape(CREATE, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  const { engine, project } = call;
  const endpoint = textAt(body, 'endpoint') ?? '';
  if (!BATCH_ENDPOINTS.includes(endpoint))
    throw new FoundryError(
      501,
      'not_imitated',
      `The embedded Azure does not imitate batches for '${endpoint}'`,
      'endpoint',
    );
  const file = requireFile(engine, project, textAt(body, 'input_file_id') ?? '', 'input_file_id');
  if (file.purpose !== 'batch')
    throw new FoundryError(
      400,
      'invalid_value',
      `The file '${file.id}' has the purpose '${file.purpose}', not 'batch'`,
      'input_file_id',
    );
  const text = fileBytes(engine, project, file.id)?.toString('utf8') ?? '';
  const input = withDeployment(call, parseBatch(text, endpoint));
  const results = 'lines' in input ? await answerLines(call, endpoint, input.lines) : undefined;
  const batch: Batch = {
    id: newId(engine, 'batch_').slice(0, 38),
    created: engine.clock.now(),
    endpoint,
    input: file.id,
    metadata: objectAt(body, 'metadata'),
    model: 'lines' in input ? modelOf(input.lines) : undefined,
    progress: startProgress(engine, engine.timing.jobMs, call.directives),
    problems: 'problems' in input ? input.problems : [],
    ...saveResults(call, file.id, results, expiryOf(body)),
  };
  batchCollection(project).put(engine.documents, batch.id, batch);
  return show(call, batch);
}

/** The model must be a deployment with a SKU for batches. */
function withDeployment({ engine, account }: FoundryCall, input: BatchInput): BatchInput {
  if ('problems' in input) return input;
  const name = modelOf(input.lines) ?? '';
  const found = engine.resources
    .list({ type: deployments.type, parent: account.id })
    .find((deployment) => sameText(deployment.name, name));
  const sku = textAt(found?.writable, 'sku.name') ?? '';
  if (sku.endsWith('Batch')) return input;
  const message = found
    ? `The deployment '${name}' has the SKU '${sku}', batches need GlobalBatch or DataZoneBatch.`
    : `The deployment '${name}' does not exist.`;
  return { problems: [{ code: 'model_not_found', message, param: 'body.model', line: 1 }] };
}

function expiryOf(body: JsonObject): number | undefined {
  const seconds = member(objectAt(body, 'output_expires_after'), 'seconds');
  return typeof seconds === 'number' ? seconds : undefined;
}

function saveResults(
  { engine, project }: FoundryCall,
  input: string,
  results: BatchResults | undefined,
  expiresAfter: number | undefined,
): Pick<Batch, 'output' | 'errors' | 'completed' | 'failed'> {
  const save = (lines: readonly JsonObject[], kind: string): string | undefined => {
    if (lines.length === 0) return undefined;
    const content = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return saveFile(engine, project, content, {
      filename: `${input}_${kind}.jsonl`,
      purpose: 'batch_output',
      expiresAfter,
    }).id;
  };
  const { output = [], errors = [] } = results ?? {};
  return {
    output: save(output, 'output'),
    errors: save(errors, 'error'),
    completed: output.length,
    failed: errors.length,
  };
}

function listBatches({ engine, project, request }: FoundryCall): Reply {
  const batches = batchCollection(project).list(engine.documents);
  return cursorPage(
    request,
    batches.map((batch) => ({ id: batch.id, body: showBatch(engine, batch) })),
  );
}

function cancelBatch(call: FoundryCall): Reply {
  const batch = batchOf(call);
  const now = call.engine.clock.now();
  const status = batchStatus(call.engine, batch);
  if (isOver(batch.progress, now) || status === 'failed')
    throw new FoundryError(409, 'conflict', `Cannot cancel a batch with status '${status}'.`);
  const canceled = { ...batch, progress: canceledNow(batch.progress, now) };
  batchCollection(call.project).put(call.engine.documents, batch.id, canceled);
  return show(call, canceled);
}
