import { agentPrompt } from '../agents/prompt.ts';
import { namedVersion, routedVersion, type CallTarget } from '../agents/call-target.ts';
import { arrayAt, isObject, member, objectAt, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { evaluateResponse } from '../rules/continuous-evaluation.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { sessionVersion } from '../agents/sessions.ts';
import { answerCounted } from '../models/usage.ts';
import { requireDeployment } from '../models/deployment.ts';
import { knowledgeOf } from '../knowledge/knowledge.ts';
import type { Prompt } from '../models/prompt.ts';
import type { FoundryCall } from '../shared/route.ts';
import { conversationsOf } from './conversations-store.ts';
import { toItems, toMessages } from '../response-data/items.ts';
import { renderResponse } from '../response-data/render.ts';
import { CREATE_RESPONSE } from './shape.ts';
import { historyOf, responseCollection } from '../response-data/store.ts';
import { streamReply } from './stream.ts';

/** `POST /responses` of a project: a model deployment answers, or the agent that `agent` or `agent_reference` names. */
export async function createProjectResponse(call: FoundryCall): Promise<Reply> {
  const body = requireOpenAiShape(CREATE_RESPONSE, readBody(call));
  const reference = member(body, 'agent') ?? member(body, 'agent_reference');
  if (!isObject(reference)) return await respond(call, body, undefined);
  requireNoneOf(body, AGENT_SETTINGS);
  const { engine, project } = call;
  return await respond(
    call,
    body,
    namedVersion(engine, project, textAt(reference, 'name') ?? '', textAt(reference, 'version')),
  );
}

/**
 * `POST /responses` of an agent: its version selector decides, unless the header x-agent-version-override names a
 * version.
 */
export async function createAgentResponse(call: FoundryCall): Promise<Reply> {
  const body = requireOpenAiShape(CREATE_RESPONSE, readBody(call));
  requireNoneOf(body, [...AGENT_SETTINGS, 'agent', 'agent_reference']);
  const { engine, project, request, names } = call;
  const name = names['name'] ?? '';
  const session = textAt(body, 'agent_session_id');
  const override =
    session === undefined ? request.headers['x-agent-version-override'] : sessionVersion(call, name, session);
  const target =
    override === undefined ? routedVersion(engine, project, name) : namedVersion(engine, project, name, override);
  requireProtocol(target, 'responses');
  return await respond(call, body, target);
}

/** 400 unless the agent's endpoint speaks the protocol. */
export function requireProtocol({ agent }: CallTarget, protocol: string): void {
  if (valueAt(agent.endpoint, `protocol_configuration.${protocol}`) !== undefined) return;
  const message = `The endpoint of agent ${agent.name} does not speak the protocol '${protocol}'`;
  throw new FoundryError(400, 'invalid_request_error', message);
}

/** Settings that the agent's version determines. */
const AGENT_SETTINGS = ['instructions', 'tools', 'text', 'temperature', 'top_p', 'reasoning', 'tool_choice'];

function requireNoneOf(body: JsonObject, settings: readonly string[]): void {
  const found = settings.find((setting) => member(body, setting) !== undefined);
  if (found !== undefined)
    throw new FoundryError(400, 'invalid_payload', 'Not allowed when agent is specified.', found);
}

/** The answer to the body of a `POST /responses` that is a line of a batch: of a model deployment, not streamed. */
export async function answerResponse(call: FoundryCall, content: JsonObject): Promise<JsonObject> {
  return await answer(call, requireOpenAiShape(CREATE_RESPONSE, content), undefined);
}

async function respond(call: FoundryCall, body: JsonObject, target: CallTarget | undefined): Promise<Reply> {
  const response = await answer(call, body, target);
  return member(body, 'stream') === true ? streamReply(response) : json(200, response);
}

async function answer(call: FoundryCall, body: JsonObject, target: CallTarget | undefined): Promise<JsonObject> {
  const { engine, project, account } = call;
  requireMetadata(objectAt(body, 'metadata'));
  if (member(body, 'background') === true)
    throw new FoundryError(
      501,
      'not_imitated',
      'The embedded Azure does not imitate background responses',
      'background',
    );
  const conversation = conversationId(body);
  const input = toItems(engine, member(body, 'input'));
  const before = historyBefore(call, body, conversation);
  const messages = toMessages([...before, ...input]);
  const tools = arrayAt(target?.version.definition ?? body, 'tools');
  const prompt = target
    ? agentPrompt(target, messages, knowledgeOf(engine, project, tools), objectAt(body, 'structured_inputs'))
    : modelPrompt(body, messages, knowledgeOf(engine, project, tools));
  if (prompt.deployment !== '') requireDeployment(engine, account, prompt.deployment);
  const answered = await answerCounted(engine, account, prompt);
  const response = renderResponse(engine, { body, prompt, answer: answered, target, conversation });
  if (conversation !== undefined)
    conversationsOf(engine, project).append(conversation, [...input, ...outputOf(response)]);
  if (member(body, 'store') !== false)
    responseCollection(project).put(engine.documents, textAt(response, 'id') ?? '', { body: response, input });
  if (target && member(body, 'store') !== false)
    await evaluateResponse(call, target.agent.name, textAt(response, 'id') ?? '');
  return response;
}

function outputOf(response: JsonObject): JsonObject[] {
  const output = member(response, 'output');
  return Array.isArray(output) ? (output as JsonObject[]) : [];
}

function modelPrompt(body: JsonObject, messages: Prompt['messages'], knowledge: Prompt['knowledge']): Prompt {
  const deployment = textAt(body, 'model');
  if (deployment === undefined)
    throw new FoundryError(400, 'missing_required_parameter', "Missing required parameter: 'model'.", 'model');
  return {
    deployment,
    agent: undefined,
    instructions: textAt(body, 'instructions') ?? '',
    messages,
    knowledge,
    format: valueAt(body, 'text.format'),
  };
}

/** `conversation` is an id or an object with one. */
function conversationId(body: JsonObject): string | undefined {
  const conversation = member(body, 'conversation');
  if (conversation === undefined) return undefined;
  if (member(body, 'previous_response_id') !== undefined) {
    const message = "Mutually exclusive parameters: 'previous_response_id' and 'conversation'.";
    throw new FoundryError(400, 'mutually_exclusive_parameters', message, 'conversation');
  }
  const id = typeof conversation === 'string' ? conversation : textAt(conversation, 'id');
  if (id === undefined) throw new FoundryError(400, 'invalid_type', "'conversation' is an id.", 'conversation');
  return id;
}

function historyBefore({ engine, project }: FoundryCall, body: JsonObject, conversation: string | undefined): Json[] {
  const previous = textAt(body, 'previous_response_id');
  if (previous !== undefined) return historyOf(engine, project, previous);
  if (conversation === undefined) return [];
  const conversations = conversationsOf(engine, project);
  return conversations.items(conversations.require(conversation).id);
}
