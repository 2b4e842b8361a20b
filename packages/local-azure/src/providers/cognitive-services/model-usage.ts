import type { Engine } from '../../arm/contract.ts';
import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { StoredResource } from '../../engine/resources.ts';

/** Calls of one model deployment with one status within one minute. Times are milliseconds. */
export interface ModelUsage {
  /** Start of the minute on the clock. */
  readonly minute: number;
  readonly deployment: string;
  readonly status: number;
  readonly count: number;
  readonly input: number;
  readonly output: number;
  readonly totalMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

const MINUTE = 60_000;

/** An account that is created again under the same id starts empty. */
function usageOf({ id, created }: StoredResource): Collection<ModelUsage> {
  return collectionOf<ModelUsage>(`model-usage ${id.toLowerCase()} ${created.at}`);
}

/** In the order in which each minute, deployment and status came first. */
export function modelUsage({ documents }: Engine, account: StoredResource): readonly ModelUsage[] {
  return usageOf(account).list(documents);
}

/** One call of a model deployment that was answered. */
export interface ModelCall {
  /** Name of the deployment; calls without one are not counted. */
  readonly deployment: string;
  /** Status of the answer. */
  readonly status: number;
  /** How long it took, in milliseconds of the clock. */
  readonly ms: number;
  /** Tokens of the prompt and of the answer; 0 when it was refused. */
  readonly input: number;
  readonly output: number;
}

/** Adds a call that ended now to the usage of its account. */
export function countModelCall({ documents, clock }: Engine, account: StoredResource, call: ModelCall): void {
  const { deployment, status, ms, input, output } = call;
  if (deployment === '') return;
  const minute = Math.floor(clock.now() / MINUTE) * MINUTE;
  const key = `${minute} ${status} ${deployment.toLowerCase()}`;
  const before = usageOf(account).get(documents, key);
  usageOf(account).put(documents, key, {
    minute,
    deployment,
    status,
    count: (before?.count ?? 0) + 1,
    input: (before?.input ?? 0) + input,
    output: (before?.output ?? 0) + output,
    totalMs: (before?.totalMs ?? 0) + ms,
    leastMs: Math.min(before?.leastMs ?? ms, ms),
    mostMs: Math.max(before?.mostMs ?? ms, ms),
  });
}
