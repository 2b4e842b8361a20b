import { isObject, member, objectAt, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import type { Message, Passage, Prompt } from '../models/prompt.ts';
import type { CallTarget } from './call-target.ts';

/**
 * The request of an agent version to its model. Hosted agents run code that does not exist here: their image and
 * environment variables stand for instructions, so that scripted replies can distinguish them. 400 for agents that run
 * elsewhere.
 */
export function agentPrompt(
  { agent, version }: CallTarget,
  messages: readonly Message[],
  knowledge: readonly Passage[],
  inputs: JsonObject = {},
): Prompt {
  const { definition } = version;
  const kind = textAt(definition, 'kind') ?? '';
  if (kind === 'external' || kind === 'voice')
    throw new FoundryError(400, 'invalid_request_error', `Agents of kind ${kind} do not answer responses`);
  return {
    deployment: textAt(definition, 'model') ?? '',
    agent: agent.name,
    instructions: filled(instructionsOf(definition, kind), { ...defaultsOf(definition), ...inputs }),
    messages,
    knowledge,
    format: valueAt(definition, 'text.format'),
  };
}

function instructionsOf(definition: JsonObject, kind: string): string {
  if (kind === 'workflow') return textAt(definition, 'workflow') ?? '';
  if (kind !== 'hosted') return textAt(definition, 'instructions') ?? '';
  const variables = Object.entries(objectAt(definition, 'environment_variables'));
  const image = textAt(definition, 'container_configuration.image') ?? textAt(definition, 'code_configuration.runtime');
  return [
    image ?? '',
    ...variables.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ].join('\n');
}

function defaultsOf(definition: JsonObject): JsonObject {
  const entries = Object.entries(objectAt(definition, 'structured_inputs')).flatMap(
    ([name, input]): [string, Json][] => {
      const value = isObject(input) ? member(input, 'default_value') : undefined;
      return value === undefined ? [] : [[name, value]];
    },
  );
  return Object.fromEntries(entries);
}

/** `{{name}}` is replaced by the structured input of that name; unknown ones stay. */
function filled(instructions: string, inputs: JsonObject): string {
  return instructions.replaceAll(/\{\{\s*(?<name>\w+)\s*\}\}/gu, (whole, name: string) => {
    const value = member(inputs, name);
    return value === undefined ? whole : typeof value === 'string' ? value : JSON.stringify(value);
  });
}
