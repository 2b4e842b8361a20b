import { isArray, isObject, member, textAt, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { WriteContext } from '../../model/kind.ts';
import type { BatchPort, BatchRun } from '../../reconcilers/shared/batch/port.ts';

const API_VERSION = '2026-01-01';
/** Environment variable by which an execution is found again; the work may use it as the name of its results. */
const KEY = 'INGATE_BATCH_KEY';

export interface JobBatch {
  readonly context: WriteContext;
  /** Path of the job. */
  readonly job: string;
  /** Arguments of the first container, instead of the job's own; none: the job's own. */
  readonly args: readonly string[];
}

/** Executions of Microsoft.App/jobs. The work writes its results itself, wherever it does. */
export function containerJobBatches({ context, job, args }: JobBatch): BatchPort {
  const { azure, signal } = context;
  const list = async (): Promise<readonly JsonObject[]> =>
    (await azure.list({ path: `${job}/executions`, apiVersion: API_VERSION })) ?? [];
  const named = async (id: string): Promise<JsonObject> =>
    (await list()).find((one) => textOf(one, 'name') === id) ?? {};
  return {
    async find(key) {
      const found = (await list()).find((one) => keyOf(one) === key);
      return found && runOf(found);
    },
    async start(key) {
      const body = await azure.get({ path: job, apiVersion: API_VERSION });
      const template = templateWith(valueAt(body, '/properties/template') ?? {}, key, args);
      await azure.post({ path: `${job}/start`, apiVersion: API_VERSION }, template, { signal });
      const started = (await list()).find((one) => keyOf(one) === key);
      return runOf(started ?? {});
    },
    read: async (id) => runOf(await named(id)),
    list: async () =>
      (await list())
        .filter((one) => keyOf(one) !== undefined)
        .map(runOf)
        .toSorted((a, b) => b.created.localeCompare(a.created)),
    results: () => Promise.resolve(undefined),
  };
}

/** Containers in the body of a start take the place of the job's, so all of them are sent. */
function templateWith(template: Json, key: string, args: readonly string[]): JsonObject {
  const listed = (name: string): JsonObject[] => {
    const list = member(template, name);
    return isArray(list) ? list.filter(isObject).map(declared) : [];
  };
  const containers = listed('containers').map((container, index): JsonObject => {
    const env = member(container, 'env');
    const kept = (isArray(env) ? env.filter(isObject) : []).filter((one) => textOf(one, 'name') !== KEY);
    return {
      ...container,
      env: [...kept, { name: KEY, value: key }],
      ...(index === 0 && args.length > 0 ? { args: [...args] } : {}),
    };
  });
  const init = listed('initContainers');
  return { containers, ...(init.length === 0 ? {} : { initContainers: init }) };
}

const SENT = new Set(['name', 'image', 'command', 'args', 'env', 'resources', 'volumeMounts']);

function declared(container: JsonObject): JsonObject {
  const kept = Object.entries(container).filter(([name, value]) => SENT.has(name) && value !== null);
  const whole = Object.fromEntries(kept);
  const resources = member(whole, 'resources');
  if (!isObject(resources)) return whole;
  return {
    ...whole,
    resources: { cpu: member(resources, 'cpu') ?? 0.5, memory: member(resources, 'memory') ?? '1Gi' },
  };
}

function keyOf(execution: JsonObject): string | undefined {
  const env = valueAt(execution, '/properties/template/containers/0/env');
  const found = isArray(env) ? env.find((one) => textAt(one, '/name') === KEY) : undefined;
  return found === undefined ? undefined : textAt(found, '/value');
}

function runOf(execution: JsonObject): BatchRun {
  const state = textAt(execution, '/properties/status');
  const status =
    state === 'Succeeded' ? 'succeeded' : ['Failed', 'Stopped', 'Degraded'].includes(state) ? 'failed' : 'running';
  return {
    id: textOf(execution, 'name'),
    status,
    state: state === '' ? 'starting' : state.toLowerCase(),
    created: textAt(execution, '/properties/startTime'),
  };
}
