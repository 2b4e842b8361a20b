import { textAt, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { WriteContext } from '../../model/kind.ts';
import type { BatchPort, BatchRun } from '../../reconcilers/shared/batch/port.ts';

export interface EndpointBatch {
  readonly context: WriteContext;
  /** Where jobs are sent to, `https://…/jobs`. */
  readonly scoringUri: string;
  /** Folder or file that is scored. */
  readonly input: string;
  /** Folder below which results go, one folder per batch. */
  readonly output: string;
}

/** Where a workspace keeps results unless told otherwise. */
export const DEFAULT_OUTPUT = 'azureml://datastores/workspaceblobstore/paths/ingate';

/**
 * Jobs of a batch endpoint of Azure Machine Learning. They carry no marks of ours, so a batch is found by its output, which
 * is named after its key.
 */
export function endpointBatches({ context, scoringUri, input, output }: EndpointBatch): BatchPort {
  const { azure, signal } = context;
  const jobs = { path: scoringUri.replace(/\/+$/, ''), apiVersion: '' };
  const list = async (): Promise<readonly JsonObject[]> => (await azure.list(jobs)) ?? [];
  return {
    async find(key) {
      const found = (await list()).find((one) =>
        JSON.stringify(valueAt(one, '/properties') ?? {}).includes(`/${key}/`),
      );
      return found && runOf(found);
    },
    async start(key) {
      const folder = !/\.[A-Za-z0-9]+$/.test(input);
      const body = {
        properties: {
          InputData: { input: { JobInputType: folder ? 'UriFolder' : 'UriFile', Uri: input } },
          OutputData: {
            score: { JobOutputType: 'UriFile', Uri: `${output.replace(/\/+$/, '')}/${key}/predictions.csv` },
          },
        },
      };
      return runOf((await azure.post(jobs, body, { signal })).body as JsonObject);
    },
    read: async (id) => runOf((await list()).find((one) => textOf(one, 'name') === id) ?? {}),
    list: async () => (await list()).map(runOf),
    results: () => Promise.resolve(undefined),
  };
}

function runOf(job: JsonObject): BatchRun {
  const state = textAt(job, '/properties/status');
  const status =
    state === 'Completed'
      ? 'succeeded'
      : ['Failed', 'Canceled', 'CancelRequested'].includes(state)
        ? 'failed'
        : 'running';
  return {
    id: textOf(job, 'name'),
    status,
    state: state === '' ? 'starting' : state.toLowerCase(),
    created: textAt(job, '/systemData/createdAt') || textAt(job, '/properties/creationTimeUtc'),
  };
}
