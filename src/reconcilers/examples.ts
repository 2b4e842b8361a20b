import examples from './examples.json' with { type: 'json' };
import type { JsonObject } from '../model/json.ts';

/** A manifest of a kind, as it stands in the kind's folder, and its value. */
export interface Example {
  readonly text: string;
  readonly value: JsonObject;
}

const all: Readonly<Record<string, Example>> = examples;

/** The full example of a kind, its smallest where there is no full one; undefined for documents that are not resources. */
export function exampleOf(kind: string): Example | undefined {
  return Object.hasOwn(all, kind) ? all[kind] : undefined;
}
