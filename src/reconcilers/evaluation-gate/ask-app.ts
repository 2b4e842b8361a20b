import { isArray, isObject, member, textOf, type Json, type JsonObject } from '../../model/json.ts';
import type { Nominee, WriteContext } from '../../model/kind.ts';
import { valueAtPath } from '../../model/json-path.ts';
import type { Row } from './items.ts';
import type { EvaluationGateSpec } from './spec.ts';

/** Requests at the same time: an app under test is no load test. */
const AT_ONCE = 4;

/**
 * Asks an app for every item, at the host that its nominee names, and puts the answers into the form of Foundry's output
 * items, so that they are graded like all others. What is no answer is an error of the target.
 */
export async function askApp(
  { probe, signal }: WriteContext,
  spec: EvaluationGateSpec,
  { target }: Nominee,
  rows: readonly Row[],
): Promise<JsonObject[]> {
  const left = [...rows];
  const items: JsonObject[] = [];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      signal.throwIfAborted();
      items.push(await asked(probe, spec, textOf(target, 'host'), row.content));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return items;
}

async function asked(
  probe: WriteContext['probe'],
  { request }: EvaluationGateSpec,
  host: string,
  row: JsonObject,
): Promise<JsonObject> {
  const method = request?.method ?? 'POST';
  const body = request?.body === undefined ? undefined : filled(request.body as JsonObject, row);
  const failed = (message: string): JsonObject => ({ datasource_item: row, sample: { error: { message } } });
  try {
    const reply = await probe(`https://${host}${request?.path ?? '/'}`, {
      method,
      timeoutMs: (request?.withinSeconds ?? 60) * 1000,
      ...(body === undefined || method === 'GET' ? {} : { body }),
    });
    if (reply.status < 200 || reply.status > 299) return failed(`status ${reply.status}`);
    const text = answerIn(reply.body, request?.answer);
    if (text === undefined) return failed(`the answer has nothing at ${request?.answer ?? ''}`);
    const sample = { output: [{ role: 'assistant', content: text }], latency_ms: reply.milliseconds };
    return { datasource_item: row, sample };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** Texts are only replaced, never interpreted. */
function filled(value: Json, row: JsonObject): Json {
  if (typeof value === 'string')
    return value.replaceAll(/\{\{item\.([A-Za-z0-9_]+)\}\}/g, (_, name: string) => shown(member(row, name)));
  if (isArray(value)) return value.map((item) => filled(item, row));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, row)]))
    : value;
}

function shown(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function answerIn(body: string, path: string | undefined): string | undefined {
  if (path === undefined) return body;
  try {
    const found = valueAtPath(JSON.parse(body) as Json, path);
    return found === undefined ? undefined : shown(found);
  } catch {
    return undefined;
  }
}
