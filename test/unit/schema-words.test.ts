import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rows } from '../../src/cli/explain/rows.ts';
import { allKinds } from '../../src/cli/explain/subject.ts';
import { withArticle } from '../../src/model/english.ts';
import { sentences } from '../../src/planner/load/sentences.ts';
import { normalise } from '../../src/planner/normalise.ts';

type Schema = Record<string, unknown>;
const files = [...globSync('src/reconcilers/*/schema.json'), ...globSync('src/model/**/*.schema.json')];
/** Keywords that describe, combine or are described elsewhere. */
const WITHOUT_SENTENCE = new Set([
  '$schema',
  '$id',
  '$ref',
  '$defs',
  'title',
  'description',
  'default',
  'examples',
  'properties',
  'items',
  'required',
  'additionalProperties',
  'if',
  'then',
  'else',
  'allOf',
]);

function schemasIn(schema: Schema): Schema[] {
  const named = ['properties', '$defs'].flatMap((key) => Object.values((schema[key] ?? {}) as Record<string, Schema>));
  const single = ['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else'].flatMap((key) =>
    typeof schema[key] === 'object' ? [schema[key] as Schema] : [],
  );
  const listed = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as Schema[]);
  return [schema, ...[...named, ...single, ...listed].flatMap(schemasIn)];
}

const all = files.flatMap((file) => schemasIn(JSON.parse(readFileSync(file, 'utf8')) as Schema));

describe('words for schemas', () => {
  it('has a sentence for every keyword that a schema uses', () => {
    const used = new Set(all.flatMap((schema) => Object.keys(schema)).filter((key) => !key.startsWith('x-')));
    const untold = [...used].filter((key) => !WITHOUT_SENTENCE.has(key) && !Object.hasOwn(sentences, key));
    expect(untold).toEqual([]);
  });

  it('describes every pattern and gives valid examples', () => {
    const patterns = all.filter((schema) => typeof schema['pattern'] === 'string');
    expect(patterns.length).toBeGreaterThan(80);
    for (const schema of patterns) {
      expect(schema['x-form'], String(schema['pattern'])).toBeTypeOf('string');
      const examples = schema['examples'] as string[];
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example).toMatch(new RegExp(String(schema['pattern']), 'u'));
    }
  });

  it('puts every kind into a row of the architecture, once', () => {
    const placed = Object.values(rows).flat();
    expect(placed.toSorted()).toEqual(allKinds.map(({ kind }) => kind).toSorted());
  });

  it.each([
    ['Agent', 'an Agent'],
    ['ActionGroup', 'an ActionGroup'],
    ['ContainerApp', 'a ContainerApp'],
    ['SQL database', 'an SQL database'],
    ['URL', 'a URL'],
    ['Index', 'an Index'],
    ['EvaluationGate', 'an EvaluationGate'],
    ['user', 'a user'],
    ['unit', 'a unit'],
    ['unknown kind', 'an unknown kind'],
  ])('says %s with its article', (noun, said) => {
    expect(withArticle(noun)).toBe(said);
  });
});

describe('a value of a type that nobody described', () => {
  it('may look like a time that no calendar has', () => {
    const compare = (value: string): unknown => normalise(value, { 'x-compare': 'free' });
    expect(compare('2026-99-99T99:99:99Z')).toBe('2026-99-99T99:99:99Z');
    expect(compare('2026-05-30T09:11:57+00:00')).toBe(compare('2026-05-30T09:11:57.000Z'));
  });
});
