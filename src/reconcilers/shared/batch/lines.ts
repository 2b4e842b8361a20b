import { canonicalJson, isObject, member, type JsonObject } from '../../../model/json.ts';
import { jsonLines, type JsonLine, type LineFlaw } from '../../../model/json-lines.ts';

const MOST_FLAWS = 10;
const RESPONSES = '/v1/responses';

export interface BatchInput {
  /** JSON Lines as the service takes them. */
  readonly text: string;
  readonly count: number;
  /** Flaws of the rows, by line; at most ten lines. */
  readonly problems: readonly LineFlaw[];
}

/**
 * Brings rows to the form of OpenAI's batches: `{"id"?, "input"}` becomes a request of the responses API, a line with
 * `custom_id` and `body` stays what it is; all of them name the deployment. What is wrong is told without its content.
 */
export function batchInput(text: string, deployment: string): BatchInput {
  const read = jsonLines(text).map((row) => ({ line: row.number, row, request: requestOf(row, deployment) }));
  const flaws = read.flatMap(({ line, row, request }): LineFlaw[] => {
    if (request) return [];
    const lacks = row.value ? 'has neither `input` nor `custom_id` and `body`' : 'is not a JSON object';
    return [{ line, message: `line ${line} ${lacks}` }];
  });
  const requests = read.flatMap(({ request }) => request ?? []);
  const first = new Map(read.toReversed().map(({ request, line }) => [member(request, 'custom_id'), line]));
  const repeated = read.find(({ request, line }) => request && first.get(member(request, 'custom_id')) !== line);
  const urls = new Set(requests.map((request) => member(request, 'url')));
  return {
    text: requests.map((request) => `${canonicalJson(request)}\n`).join(''),
    count: requests.length,
    problems: [
      ...flaws.slice(0, MOST_FLAWS),
      ...(repeated ? [{ line: repeated.line, message: `line ${repeated.line} repeats an id` }] : []),
      ...(urls.size > 1 ? [{ message: 'lines are for different APIs' }] : []),
      ...(read.length === 0 ? [{ message: 'there are no lines' }] : []),
    ],
  };
}

function requestOf({ value: row, number }: JsonLine, model: string): JsonObject | undefined {
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

/** Which API the lines are for. */
export function urlOf(text: string): string {
  const url = member(jsonLines(text)[0]?.value, 'url');
  return typeof url === 'string' ? url : RESPONSES;
}
