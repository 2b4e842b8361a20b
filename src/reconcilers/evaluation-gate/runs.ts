import { setTimeout as delay } from 'node:timers/promises';
import { isAzureError, type Address } from '../../model/azure.ts';
import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, member, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { Nominee, WriteContext } from '../../model/kind.ts';
import type { Row } from './items.ts';

const RUN_KEY = 'ingate.key';
const ATTEMPTS = 3;
const FIRST_POLL = 300;
const POLL = 5000;

/** The OpenAI-compatible routes have no api-version. */
export function evalsAddress(endpoint: string, ...path: readonly string[]): Address {
  return { path: [`${endpoint}/openai/v1/evals`, ...path].join('/'), apiVersion: '' };
}

/** The evaluation with these marks: one that exists, else a new one. After a lost answer it is looked for again. */
export async function ensureEvaluation(
  { azure, signal, report }: WriteContext,
  endpoint: string,
  name: string,
  content: JsonObject,
  marks: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const isOurs = (one: JsonObject): boolean =>
    Object.entries(marks).every(([key, value]) => member(member(one, 'metadata'), key) === value);
  for (let attempt = 1; ; attempt++) {
    const known = ((await azure.list(evalsAddress(endpoint))) ?? []).find(isOurs);
    if (known) return known;
    try {
      report('creating the evaluation');
      const made = await azure.post(evalsAddress(endpoint), { name, metadata: { ...marks }, ...content }, { signal });
      return made.body as JsonObject;
    } catch (error) {
      if (!mayBeDone(error) || attempt >= ATTEMPTS) throw error;
    }
  }
}

function mayBeDone(error: unknown): boolean {
  return isAzureError(error) && (error.details.maybeDone === true || (error.details.status ?? 0) >= 500);
}

export interface RunRequest {
  readonly endpoint: string;
  readonly evaluation: string;
  readonly nominee: Nominee;
  readonly rows: readonly Row[];
  readonly input: string;
  /** From 1. */
  readonly repeat: number;
}

/** What makes a run the same as another one: target, items, input and repeat. The evaluation stands for the graders. */
function runKey({ nominee, rows, input, repeat }: RunRequest): string {
  const basis = {
    target: nominee.digest,
    kind: textOf(nominee.target, 'type'),
    rows: rows.map(({ content }) => content),
    input,
    repeat,
  };
  return sha256(canonicalJson(basis)).slice(0, 48);
}

/** The run of a version: one that was started before and has not failed, else a new one, exactly one whatever answer is lost. */
export async function ensureRun({ azure, signal, report }: WriteContext, request: RunRequest): Promise<JsonObject> {
  const address = evalsAddress(request.endpoint, request.evaluation, 'runs');
  const key = runKey(request);
  const isUsable = (run: JsonObject): boolean =>
    member(member(run, 'metadata'), RUN_KEY) === key && !['failed', 'canceled'].includes(textOf(run, 'status'));
  for (let attempt = 1; ; attempt++) {
    const known = ((await azure.list({ ...address, query: { limit: '100' } })) ?? []).find(isUsable);
    if (known) return known;
    try {
      report(`evaluating ${request.nominee.label}`);
      const made = await azure.post(address, bodyOf(request, key), { signal });
      return made.body as JsonObject;
    } catch (error) {
      if (!mayBeDone(error) || attempt >= ATTEMPTS) throw error;
    }
  }
}

function bodyOf({ nominee, rows, input, repeat }: RunRequest, key: string): JsonObject {
  const content = { type: 'input_text', text: input };
  return {
    name: `${nominee.label}${repeat > 1 ? `, repeat ${repeat}` : ''}`,
    metadata: { [RUN_KEY]: key },
    data_source: {
      type: 'azure_ai_target_completions',
      source: { type: 'file_content', content: rows.map((row) => ({ item: row.content })) },
      input_messages: { type: 'template', template: [{ type: 'message', role: 'user', content }] },
      target: nominee.target,
    },
  };
}

/** Waits until a run has ended or the time is over; undefined then. Rejects when it failed or was canceled. */
export async function finishedRun(
  { azure, signal, report }: WriteContext,
  address: Address,
  label: string,
  deadline: number,
): Promise<JsonObject | undefined> {
  for (let pause = FIRST_POLL; ; pause = Math.min(POLL, pause * 2)) {
    const run = await azure.get(address);
    const status = textOf(run ?? {}, 'status');
    if (run && status === 'completed') return run;
    if (!run || status === 'failed' || status === 'canceled') {
      const message = valueAt(run ?? {}, '/error/message');
      throw new Error(
        `The run of ${label} ${status === '' ? 'is gone' : `has ${status}`}${typeof message === 'string' ? `: ${message}` : ''}`,
      );
    }
    if (Date.now() > deadline) return undefined;
    report(`evaluating ${label}: ${status.replace('_', ' ')}`);
    await delay(pause, undefined, { signal });
  }
}
