import { isObject, member, type Json, type JsonObject } from '../../model/json.ts';

/** An item of a dataset. */
export interface EvalRow {
  readonly id: string;
  readonly content: JsonObject;
}

export interface EvalRows {
  readonly rows: readonly EvalRow[];
  /** What is wrong with the dataset, for people. */
  readonly problems: readonly string[];
}

/** Reads JSON Lines. `idField`: the member that tells items apart. */
export function evalRows(dataset: string, idField: string): EvalRows {
  const problems: string[] = [];
  const rows: EvalRow[] = [];
  const seen = new Set<string>();
  for (const [index, line] of dataset.split('\n').entries()) {
    if (line.trim() === '') continue;
    const content = parsed(line);
    const id = content && idOf(member(content, idField));
    if (!content) problems.push(`line ${index + 1} is no JSON object`);
    else if (id === undefined) problems.push(`line ${index + 1} has no ${idField}`);
    else if (seen.has(id)) problems.push(`line ${index + 1} has the ${idField} ${id} once more`);
    else rows.push({ id, content });
    if (id !== undefined) seen.add(id);
  }
  return { rows, problems: rows.length === 0 && problems.length === 0 ? ['the dataset has no items'] : problems };
}

function parsed(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
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
