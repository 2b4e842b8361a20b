import type { Connection } from '../../azure/connect.ts';
import { problem } from '../../model/diagnostic.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { Outcome } from './outcome.ts';

export interface ModelTarget {
  readonly id: ResourceId;
  /** URL of the Foundry project. */
  readonly endpoint: string;
  /** Azure names; exactly one of them. */
  readonly agent?: string;
  readonly model?: string;
  readonly version?: string;
}

/** Asks an agent or a model deployment once. Rejects with AzureError where Foundry refuses. */
export async function invokeModel(
  connection: Connection,
  { id, endpoint, ...target }: ModelTarget,
  input: string,
  timeout: number,
  onText?: (piece: string) => void,
): Promise<Outcome> {
  const { ask } = await import('../../azure/responses.ts');
  const started = performance.now();
  const answer = await ask(connection, endpoint, { ...target, input, timeout }, onText);
  const { status, text, model, tokens, requestId, version, problem: why } = answer;
  const failed = status === 'failed';
  const asked = target.version !== undefined && version === undefined;
  return {
    resource: id,
    outcome: failed ? 'failed' : 'answered',
    ...(version === undefined || target.agent === undefined ? {} : { version }),
    status,
    milliseconds: Math.round(performance.now() - started),
    ...(tokens ? { tokens } : {}),
    ...(model === undefined ? {} : { model }),
    responseId: answer.id,
    ...(requestId === undefined ? {} : { requestId }),
    text,
    notes: [
      ...(status === 'incomplete' ? [`The answer is incomplete: ${why ?? 'Foundry does not say why'}.`] : []),
      ...(asked
        ? [`Version ${target.version ?? ''} was asked for; the answer does not say which version it is of.`]
        : []),
    ],
    diagnostics: failed ? [problem('ING6342', why ?? 'Foundry does not say why', { resource: id })] : [],
  };
}
