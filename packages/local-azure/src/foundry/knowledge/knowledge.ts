import type { Engine } from '../../arm/contract.ts';
import { arrayAt, member, textAt, textsAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { assetsOf } from '../shared/assets.ts';
import { datasetTexts, parseLines } from '../datasets/rows.ts';
import { passagesOf } from '../vector-stores/search.ts';
import { isExpired, requireVectorStore } from '../vector-stores/store.ts';
import type { Passage } from '../models/prompt.ts';

/**
 * Texts that tools let a model look up: files of vector stores for file_search; for azure_ai_search the rows of the
 * dataset that has the name of the search index, because search indexes have no content here.
 */
export function knowledgeOf(engine: Engine, project: Resource, tools: readonly Json[]): Passage[] {
  return tools.flatMap((tool) => {
    if (textAt(tool, 'type') === 'file_search') return fromVectorStores(engine, project, tool);
    if (textAt(tool, 'type') === 'azure_ai_search') return fromDatasets(engine, project, tool);
    return [];
  });
}

function fromVectorStores(engine: Engine, project: Resource, tool: Json): Passage[] {
  return textsAt(tool, 'vector_store_ids').flatMap((id) => {
    const store = requireVectorStore(engine, project, id);
    return isExpired(engine, store) ? [] : passagesOf(engine, project, store);
  });
}

function fromDatasets(engine: Engine, project: Resource, tool: Json): Passage[] {
  return arrayAt(tool, 'azure_ai_search.indexes').flatMap((index) => {
    const name = textAt(index, 'index_name') ?? '';
    const dataset = assetsOf(engine, project, 'datasets').versions(name).at(-1);
    if (!dataset) return [];
    const rows = datasetTexts(engine, dataset).flatMap(({ name: blob, text }) => parseLines(text, blob));
    return rows.map((row, number) => ({ source: `${name}/${number}`, name, text: rowText(row) }));
  });
}

/** A row's text: its `content`, `text`, `answer` or `context`, or all of its texts. */
function rowText(row: JsonObject): string {
  const named = ['content', 'text', 'answer', 'context'].map((key) => member(row, key));
  const found = named.find((value) => typeof value === 'string');
  const all = Object.values(row).filter((value) => typeof value === 'string');
  return typeof found === 'string' ? found : all.join('\n');
}
