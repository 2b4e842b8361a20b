import { isArray, isObject, mapValues, member, textOf, without, type Json, type JsonObject } from '../../model/json.ts';

/**
 * The one form in which definitions are compared, shown and sent: Foundry's own, snake_case, without what the service
 * fills in by itself. Takes what the portal, the SDKs and AgentSchema write.
 */
export function canonicalDefinition(definition: JsonObject): JsonObject {
  const named = snakeCase(definition);
  const { model, options } = modelAndOptions(member(named, 'model'));
  const merged: JsonObject = { ...options, ...without(named, 'model'), ...(model === undefined ? {} : { model }) };
  const kind = member(merged, 'kind');
  const tools = member(merged, 'tools');
  const instructions = member(merged, 'instructions');
  const workflow = member(merged, 'workflow');
  return withoutDefaults({
    ...merged,
    kind: typeof kind === 'string' ? kind.toLowerCase() : 'prompt',
    ...(typeof instructions === 'string' ? { instructions: plainText(instructions) } : {}),
    ...(typeof workflow === 'string' ? { workflow: plainText(workflow) } : {}),
    ...hostedForm(merged),
    ...(tools === undefined ? {} : { tools: canonicalTools(tools) }),
  });
}

/**
 * Older services and clients have the image and the protocols of a hosted agent under other names; sizes are texts. The
 * service answers older names empty beside the newer ones: an older name counts only where it says something and the
 * newer one does not.
 */
function hostedForm(definition: JsonObject): JsonObject {
  if (textOf(definition, 'kind').toLowerCase() !== 'hosted') return {};
  const { image, container_protocol_versions: protocols, protocol_versions: newer, cpu } = definition;
  const container = member(definition, 'container_configuration');
  const older = isSet(protocols) && !isSet(newer);
  return {
    ...(isSet(image) ? { container_configuration: { image, ...(isObject(container) ? container : {}) } } : {}),
    ...(older ? { protocol_versions: protocols } : {}),
    ...(typeof cpu === 'number' ? { cpu: String(cpu) } : {}),
    image: null,
    container_protocol_versions: null,
  };
}

function isSet(value: Json | undefined): value is Json {
  return value !== undefined && !isUnset(value);
}

/** Unix line endings and no white space at the end: what editors and the portal change on their own. */
export function plainText(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

/** Members whose value is the user's own and keeps its spelling. */
const VERBATIM = new Set([
  'parameters',
  'schema',
  'spec',
  'metadata',
  'environment_variables',
  'structured_inputs',
  'headers',
  'workflow',
]);

function snakeCase(value: JsonObject): JsonObject {
  const members = Object.entries(value).map(([key, item]): [string, Json] => {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [name, VERBATIM.has(name) ? item : snakeValue(item)];
  });
  return Object.fromEntries(members);
}

function snakeValue(value: Json): Json {
  if (isArray(value)) return value.map(snakeValue);
  return isObject(value) ? snakeCase(value) : value;
}

/** AgentSchema writes a model with its options as one mapping; Foundry has the options beside it. */
function modelAndOptions(model: Json | undefined): { model: Json | undefined; options: JsonObject } {
  if (!isObject(model)) return { model, options: {} };
  const options = member(model, 'options');
  const name = member(model, 'id') ?? member(model, 'name');
  return { model: name, options: isObject(options) ? options : {} };
}

/** A list, or AgentSchema's mapping by name. `kind` of a tool is Foundry's `type`. */
function canonicalTools(tools: Json): Json {
  if (isObject(tools))
    return canonicalTools(Object.entries(tools).map(([name, tool]) => (isObject(tool) ? { name, ...tool } : tool)));
  return isArray(tools) ? tools.map((tool) => (isObject(tool) ? canonicalTool(tool) : tool)) : tools;
}

function canonicalTool(tool: JsonObject): JsonObject {
  const type = member(tool, 'type') ?? member(tool, 'kind') ?? 'function';
  const openapi = member(tool, 'openapi');
  const connection = member(tool, 'project_connection_id');
  return {
    type,
    ...without(tool, 'type', 'kind'),
    ...(isObject(openapi) ? { openapi: without(openapi, 'functions') } : {}),
    ...(typeof connection === 'string'
      ? { project_connection_id: connection.slice(connection.lastIndexOf('/') + 1) }
      : {}),
  };
}

/** What the service answers for a member that was never sent. */
const DEFAULTS: JsonObject = { temperature: 1, top_p: 1, tool_choice: 'auto' };

function withoutDefaults(definition: JsonObject): JsonObject {
  const kept = Object.entries(definition).filter(
    ([key, value]) => !isUnset(value) && DEFAULTS[key] !== value && !isPlainTextFormat(key, value),
  );
  return mapValues(Object.fromEntries(kept), (value) => (isObject(value) ? withoutNulls(value) : value)) as JsonObject;
}

function isPlainTextFormat(key: string, value: Json): boolean {
  const format = member(value, 'format');
  return key === 'text' && isObject(value) && Object.keys(value).length === 1 && member(format, 'type') === 'text';
}

function isUnset(value: Json): boolean {
  return (
    value === null ||
    value === '' ||
    (isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
