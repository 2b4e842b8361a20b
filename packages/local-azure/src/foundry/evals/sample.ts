import { agentPrompt } from '../agents/prompt.ts';
import { namedVersion } from '../agents/call-target.ts';
import { arrayAt, isArray, member, objectAt, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import { answerPrompt } from '../models/answer.ts';
import { requireDeployment } from '../models/deployment.ts';
import { knowledgeOf } from '../knowledge/knowledge.ts';
import type { Message, Passage, Prompt } from '../models/prompt.ts';
import type { FoundryCall } from '../shared/route.ts';
import { asText, fill, fillText } from './graders/template.ts';

/** The answer of a data source's target to a row, in the form of an output item's sample. Rejects when it cannot answer. */
export async function sampleFor(call: FoundryCall, dataSource: JsonObject, item: JsonObject): Promise<JsonObject> {
  const { engine, account } = call;
  const messages = messagesFor(dataSource, item);
  const { prompt, tools, parameters } = promptFor(call, dataSource, messages, contextOf(item));
  if (prompt.deployment !== '') requireDeployment(engine, account, prompt.deployment);
  const { text, usage, answeredBy } = await answerPrompt(engine.models, prompt);
  return {
    input: messages.map(({ role, text: content }) => ({ role, content })),
    output: [{ role: 'assistant', content: text }],
    output_text: text,
    output_items: [
      {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    tool_calls: [],
    tool_definitions: tools,
    finish_reason: 'stop',
    model: prompt.deployment,
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      cached_tokens: 0,
    },
    temperature: member(parameters, 'temperature') ?? 1,
    top_p: member(parameters, 'top_p') ?? 1,
    seed: member(parameters, 'seed') ?? 42,
    max_completion_tokens: member(parameters, 'max_completion_tokens') ?? 2048,
    error: null,
    answered_by: answeredBy,
  };
}

function promptFor(
  { engine, project }: FoundryCall,
  dataSource: JsonObject,
  messages: readonly Message[],
  context: readonly Passage[],
): { readonly prompt: Prompt; readonly tools: readonly Json[]; readonly parameters: JsonObject } {
  const target = objectAt(dataSource, 'target');
  if (textAt(target, 'type') !== 'azure_ai_agent') {
    const deployment = textAt(target, 'model') ?? textAt(dataSource, 'model') ?? '';
    const prompt = { deployment, agent: undefined, instructions: '', messages, knowledge: context, format: undefined };
    const parameters = { ...objectAt(dataSource, 'sampling_params'), ...objectAt(target, 'sampling_params') };
    return { prompt, tools: [], parameters };
  }
  const called = namedVersion(engine, project, textAt(target, 'name') ?? '', textAt(target, 'version'));
  const { definition } = called.version;
  const tools = arrayAt(definition, 'tools');
  const knowledge = [...context, ...knowledgeOf(engine, project, tools)];
  return { prompt: agentPrompt(called, messages, knowledge), tools, parameters: definition };
}

/** The column `context` of a row can be answered from. */
function contextOf(item: JsonObject): Passage[] {
  const context = member(item, 'context');
  return context === undefined ? [] : [{ source: 'context', name: 'context', text: asText(context) }];
}

/** The template of `input_messages`, filled; without one the query of the row. Throws a MissingValue. */
function messagesFor(dataSource: JsonObject, item: JsonObject): Message[] {
  const scope = { item, sample: {} };
  const input = objectAt(dataSource, 'input_messages');
  if (textAt(input, 'type') === 'item_reference') {
    const listed = fill(`{{${textAt(input, 'item_reference') ?? ''}}}`, scope);
    return (isArray(listed) ? listed : [listed]).map((message) => toMessage(message, contentText(message)));
  }
  const template = arrayAt(input, 'template');
  if (template.length > 0) return template.map((message) => toMessage(message, fillText(contentText(message), scope)));
  return [{ role: 'user', text: fillText('{{item.query}}', scope) }];
}

function toMessage(message: Json, text: string): Message {
  const role = (['system', 'developer', 'assistant'] as const).find((each) => each === textAt(message, 'role'));
  return { role: role ?? 'user', text };
}

function contentText(message: Json): string {
  const content = member(message, 'content') ?? message;
  return textAt(content, 'text') ?? asText(content);
}
