import type { Address } from '../../../model/azure.ts';
import { isArray, member, textAt, textOf, valueAt, type JsonObject } from '../../../model/json.ts';
import type { WriteContext } from '../../../model/kind.ts';
import { ensureFile } from '../foundry-files.ts';
import { urlOf } from './lines.ts';
import type { BatchPort, BatchResults, BatchRun } from './port.ts';
import { isoTime } from '../../../model/time.ts';

const METADATA = { target: 'ingate.id', environment: 'ingate.environment', key: 'ingate.key' } as const;
const ENDED: Readonly<Record<string, BatchRun['status']>> = {
  completed: 'succeeded',
  failed: 'failed',
  expired: 'failed',
  cancelled: 'failed',
  cancelling: 'failed',
};

export interface FoundryBatch {
  readonly context: WriteContext;
  /** URL of the project. */
  readonly endpoint: string;
  readonly environment: string;
  readonly target: string;
  /** JSON Lines; empty where nothing is started. */
  readonly text: string;
}

/** Managed batches of a Foundry project: `{endpoint}/openai/v1/batches`. The deployment needs a SKU for batches. */
export function foundryBatches({ context, endpoint, environment, target, text }: FoundryBatch): BatchPort {
  const { azure, signal } = context;
  const address = (...path: readonly string[]): Address => ({
    path: [`${endpoint}/openai/v1/batches`, ...path].join('/'),
    apiVersion: '',
  });
  const ours = async (): Promise<JsonObject[]> => {
    const all = (await azure.list({ ...address(), query: { limit: '100' } })) ?? [];
    return all.filter(
      (one) =>
        textAt(one, `/metadata/${METADATA.target}`) === target &&
        textAt(one, `/metadata/${METADATA.environment}`) === environment,
    );
  };
  const body = async (id: string): Promise<JsonObject> => (await azure.get(address(id))) ?? {};
  return {
    async find(key, counts = () => true) {
      const found = (await ours()).filter((one) => textAt(one, `/metadata/${METADATA.key}`) === key);
      return found.map(runOf).find(counts);
    },
    async start(key) {
      const file = await ensureFile(context, endpoint, 'batch', text);
      const metadata = { [METADATA.target]: target, [METADATA.environment]: environment, [METADATA.key]: key };
      const request = { input_file_id: file, endpoint: urlOf(text), completion_window: '24h', metadata };
      return runOf((await azure.post(address(), request, { signal })).body as JsonObject);
    },
    read: async (id) => runOf(await body(id)),
    list: async () => (await ours()).map(runOf),
    async results(id): Promise<BatchResults> {
      const batch = await body(id);
      const lines = async (name: string): Promise<string[]> => {
        const file = textOf(batch, name);
        if (file === '') return [];
        const text = (await azure.text({ path: `${endpoint}/openai/v1/files/${file}/content`, apiVersion: '' })) ?? '';
        return text.split('\n').filter((line) => line.trim() !== '');
      };
      const answered = await lines('output_file_id');
      return {
        answers: answered.filter(isAnswer),
        errors: [...answered.filter((line) => !isAnswer(line)), ...(await lines('error_file_id'))],
      };
    },
  };
}

function isAnswer(line: string): boolean {
  const response = member(JSON.parse(line) as JsonObject, 'response');
  const status = member(response, 'status_code');
  return typeof status === 'number' && status < 400;
}

function runOf(batch: JsonObject): BatchRun {
  const state = textOf(batch, 'status');
  const counts = (name: string): number => Number(valueAt(batch, `/request_counts/${name}`) ?? 0);
  const errors = valueAt(batch, '/errors/data');
  const reason = isArray(errors) ? errors.map((one) => textAt(one, '/message')).join('; ') : '';
  const created = Number(member(batch, 'created_at') ?? 0);
  return {
    id: textOf(batch, 'id'),
    status: ENDED[state] ?? 'running',
    state: state.replace('_', ' '),
    created: created > 0 ? isoTime(created * 1000) : '',
    total: counts('total'),
    completed: counts('completed'),
    failed: counts('failed'),
    ...(reason === '' ? {} : { reason }),
  };
}
