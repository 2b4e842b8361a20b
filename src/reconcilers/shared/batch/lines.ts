import { canonicalJson, isObject, member, type Json, type JsonObject } from '../../../model/json.ts';

const RESPONSES = '/v1/responses';

export interface BatchInput {
  /** JSON Lines as the service takes them. */
  readonly text: string;
  readonly count: number;
  readonly problems: readonly string[];
}

/**
 * Brings rows to the form of OpenAI's batches: `{"id"?, "input"}` becomes a request of the responses API, a line with
 * `custom_id` and `body` stays what it is; all of them name the deployment. What is wrong is told without its content.
 */
export function batchInput(text: string, deployment: string): BatchInput {
  const rows = text.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const read = rows.map(({ line, number }) => ({ number, request: requestOf(line, number, deployment) }));
  const problems = read.flatMap(({ number, request }) =>
    request ? [] : [`line ${number} has neither \`input\` nor \`custom_id\` and \`body\``],
  );
  const requests = read.flatMap(({ request }) => request ?? []);
  const ids = requests.map((request) => member(request, 'custom_id'));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  const urls = new Set(requests.map((request) => member(request, 'url')));
  return {
    text: requests.map((request) => `${canonicalJson(request)}\n`).join(''),
    count: requests.length,
    problems: [
      ...problems.slice(0, 10),
      ...(twice === undefined ? [] : ['an id is used by two lines']),
      ...(urls.size > 1 ? ['lines are for different APIs'] : []),
      ...(rows.length === 0 ? ['there are no lines'] : []),
    ],
  };
}

function requestOf(line: string, number: number, model: string): JsonObject | undefined {
  const row = parsed(line);
  if (!row) return undefined;
  const body = member(row, 'body');
  const id = member(row, 'custom_id') ?? member(row, 'id') ?? `row-${number}`;
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  if (member(row, 'custom_id') !== undefined && isObject(body))
    return { custom_id: String(id), method: 'POST', url: member(row, 'url') ?? RESPONSES, body: { ...body, model } };
  const input = member(row, 'input');
  if (input === undefined) return undefined;
  return { custom_id: String(id), method: 'POST', url: RESPONSES, body: { model, input } };
}

function parsed(line: string): JsonObject | undefined {
  try {
    const value = JSON.parse(line) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Which API the lines are for. */
export function urlOf(text: string): string {
  const url = member(parsed(text.split('\n')[0] ?? ''), 'url');
  return typeof url === 'string' ? url : RESPONSES;
}
