import {
  isArray,
  isObject,
  member,
  textOf,
  without,
  withValueAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { findSecretLiterals } from '../load/secret-literals.ts';
import { labelOf } from './secrets.ts';

/** An agent of a file in the terms of kind Agent, without its project. */
export interface ReadAgent {
  readonly name: string;
  readonly spec: JsonObject;
  /** What the file says and the manifest does not, with why. */
  readonly unread: readonly { readonly part: string; readonly reason: string }[];
}

/** Members of a definition that Foundry takes. Source: agent definitions of the Foundry data plane, api-version v1. */
const DEFINITION: ReadonlySet<string> = new Set([
  'kind',
  'model',
  'instructions',
  'workflow',
  'harness',
  'skills',
  'temperature',
  'top_p',
  'reasoning',
  'tools',
  'tool_choice',
  'text',
  'structured_inputs',
  'rai_config',
  'cpu',
  'memory',
  'environment_variables',
  'container_configuration',
  'protocol_versions',
  'code_configuration',
  'telemetry_config',
  'session_configuration',
  'enable_memory_snapshot',
  'otel_agent_id',
]);

/** Members of an exported version that Foundry makes by itself. */
const MADE_BY_FOUNDRY: readonly string[] = ['id', 'object', 'version', 'created_at', 'createdAt', 'status'];

/** Members of azd's services that say how to deploy and nothing of the agent. */
const DEPLOYMENT: readonly string[] = ['host', 'project', 'language', '$schema', '$ref'];

/**
 * Reads an agent as AgentSchema, the portal's export or azd write it. What Foundry has no place for is named, never passed
 * over. Which member of AgentSchema is which of Foundry (protocols, resources, connection, serverName, approvalMode) is
 * inferred from both schemas: unverified.
 */
export function readAgent(value: JsonObject, fallbackName: string, agent: KindDefinition): ReadAgent {
  const template = member(value, 'template');
  const inner =
    isObject(template) && member(template, 'kind') !== undefined
      ? { ...without(value, 'template', 'kind'), ...template }
      : value;
  const source = without(inner, ...MADE_BY_FOUNDRY, ...DEPLOYMENT);
  const { name, description, metadata, ...rest } = source;
  const hosted = textOf(rest, 'kind').toLowerCase() === 'hosted';
  const written = withTools(hosted ? hostedMembers(rest) : rest);
  const canonical = agent.canonical?.({ definition: written }) ?? { definition: written };
  const definition = member(canonical, 'definition');
  const members = Object.entries(isObject(definition) ? definition : {});
  const kept = Object.fromEntries(members.filter(([key]) => DEFINITION.has(key)));
  const unknown = members
    .filter(([key]) => !DEFINITION.has(key))
    .map(([part]) => ({ part, reason: 'Foundry has no place for it' }));
  const secrets = findSecretLiterals({ definition: kept });
  const spec: JsonObject = {
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    definition: kept,
    ...metadataOf(metadata),
  };
  const clean = secrets.reduce<JsonObject>(
    (result, { field }) => withValueAt(result, field, undefined) as JsonObject,
    spec,
  );
  return {
    name: typeof name === 'string' && name !== '' ? name : fallbackName,
    spec: clean,
    unread: [
      ...unknown,
      ...modelParts(member(rest, 'model')),
      ...secrets.map(({ field, looksLike }) => ({ part: labelOf(field), reason: `it looks like ${looksLike}` })),
      ...placeholders(clean),
      ...(hosted && member(kept, 'container_configuration') === undefined
        ? [
            {
              part: 'container_configuration.image',
              reason: 'the file builds the image; name one, or declare a ContainerImage',
            },
          ]
        : []),
    ],
  };
}

/** Foundry takes texts only. */
function metadataOf(metadata: Json | undefined): JsonObject {
  if (!isObject(metadata)) return {};
  const entries = Object.entries(metadata).map(([key, value]): [string, Json] => [
    key,
    isArray(value) ? value.map(plainText).join(', ') : plainText(value),
  ]);
  return entries.length === 0 ? {} : { metadata: Object.fromEntries(entries) };
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A container agent of AgentSchema, or a hosted agent of azd, with Foundry's names. */
function hostedMembers(source: JsonObject): JsonObject {
  const { protocols, resources, container, env, environmentVariables, ...rest } = source;
  const sizes = isObject(resources) ? resources : member(container, 'resources');
  const variables = environmentVariables ?? env;
  const moved = isObject(sizes) ? sizes : {};
  return {
    ...rest,
    ...moved,
    ...(protocols === undefined ? {} : { protocol_versions: protocols }),
    ...(variables === undefined ? {} : { environment_variables: variablesOf(variables) }),
    ...(isObject(container) && Object.keys(without(container, 'resources')).length > 0
      ? { container: without(container, 'resources') }
      : {}),
  };
}

/** A mapping, or a list of names with values. */
function variablesOf(variables: Json): Json {
  if (!isArray(variables)) return variables;
  return Object.fromEntries(variables.map((one) => [textOf(one, 'name'), member(one, 'value') ?? '']));
}

function withTools(source: JsonObject): JsonObject {
  const tools = member(source, 'tools');
  if (isArray(tools)) return { ...source, tools: tools.map((tool) => (isObject(tool) ? toolOf(tool) : tool)) };
  if (!isObject(tools)) return source;
  const named = Object.entries(tools).map(([name, tool]): [string, Json] => [
    name,
    isObject(tool) ? toolOf(tool) : tool,
  ]);
  return { ...source, tools: Object.fromEntries(named) };
}

/** A connection by name, and what AgentSchema calls otherwise than Foundry. */
function toolOf(tool: JsonObject): JsonObject {
  const { connection, serverName, approvalMode, ...rest } = tool;
  const name = typeof connection === 'string' ? connection : textOf(connection, 'name');
  return {
    ...rest,
    ...(name === '' ? (connection === undefined ? {} : { connection }) : { project_connection_id: name }),
    ...(serverName === undefined ? {} : { server_label: serverName }),
    ...(approvalMode === undefined ? {} : { require_approval: approvalMode }),
  };
}

/** Parts of AgentSchema's model that say where it is; here the project's deployments answer. */
function modelParts(model: Json | undefined): { part: string; reason: string }[] {
  if (!isObject(model)) return [];
  return Object.keys(without(model, 'id', 'name', 'options')).map((key) => ({
    part: `model.${key}`,
    reason: 'the model is a deployment of the project',
  }));
}

/** Values that another tool would fill in. */
function placeholders(spec: JsonObject): { part: string; reason: string }[] {
  const found: { part: string; reason: string }[] = [];
  const look = (value: Json, path: readonly string[]): void => {
    if (isArray(value)) value.forEach((item, index) => look(item, [...path, String(index)]));
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) look(item, [...path, key]);
    else if (typeof value === 'string' && path.at(-1) !== 'instructions' && /(?<!\$)\$\{[^{]|\{\{|^=Env\./.test(value))
      found.push({ part: path.join('.'), reason: `"${value}" is filled in by another tool; write the value` });
  };
  look(spec, []);
  return found;
}
