import type { ToolCall, Trace } from '../../gates/graders/trace.ts';
import { isArray, isObject, member, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';

/** How an answer came about, from an output item: usage, tool calls in any of the forms that Foundry uses, latency. */
export function traceOf(item: JsonObject): Trace {
  const sample = member(item, 'sample');
  const number = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
  const latencyMs = number(member(sample, 'latency_ms'));
  const inputTokens = number(valueAt(sample, '/usage/prompt_tokens'));
  const outputTokens = number(valueAt(sample, '/usage/completion_tokens'));
  return {
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    toolCalls: callsOf(sample),
  };
}

const CALLS = new Set(['function_call', 'tool_call', 'mcp_call']);

function callsOf(sample: Json | undefined): ToolCall[] {
  const direct = listAt(sample, 'tool_calls');
  const items = listAt(sample, 'output_items').filter((one) => CALLS.has(textOf(one, 'type')));
  const messages = listAt(sample, 'output');
  const inMessages = messages.flatMap((message) => [
    ...listAt(message, 'tool_calls'),
    ...listAt(message, 'content').filter((part) => CALLS.has(textOf(part, 'type'))),
  ]);
  const found = [direct, items, inMessages].find((list) => list.length > 0) ?? [];
  return found.map(callOf);
}

function listAt(value: Json | undefined, name: string): JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}

function callOf(call: JsonObject): ToolCall {
  const inner = member(call, 'function');
  const own = isObject(inner) ? inner : call;
  return { name: textOf(own, 'name'), arguments: parsed(member(own, 'arguments')) };
}

function parsed(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  try {
    const found = JSON.parse(value) as Json;
    return isObject(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
