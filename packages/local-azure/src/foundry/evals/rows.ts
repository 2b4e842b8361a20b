import { arrayAt, defined, isObject, member, objectAt, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import { assetsOf } from '../shared/assets.ts';
import { readRows } from '../datasets/rows.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { outputText } from '../response-data/render.ts';
import { requireResponse, responseCollection, type StoredResponse } from '../response-data/store.ts';
import { toMessages } from '../response-data/items.ts';
import type { FoundryCall } from '../shared/route.ts';
import { attackRows } from './red-team-rows.ts';
import { fillText } from './graders/template.ts';

/** A row before it is graded. With a sample nothing is asked; without one the data source's target answers. */
export interface Row {
  readonly item: JsonObject;
  readonly sample: JsonObject | undefined;
}

/** The rows of a run's data source. 404 and 400 for sources that cannot be read, 501 for those that are not imitated. */
export function rowsOf(call: FoundryCall, dataSource: JsonObject): Row[] {
  const type = textAt(dataSource, 'type') ?? '';
  switch (type) {
    case 'jsonl':
    case 'completions':
    case 'azure_ai_target_completions':
      return sourceRows(call, objectAt(dataSource, 'source'));
    case 'responses':
      return responseRows(call, objectAt(dataSource, 'source'));
    case 'azure_ai_responses':
      return retrievedRows(call, objectAt(dataSource, 'item_generation_params'));
    case 'azure_ai_red_team':
      return attackRows(objectAt(dataSource, 'item_generation_params'), (source) => taxonomyRows(call, source)).map(
        (item) => ({ item, sample: undefined }),
      );
    default:
      throw new FoundryError(501, 'not_imitated', `The embedded Azure does not imitate data sources of type '${type}'`);
  }
}

/** Rows of a file or of the request; a file may hold `{item, sample}` or the items themselves. */
function sourceRows({ engine, project }: FoundryCall, source: JsonObject): Row[] {
  const content =
    textAt(source, 'type') === 'file_id'
      ? readRows(engine, project, textAt(source, 'id') ?? '')
      : (arrayAt(source, 'content') as readonly JsonObject[]);
  return content.map((row) => {
    const item = member(row, 'item');
    const sample = member(row, 'sample');
    return isObject(item)
      ? { item, sample: isObject(sample) ? completed(sample) : undefined }
      : { item: row, sample: undefined };
  });
}

/** A sample as given by a client, with the fields that templates name. */
function completed(sample: JsonObject): JsonObject {
  const text = textAt(sample, 'output_text');
  if (text === undefined || member(sample, 'output_items') !== undefined) return sample;
  return {
    ...sample,
    output_items: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
  };
}

/** Stored responses that fit a filter. */
function responseRows(call: FoundryCall, source: JsonObject): Row[] {
  if (textAt(source, 'type') !== 'responses') return sourceRows(call, source);
  const from = member(source, 'created_after') ?? 0;
  const to = member(source, 'created_before') ?? Number.MAX_SAFE_INTEGER;
  const model = textAt(source, 'model');
  return responseCollection(call.project)
    .list(call.engine.documents)
    .filter(({ body }) => model === undefined || textAt(body, 'model') === model)
    .filter(({ body }) => Number(body['created_at']) >= Number(from) && Number(body['created_at']) <= Number(to))
    .map((response) => fromResponse(response, {}));
}

/** The responses whose ids the rows of a source hold. */
function retrievedRows(call: FoundryCall, parameters: JsonObject): Row[] {
  const template = textAt(parameters, 'data_mapping.response_id') ?? '{{item.response_id}}';
  return sourceRows(call, objectAt(parameters, 'source')).map(({ item }) => {
    const id = fillText(template, { item, sample: {} });
    return fromResponse(requireResponse(call.engine, call.project, id, 'data_source'), item);
  });
}

function fromResponse({ body, input }: StoredResponse, item: JsonObject): Row {
  const query = toMessages(input).findLast(({ role }) => role === 'user')?.text ?? '';
  const sample = defined({
    input: toMessages(input).map(({ role, text }) => ({ role, content: text })),
    output: [{ role: 'assistant', content: outputText(body) }],
    output_text: outputText(body),
    output_items: arrayAt(body, 'output'),
    tool_definitions: arrayAt(body, 'tools'),
    finish_reason: 'stop',
    model: textAt(body, 'model') ?? '',
    usage: usageOf(body),
    error: null,
  });
  return { item: { query, response: outputText(body), ...item }, sample };
}

function usageOf(body: JsonObject): JsonObject {
  const usage = objectAt(body, 'usage');
  const [prompt = 0, completion = 0] = [usage['input_tokens'], usage['output_tokens']].map(Number);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion, cached_tokens: 0 };
}

/** Rows of an attack source: a taxonomy of the project, or seed prompts in a file. */
function taxonomyRows(call: FoundryCall, source: JsonObject): readonly Json[] {
  const id = textAt(source, 'id');
  if (id === undefined) return arrayAt(source, 'content').map((row) => member(row, 'item') ?? row);
  const name = /\/(?<name>[^/]+)\/versions\/[^/]+$/u.exec(id)?.groups?.['name'] ?? id;
  const taxonomy = assetsOf(call.engine, call.project, 'taxonomies').versions(name).at(-1);
  return taxonomy ? arrayAt(taxonomy.body, 'taxonomyCategories') : readRows(call.engine, call.project, id);
}
