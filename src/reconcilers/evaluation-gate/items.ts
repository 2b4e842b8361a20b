import { member, type JsonObject } from '../../model/json.ts';
import { jsonLines, type LineFlaw } from '../../model/json-lines.ts';
import type { Item } from '../../gates/verdict/types.ts';
import type { EvaluationGateSpec } from './spec.ts';

/** A row of the dataset with what the statistics need of it. */
export interface Row {
  readonly item: Item;
  readonly tags: readonly string[];
  readonly content: JsonObject;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Flaws of the dataset, in the order of its lines. */
  readonly problems: readonly LineFlaw[];
}

type RowSpec = Pick<EvaluationGateSpec, 'dataset' | 'idField' | 'clusterField' | 'slices' | 'metrics'>;

/** Reads the JSON Lines of a gate. */
export function rowsOf(spec: RowSpec): Rows {
  const problems: LineFlaw[] = [];
  const rows: Row[] = [];
  const seen = new Set<string>();
  const slices = [...new Set([...(spec.slices ?? []), ...spec.metrics.flatMap(slicedBy)])];
  const idField = spec.idField ?? 'id';
  for (const { number: line, value: content } of jsonLines(spec.dataset ?? '')) {
    const id = content && textOf(content, idField);
    if (!content) problems.push({ line, message: `line ${line} is not a JSON object` });
    else if (id === undefined) problems.push({ line, message: `line ${line} has no ${idField}` });
    else if (seen.has(id)) problems.push({ line, message: `line ${line} repeats the ${idField} ${id}` });
    else rows.push(rowOf(content, id, spec.clusterField, slices));
    if (id !== undefined) seen.add(id);
  }
  return {
    rows,
    problems: rows.length === 0 && problems.length === 0 ? [{ message: 'the dataset has no items' }] : problems,
  };
}

function textOf(row: JsonObject, name: string): string | undefined {
  const value = member(row, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function slicedBy({ slices }: EvaluationGateSpec['metrics'][number]): readonly string[] {
  return slices?.map(({ field }) => field) ?? [];
}

function rowOf(content: JsonObject, id: string, clusterField: string | undefined, slices: readonly string[]): Row {
  const cluster = clusterField === undefined ? undefined : textOf(content, clusterField);
  const named = slices.map((slice) => [slice, textOf(content, slice) ?? ''] as const);
  const tags = member(content, 'tags');
  return {
    item: {
      id,
      ...(cluster === undefined ? {} : { cluster }),
      ...(named.length === 0 ? {} : { slices: Object.fromEntries(named) }),
    },
    tags: Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [],
    content,
  };
}
