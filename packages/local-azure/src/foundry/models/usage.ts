import type { Engine } from '../../arm/contract.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { countModelCall } from '../../providers/cognitive-services/model-usage.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { answerPrompt } from './answer.ts';
import type { ModelAnswer, Prompt } from './prompt.ts';

/** Asks the model and counts the call at the account, refused ones as well. */
export async function answerCounted(engine: Engine, account: StoredResource, prompt: Prompt): Promise<ModelAnswer> {
  const started = engine.clock.now();
  const count = (status: number, { input, output }: ModelAnswer['usage']): void => {
    const ms = engine.clock.now() - started;
    countModelCall(engine, account, { deployment: prompt.deployment, status, ms, input, output });
  };
  try {
    const answer = await answerPrompt(engine.models, prompt);
    count(200, answer.usage);
    return answer;
  } catch (error) {
    if (error instanceof FoundryError) count(error.status, { input: 0, output: 0 });
    throw error;
  }
}
