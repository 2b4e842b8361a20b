import { isAzureError, type Address, type AzureReads } from '../../model/azure.ts';
import { problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import { member, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import type { ProblemCode } from '../../model/problems.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';

/** Metadata of an evaluation of ours. Foundry takes 16 entries of 512 characters. */
export const EVAL_METADATA = {
  id: 'ingate.id',
  environment: 'ingate.environment',
  content: 'ingate.content',
} as const;

/** Metadata of a run that says what makes it the same as another one. */
const RUN_KEY = 'ingate.key';
const ATTEMPTS = 3;
const FIRST_POLL = 300;
const POLL = 5000;

/** URL of the project that `spec.project` names, without a slash at its end; undefined while only known after apply. */
export function projectEndpoint(site: Site): string | undefined {
  const project = textOf(site.spec as JsonObject, 'project');
  const endpoint = project === '' ? undefined : site.outputOf(resourceId('FoundryProject', project), 'endpoint');
  return typeof endpoint === 'string' ? endpoint.replace(/\/+$/, '') : undefined;
}

/** Evaluations and their runs. The OpenAI-compatible routes have no api-version. */
export function evalsAddress(endpoint: string, ...path: readonly string[]): Address {
  return { path: [`${endpoint}/openai/v1/evals`, ...path].join('/'), apiVersion: '' };
}

/** The evaluation with these marks, if there is one. */
export async function findEvaluation(
  { azure }: { readonly azure: AzureReads },
  endpoint: string,
  marks: Readonly<Record<string, string>>,
): Promise<JsonObject | undefined> {
  const all = (await azure.list({ ...evalsAddress(endpoint), query: { limit: '100' } })) ?? [];
  return all.find((one) =>
    Object.entries(marks).every(([key, value]) => member(member(one, 'metadata'), key) === value),
  );
}

/** The evaluation with these marks: one that exists, else a new one. After a lost answer it is looked for again. */
export async function ensureEvaluation(
  { azure, signal, report }: WriteContext,
  endpoint: string,
  name: string,
  content: JsonObject,
  marks: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  return once(
    () => findEvaluation({ azure }, endpoint, marks),
    async () => {
      report('creating the evaluation');
      const made = await azure.post(evalsAddress(endpoint), { name, metadata: { ...marks }, ...content }, { signal });
      return made.body as JsonObject;
    },
  );
}

/** Looks, makes what is not there, and after a lost answer looks again, so that nothing is made twice. */
export async function once<T extends object>(find: () => Promise<T | undefined>, make: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const known = await find();
    if (known) return known;
    try {
      return await make();
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
  /** Id of the evaluation. */
  readonly evaluation: string;
  /** What makes a run the same as another one of the evaluation. At most 512 characters. */
  readonly key: string;
  readonly name: string;
  readonly dataSource: JsonObject;
  /** Runs that were made before do not count any more; milliseconds since 1970. */
  readonly since?: number;
  /** Further metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Called when a new run is asked for; not when an earlier one counts. */
  readonly onStart?: () => void;
}

/** The run with a key: one that was started before and has not failed, else a new one, exactly one whatever answer is lost. */
export async function ensureRun({ azure, signal, report }: WriteContext, request: RunRequest): Promise<JsonObject> {
  const { endpoint, evaluation, key, name, dataSource, since = 0, metadata = {}, onStart } = request;
  const address = evalsAddress(endpoint, evaluation, 'runs');
  return once(
    async () =>
      ((await azure.list({ ...address, query: { limit: '100' } })) ?? []).find(
        (run) => isUsable(run, key) && madeAt(run) >= since,
      ),
    async () => {
      report(`starting ${name}`);
      onStart?.();
      const body = { name, metadata: { ...metadata, [RUN_KEY]: key }, data_source: dataSource };
      return (await azure.post(address, body, { signal })).body as JsonObject;
    },
  );
}

/** True for a run with this key that has not failed. */
export function isUsable(run: JsonObject, key: string): boolean {
  return member(member(run, 'metadata'), RUN_KEY) === key && !['failed', 'canceled'].includes(textOf(run, 'status'));
}

/** When a run was made, in milliseconds since 1970. */
export function madeAt(run: JsonObject): number {
  const seconds = member(run, 'created_at');
  return typeof seconds === 'number' ? seconds * 1000 : 0;
}

/**
 * Waits until a run has ended or the time is over (milliseconds since 1970); undefined then. Rejects with a problem of the
 * code when it failed or was canceled.
 */
export async function finishedRun(
  { azure, signal, report }: WriteContext,
  address: Address,
  label: string,
  deadline: number,
  code: ProblemCode = 'ING7006',
): Promise<JsonObject | undefined> {
  for (let pause = FIRST_POLL; ; pause = Math.min(POLL, pause * 2)) {
    const run = await azure.get(address);
    const status = textOf(run ?? {}, 'status');
    if (run && status === 'completed') return run;
    if (!run || status === 'failed' || status === 'canceled') {
      const message = valueAt(run ?? {}, '/error/message');
      const what = status === '' ? 'is gone' : status === 'failed' ? 'has failed' : 'was canceled';
      const hint = 'Apply again: a new run is started.';
      throw new ProblemError(
        problem(code, `The run of ${label} ${what}${typeof message === 'string' ? `: ${message}` : ''}`, { hint }),
      );
    }
    if (azure.now() > deadline) return undefined;
    report(`evaluating ${label}: ${status.replace('_', ' ')}`);
    await azure.sleep(pause, signal);
  }
}

/** What to say of results whose runs somebody deleted. */
export function runsGone(id: ResourceId): Diagnostic {
  return problem('ING7006', `${id}: a run that its results come from is gone from Foundry`, {
    resource: id,
    hint: 'Let the results expire (expiresAfterDays), or change what is evaluated, and apply again.',
  });
}

/** Every item of a run with its grades. */
export async function runItems(
  reader: AzureReads,
  endpoint: string,
  evaluation: string,
  run: string,
): Promise<readonly JsonObject[]> {
  const address = evalsAddress(endpoint, evaluation, 'runs', run, 'output_items');
  return (await reader.list({ ...address, query: { limit: '100' } })) ?? [];
}
