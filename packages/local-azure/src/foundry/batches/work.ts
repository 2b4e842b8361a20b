import { textAt, type Json, type JsonObject } from '../../engine/json.ts';
import { completeChat } from '../models/chat-completions.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { answerResponse } from '../responses/create.ts';
import type { FoundryCall } from '../shared/route.ts';
import type { BatchLine } from './lines.ts';

/** Lines of the output file and of the error file. */
export interface BatchResults {
  readonly output: readonly JsonObject[];
  readonly errors: readonly JsonObject[];
}

const ENDPOINTS: Readonly<Record<string, (call: FoundryCall, body: JsonObject) => Promise<JsonObject>>> = {
  '/v1/responses': answerResponse,
  '/v1/chat/completions': completeChat,
};

/** The endpoints that a batch can name here. */
export const BATCH_ENDPOINTS: readonly string[] = Object.keys(ENDPOINTS);

/** Answers every line of a batch; lines that are refused go to the error file with the refusal. */
export async function answerLines(
  call: FoundryCall,
  endpoint: string,
  lines: readonly BatchLine[],
): Promise<BatchResults> {
  const output: JsonObject[] = [];
  const errors: JsonObject[] = [];
  for (const { id, body } of lines) {
    try {
      const answer = await ENDPOINTS[endpoint]?.(call, body);
      output.push(lineOf(call, id, 200, answer ?? {}));
    } catch (error) {
      if (!(error instanceof FoundryError)) throw error;
      const { status, code, message, param } = error;
      errors.push(
        lineOf(call, id, status, { error: { code, message, param: param ?? null, type: 'invalid_request_error' } }),
      );
    }
  }
  return { output, errors };
}

function lineOf({ engine }: FoundryCall, id: string, status: number, body: Json): JsonObject {
  return {
    id: `batch_req_${engine.ids.hex(24)}`,
    custom_id: id,
    response: { status_code: status, request_id: engine.ids.guid(), body },
    error: null,
  };
}

/** The model that all lines name. */
export function modelOf(lines: readonly BatchLine[]): string | undefined {
  return textAt(lines[0]?.body, 'model');
}
