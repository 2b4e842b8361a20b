import { isObject, member, textAt, type Json, type JsonObject } from '../../engine/json.ts';

/** A request of a batch. */
export interface BatchLine {
  readonly id: string;
  readonly body: JsonObject;
}

/** Content of a batch's input file, or its problems, as the `errors` of a batch report them. */
export type BatchInput = { readonly lines: readonly BatchLine[] } | { readonly problems: readonly JsonObject[] };

/** Every line has a unique `custom_id`, `POST`, the batch's endpoint, and the same model as all others. */
export function parseBatch(text: string, endpoint: string): BatchInput {
  const numbered = text
    .split(/\r?\n/u)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
  if (numbered.length === 0) return { problems: [problem('empty_file', 'The input file is empty.')] };
  const read = numbered.map(({ line, number }) => parseLine(line, number, endpoint));
  const problems = read.flatMap((each) => ('problem' in each ? [each.problem] : []));
  const lines = read.flatMap((each) => ('problem' in each ? [] : [each]));
  const all = [...problems, ...duplicates(lines), ...mixedModels(lines)];
  return all.length > 0 ? { problems: all } : { lines };
}

function parseLine(line: string, number: number, endpoint: string): BatchLine | { readonly problem: JsonObject } {
  const wrong = (code: string, message: string, param: string | null = null): { readonly problem: JsonObject } => ({
    problem: problem(code, message, number, param),
  });
  const absent = (param: string): { readonly problem: JsonObject } =>
    wrong('missing_required_parameter', `Missing required parameter: '${param}'.`, param);
  const request = parsed(line);
  if (!isObject(request)) return wrong('invalid_json_line', 'This line is not parseable as valid JSON.');
  const id = textAt(request, 'custom_id');
  const body = member(request, 'body');
  if (id === undefined) return absent('custom_id');
  if (textAt(request, 'method') !== 'POST') return wrong('invalid_method', "'method' must be 'POST'.", 'method');
  if (textAt(request, 'url') !== endpoint)
    return wrong('mismatched_url', `The URL of this request is not the batch's endpoint '${endpoint}'.`, 'url');
  return isObject(body) ? { id, body } : absent('body');
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

function duplicates(lines: readonly BatchLine[]): JsonObject[] {
  const twice = lines.find(({ id }, index) => lines.findIndex((other) => other.id === id) !== index);
  return twice ? [problem('duplicate_custom_id', `The custom_id '${twice.id}' is used more than once.`)] : [];
}

function mixedModels(lines: readonly BatchLine[]): JsonObject[] {
  const models = new Set(lines.map(({ body }) => textAt(body, 'model')));
  return models.size > 1 ? [problem('mismatched_model', 'All requests of a batch must name the same model.')] : [];
}

function problem(code: string, message: string, line: number | null = null, param: string | null = null): JsonObject {
  return { code, message, param, line };
}
