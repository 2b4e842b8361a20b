import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { Engine } from '../../engine/engine.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { FoundryError } from '../foundry-error.ts';
import { answerPrompt } from './answer.ts';
import type { ModelAnswer, Prompt } from './prompt.ts';

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

/** An account that is made anew under the same id starts without. */
function usageOf({ id, created }: StoredResource): Collection<ModelUsage> {
  return collectionOf<ModelUsage>(`model-usage ${id.toLowerCase()} ${created.at}`);
}

/** In the order in which each minute, deployment and status came first. */
export function modelUsage({ documents }: Engine, account: StoredResource): readonly ModelUsage[] {
  return usageOf(account).list(documents);
}

/** Asks the model and counts the call at the account, refused ones as well. */
export async function answerCounted(engine: Engine, account: StoredResource, prompt: Prompt): Promise<ModelAnswer> {
  const started = engine.clock.now();
  const spent = (): number => engine.clock.now() - started;
  try {
    const answer = await answerPrompt(engine.models, prompt);
    count(engine, account, prompt.deployment, 200, spent(), answer.usage);
    return answer;
  } catch (error) {
    if (error instanceof FoundryError)
      count(engine, account, prompt.deployment, error.status, spent(), { input: 0, output: 0 });
    throw error;
  }
}

function count(
  { documents, clock }: Engine,
  account: StoredResource,
  deployment: string,
  status: number,
  ms: number,
  usage: ModelAnswer['usage'],
): void {
  if (deployment === '') return;
  const minute = Math.floor(clock.now() / MINUTE) * MINUTE;
  const key = `${minute} ${status} ${deployment.toLowerCase()}`;
  const before = usageOf(account).get(documents, key);
  usageOf(account).put(documents, key, {
    minute,
    deployment,
    status,
    count: (before?.count ?? 0) + 1,
    input: (before?.input ?? 0) + usage.input,
    output: (before?.output ?? 0) + usage.output,
    totalMs: (before?.totalMs ?? 0) + ms,
    leastMs: Math.min(before?.leastMs ?? ms, ms),
    mostMs: Math.max(before?.mostMs ?? ms, ms),
  });
}
