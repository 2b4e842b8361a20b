import type { Engine } from '../../arm/contract.ts';
import type { Resource } from '../../engine/resources.ts';
import { fileBytes } from '../shared/content.ts';
import { fileCollection } from '../files/store.ts';
import type { Passage } from '../models/prompt.ts';
import { coverage, keywordsOf } from '../models/words.ts';
import type { VectorStore } from './store.ts';

/** Paragraphs of a store's files. */
export function passagesOf(engine: Engine, project: Resource, store: VectorStore): Passage[] {
  return store.files.flatMap(({ id }) => {
    const name = fileCollection(project).get(engine.documents, id)?.filename ?? id;
    const text = fileBytes(engine, project, id)?.toString('utf8') ?? '';
    const paragraphs = text.split(/\n\s*\n/u).map((paragraph) => paragraph.trim());
    return paragraphs
      .filter((paragraph) => paragraph !== '')
      .map((paragraph) => ({ source: id, name, text: paragraph }));
  });
}

/** Paragraphs by the share of the query's keywords that they hold, best first; those without any are left out. */
export function searchPassages(
  engine: Engine,
  project: Resource,
  store: VectorStore,
  query: string,
): { readonly passage: Passage; readonly score: number }[] {
  const wanted = keywordsOf(query);
  return passagesOf(engine, project, store)
    .map((passage) => ({ passage, score: coverage(wanted, keywordsOf(passage.text)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}
