import { AIProjectClient } from '@azure/ai-projects';
import { AzureError } from '../model/azure.ts';
import type { Connection } from './connect.ts';

/** One question to an agent or to a model deployment of a Foundry project. */
export interface Question {
  /** Name of an agent; its version selector decides which version answers unless `version` does. */
  readonly agent?: string;
  readonly version?: string;
  /** Name of a model deployment, where no agent is asked. */
  readonly model?: string;
  readonly input: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What Foundry answered. Members are absent where it says nothing. */
export interface Answer {
  readonly id: string;
  /** `completed`, `incomplete`, `failed`. */
  readonly status: string;
  readonly text: string;
  readonly model?: string;
  /** Version of the agent that answered. */
  readonly version?: string;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly requestId?: string;
  /** Why it failed or is incomplete. */
  readonly problem?: string;
}

const API_VERSION = 'v1';

/**
 * Asks through the responses API (Foundry data plane), once: a question is no read, so nothing is repeated. A version is
 * chosen by the header `x-agent-version-override`, which moves no traffic. With `onText` the answer is streamed, and told
 * piece by piece. Rejects with AzureError.
 */
export async function ask(
  connection: Pick<Connection, 'client' | 'reach'>,
  endpoint: string,
  question: Question,
  onText?: (piece: string) => void,
): Promise<Answer> {
  const { agent, version, model, input, timeout } = question;
  const route = agent === undefined ? '/openai/v1' : `/agents/${encodeURIComponent(agent)}/endpoint/protocols/openai`;
  const url = `${endpoint.replace(/\/+$/, '')}${route}`;
  const reached = connection.reach(url);
  if (!reached) {
    const message = 'No token is sent to this host: it is not an endpoint of the cloud';
    throw new AzureError({ code: 'ForeignHost', message, method: 'POST', url });
  }
  const { credential, endpoint: _management, ...options } = connection.client;
  const scoped = { getToken: (_scopes: string | string[], more?: object) => credential.getToken(reached.scope, more) };
  const openai = new AIProjectClient(endpoint, scoped, options).getOpenAIClient({
    baseURL: reached.url,
    maxRetries: 0,
    timeout,
    ...(agent === undefined ? {} : { defaultQuery: { 'api-version': API_VERSION } }),
  });
  const body = { input, ...(model === undefined ? {} : { model }) };
  const signal = AbortSignal.timeout(timeout);
  const sending = { signal, headers: version === undefined ? {} : { 'x-agent-version-override': version } };
  try {
    if (!onText) {
      const { data, response } = await openai.responses.create(body, sending).withResponse();
      return answerOf(data as unknown as Received, requestIdOf(response.headers));
    }
    const { data: events, response } = await openai.responses.create({ ...body, stream: true }, sending).withResponse();
    let last: Received | undefined;
    for await (const event of events) {
      if (event.type === 'response.output_text.delta') onText(event.delta);
      if ('response' in event) last = event.response as unknown as Received;
      if (event.type === 'error') throw failure(url, event.code ?? 'Failed', event.message);
    }
    if (!last || !FINAL.has(last.status ?? ''))
      throw failure(url, 'BadResponse', 'The stream ended before the answer did');
    return answerOf(last, requestIdOf(response.headers));
  } catch (error) {
    if (signal.aborted) throw failure(url, 'Network', `No answer within ${timeout / 1000} seconds`);
    throw azureError(error, url);
  }
}

const FINAL = new Set(['completed', 'incomplete', 'failed']);

/** A response as it is sent, which has more than the types of the client know. */
interface Received {
  readonly id: string;
  readonly status?: string;
  readonly model?: string;
  readonly output?: readonly { readonly content?: readonly { readonly type?: string; readonly text?: string }[] }[];
  readonly usage?: { readonly input_tokens?: number; readonly output_tokens?: number } | null;
  readonly error?: { readonly code?: string; readonly message?: string } | null;
  readonly incomplete_details?: { readonly reason?: string } | null;
  readonly agent?: { readonly version?: string } | null;
  readonly agent_reference?: { readonly version?: string } | null;
}

function answerOf(received: Received, requestId: string | undefined): Answer {
  const { id, status = 'completed', model, output = [], usage, error, incomplete_details: incomplete } = received;
  const version = received.agent_reference?.version ?? received.agent?.version;
  const parts = output.flatMap(({ content }) => content ?? []);
  const problem = error ? `${error.code ?? 'Failed'}: ${error.message ?? ''}` : incomplete?.reason;
  return {
    id,
    status,
    text: parts.map(({ text }) => text ?? '').join(''),
    ...(model ? { model } : {}),
    ...(version ? { version } : {}),
    ...(usage ? { tokens: { input: usage.input_tokens ?? 0, output: usage.output_tokens ?? 0 } } : {}),
    ...(requestId === undefined ? {} : { requestId }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function requestIdOf(headers: Headers): string | undefined {
  return headers.get('x-ms-request-id') ?? headers.get('apim-request-id') ?? headers.get('x-request-id') ?? undefined;
}

function failure(url: string, code: string, message: string): AzureError {
  return new AzureError({ code, message, method: 'POST', url });
}

/** Names of errors of the OpenAI client that mean no answer, or not the whole of it; `terminated` is that of `fetch`. */
const NO_ANSWER = /^API(?:Connection|ConnectionTimeout|UserAbort)?Error$/;

/** Errors of the OpenAI client carry `status`, `code` and `headers`; what is none of them is a bug of ours. */
function azureError(error: unknown, url: string): unknown {
  if (error instanceof AzureError || !(error instanceof Error)) return error;
  if (error instanceof TypeError && error.message !== 'terminated')
    return failure(url, 'BadResponse', 'The answer is not of the form that its API describes');
  const { status, code, headers } = error as Error & { status?: number; code?: string | null; headers?: Headers };
  const signIn = error.constructor.name === 'OpenAIError';
  const isKnown = signIn || NO_ANSWER.test(error.constructor.name) || error.message === 'terminated';
  if (status === undefined && !isKnown) return error;
  const message = error.message.replace(/^\d{3} /, '');
  const requestId = headers && requestIdOf(headers);
  const details = { message, method: 'POST', url, status, requestId };
  const fallback = signIn ? 'Credential' : status === undefined ? 'Network' : `Http${status}`;
  return new AzureError({ ...details, code: code ?? fallback }, { cause: error });
}
