import { fill } from '../../gates/graders/local.ts';
import { problem, ProblemError } from '../../model/diagnostic.ts';
import { sha256 } from '../../model/fingerprint.ts';
import {
  canonicalJson,
  isObject,
  member,
  textAt,
  textOf,
  valueAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { foundryBatches } from '../shared/batch/foundry.ts';
import { batchInput } from '../shared/batch/lines.ts';
import type { BatchRun } from '../shared/batch/port.ts';
import { once } from '../shared/evals.ts';
import type { Row } from './items.ts';
import type { RunRequest } from './runs.ts';

const FIRST_POLL = 300;
const POLL = 10_000;

/**
 * Asks a deployment for all items in one managed batch of the project. The same batch is found again by a later apply,
 * running or ended; one that failed is sent anew then. The answers have the form of Foundry's output items; undefined while the
 * batch is not ready in time. Rejects with a problem when it fails.
 */
export async function askInBatch(
  context: WriteContext,
  site: Site,
  request: RunRequest,
  deadline: number,
): Promise<readonly JsonObject[] | undefined> {
  const { endpoint, nominee, rows, input, repeat, since, anew, onStart } = request;
  const lines = rows.map(({ item, content }) => JSON.stringify({ id: item.id, input: fill(input, content) }));
  const { text } = batchInput(lines.join('\n'), textOf(nominee.target, 'model'));
  const basis = { text: sha256(text), target: nominee.digest, repeat, ...(anew === undefined ? {} : { anew }) };
  const key = sha256(canonicalJson(basis)).slice(0, 32);
  const port = foundryBatches({ context, endpoint, environment: site.environment.name, target: site.id, text });
  const counts = ({ status, created }: BatchRun): boolean => status !== 'failed' && Date.parse(created) >= since;
  const { id } = await once(
    () => port.find(key, counts),
    () => {
      context.report(`sending a batch to ${nominee.label}`);
      onStart();
      return port.start(key);
    },
  );
  for (let pause = FIRST_POLL; ; pause = Math.min(POLL, pause * 2)) {
    const batch = await port.read(id);
    if (batch.status === 'failed')
      throw new ProblemError(
        problem('ING7003', `${site.id}: the batch ${id} is ${batch.state}${batch.reason ? `: ${batch.reason}` : ''}`, {
          resource: site.id,
          hint: 'Apply again: a new batch is sent.',
        }),
      );
    if (batch.status === 'succeeded') break;
    if (context.azure.now() > deadline) return undefined;
    context.report(`batch of ${nominee.label}: ${batch.state}`);
    await context.azure.sleep(pause, context.signal);
  }
  const { answers = [], errors = [] } = (await port.results(id)) ?? {};
  const byId = new Map(rows.map((row) => [row.item.id, row]));
  return [...answers, ...errors].map((line) => itemOf(line, byId)).filter((item) => item !== undefined);
}

/** A line of the results as an output item; undefined for a row that was not asked for. */
function itemOf(line: string, rows: ReadonlyMap<string, Row>): JsonObject | undefined {
  const answer = JSON.parse(line) as Json;
  const row = isObject(answer) ? rows.get(textOf(answer, 'custom_id')) : undefined;
  if (!row) return undefined;
  const status = Number(valueAt(answer, '/response/status_code') ?? 0);
  if (status < 200 || status > 299) {
    const message = textAt(answer, '/response/body/error/message') || textAt(answer, '/error/message');
    return { datasource_item: row.content, sample: { error: { message: message || 'the batch has no answer' } } };
  }
  const body = valueAt(answer, '/response/body');
  const [input, output] = [valueAt(body, '/usage/input_tokens'), valueAt(body, '/usage/output_tokens')];
  const usage =
    typeof input === 'number' && typeof output === 'number'
      ? { usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output } }
      : {};
  return { datasource_item: row.content, sample: { output: member(body, 'output') ?? [], ...usage } };
}
