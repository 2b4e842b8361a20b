import { member, type Json, type JsonObject } from '../../model/json.ts';
import { jsonLines, type LineFlaw } from '../../model/json-lines.ts';

/** An item of a dataset. */
export interface EvalRow {
  readonly id: string;
  readonly content: JsonObject;
}

export interface EvalRows {
  readonly rows: readonly EvalRow[];
  /** Flaws of the dataset, in the order of its lines. */
  readonly problems: readonly LineFlaw[];
}

const NO_ITEMS: LineFlaw = { message: 'the dataset has no items' };

/** Reads JSON Lines. `idField`: the member that tells items apart. */
export function evalRows(dataset: string, idField: string): EvalRows {
  const problems: LineFlaw[] = [];
  const rows: EvalRow[] = [];
  const seen = new Set<string>();
  for (const { number: line, value: content } of jsonLines(dataset)) {
    const id = content && idOf(member(content, idField));
    if (!content) problems.push({ line, message: `line ${line} is not a JSON object` });
    else if (id === undefined) problems.push({ line, message: `line ${line} has no ${idField}` });
    else if (seen.has(id)) problems.push({ line, message: `line ${line} repeats the ${idField} ${id}` });
    else rows.push({ id, content });
    if (id !== undefined) seen.add(id);
  }
  return { rows, problems: rows.length === 0 && problems.length === 0 ? [NO_ITEMS] : problems };
}

function idOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The `item_schema` of these rows: each column with the type of its first value. */
export function itemSchema(rows: readonly EvalRow[], idField: string): JsonObject {
  const types = new Map<string, string>();
  for (const { content } of rows)
    for (const [name, value] of Object.entries(content)) types.set(name, types.get(name) ?? typeName(value));
  const properties = Object.fromEntries([...types].map(([name, type]) => [name, { type }]));
  return { type: 'object', properties, required: [idField] };
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'string';
  return typeof value === 'object' ? 'object' : typeof value;
}

/** The `data_source` of a run that sends `input` of each row to a target. */
export function targetDataSource(target: JsonObject, rows: readonly EvalRow[], input: string): JsonObject {
  return {
    type: 'azure_ai_target_completions',
    source: { type: 'file_content', content: rows.map(({ content }) => ({ item: content })) },
    input_messages: {
      type: 'template',
      template: [{ type: 'message', role: 'user', content: { type: 'input_text', text: input } }],
    },
    target,
  };
}
