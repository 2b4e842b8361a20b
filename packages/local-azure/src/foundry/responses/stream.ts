import { arrayAt, isObject, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { Reply } from '../../http/reply.ts';

/** A finished response as the events of its making (Responses API, server-sent events). */
export function streamReply(response: JsonObject): Reply {
  const started = { ...response, status: 'in_progress', output: [], usage: null };
  const events = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    ...arrayAt(response, 'output').flatMap((item, index) => itemEvents(item, index)),
    { type: response['status'] === 'failed' ? 'response.failed' : 'response.completed', response },
  ];
  const text = events.map((event, index) => serialise({ ...event, sequence_number: index })).join('');
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, bytes: Buffer.from(text) };
}

function serialise(event: JsonObject): string {
  return `event: ${textAt(event, 'type') ?? ''}\ndata: ${JSON.stringify(event)}\n\n`;
}

function itemEvents(item: Json, output_index: number): JsonObject[] {
  if (!isObject(item)) return [];
  const parts = arrayAt(item, 'content');
  const hollow = { ...item, status: 'in_progress', ...(item['type'] === 'message' ? { content: [] } : {}) };
  return [
    { type: 'response.output_item.added', output_index, item: hollow },
    ...parts.flatMap((part, content_index) =>
      partEvents(part, { item_id: textAt(item, 'id') ?? '', output_index, content_index }),
    ),
    { type: 'response.output_item.done', output_index, item },
  ];
}

function partEvents(part: Json, place: JsonObject): JsonObject[] {
  const text = textAt(part, 'text') ?? '';
  const empty = isObject(part) ? { ...part, text: '', annotations: [] } : part;
  return [
    { type: 'response.content_part.added', ...place, part: empty },
    ...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...place, text, logprobs: [] },
    { type: 'response.content_part.done', ...place, part },
  ];
}

/** Words with the space behind them, a few at a time. */
function pieces(text: string): string[] {
  return text.match(/(?:\S+\s*){1,4}|\s+/gu) ?? [];
}
