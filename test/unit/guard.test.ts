import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/model/diagnostic.ts';
import {
  isArray,
  isObject,
  valueAt,
  walk,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../src/model/json.ts';
import type { Reconciler } from '../../src/model/kind.ts';
import type { FieldChange } from '../../src/model/plan.ts';
import type { SpecSchema } from '../../src/model/schema.ts';
import { armKind, type ArmKind } from '../../src/reconcilers/shared/arm-kind.ts';
import { edit } from '../../src/reconcilers/shared/edit/edit.ts';
import { unplanned } from '../../src/reconcilers/shared/edit/guard.ts';
import { alike } from '../../src/reconcilers/shared/edit/lists.ts';
import { liveOf, recorder, siteOf } from '../support/writing.ts';

const scalar = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.boolean(), fc.constantFrom('one', 'two', 'three'));
const key = fc.constantFrom('a', 'b', 'c', 'rules', 'name');
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));
const body = fc.dictionary(key, anyValue, { minKeys: 1, maxKeys: 4 }) as fc.Arbitrary<JsonObject>;
const noRules = { lists: new Map(), removed: new Set<string>(), writeOnly: new Set<string>(), whole: true };

function pointersOf(value: Json): Pointer[] {
  const found: Pointer[] = [];
  walk(value, (_, path) => {
    if (path !== '') found.push(path);
  });
  return found;
}

/** With `*` for the items of lists. */
function patternOf(value: Json, path: Pointer): string {
  const segments = path.split('/').slice(1);
  return segments
    .map((name, index) =>
      isArray(valueAt(value, `/${segments.slice(0, index).join('/')}`.replace(/^\/$/, '') as Pointer))
        ? '/*'
        : `/${name}`,
    )
    .join('');
}

function isSilent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

describe('the guard', () => {
  it('finds whatever is changed or gone, and lets pass what is planned', () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.option(scalar, { nil: undefined }), (live, choice, other) => {
        const paths = pointersOf(live);
        const path = paths[choice % paths.length] ?? '';
        const isItem = isArray(valueAt(live, path.slice(0, path.lastIndexOf('/')) as Pointer));
        const wanted = withValueAt(live, path, isItem ? (other ?? 'else') : other) as JsonObject;
        const found = unplanned(live, wanted, { allowed: [], lists: new Map() });
        const before = valueAt(live, path);
        const after = valueAt(wanted, path);
        if (alike(live, wanted) || (isSilent(before) && isSilent(after))) return;
        expect(found, `${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`).not.toEqual([]);
        const allowed = [patternOf(live, path)];
        expect(unplanned(live, wanted, { allowed, lists: new Map() })).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('has nothing to say about an edit, and an edit that plans nothing changes nothing', () => {
    fc.assert(
      fc.property(body, body, (live, declared) => {
        expect(edit({ live, before: declared, after: declared }, noRules)).toEqual(live);
        expect(unplanned(live, live, { allowed: [], lists: new Map() })).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('an edit makes what is declared, and keeps every member that is not', () => {
    fc.assert(
      fc.property(body, fc.nat(), scalar, (declared, choice, other) => {
        const paths = pointersOf(declared).filter(
          (path) => !isObject(valueAt(declared, path)) && !isArray(valueAt(declared, path)),
        );
        const path = paths[choice % Math.max(paths.length, 1)];
        if (path === undefined) return;
        const live = marked(declared);
        const after = withValueAt(declared, path, other);
        const edited = edit({ live, before: declared, after }, noRules) as Json;
        expect(valueAt(edited, path)).toEqual(other);
        const count = (value: Json): number => JSON.stringify(value).split('"undeclared"').length;
        expect(count(edited)).toBe(count(live));
      }),
      { numRuns: 1000 },
    );
  });
});

/** With a member that nothing declares in every object. */
function marked(value: Json): Json {
  if (isArray(value)) return value.map(marked);
  if (!isObject(value)) return value;
  return { ...Object.fromEntries(Object.entries(value).map(([name, item]) => [name, marked(item)])), undeclared: true };
}

const schema: SpecSchema = {
  type: 'object',
  properties: { size: { type: 'integer' }, rules: { type: 'array', 'x-key': 'name', items: { type: 'object' } } },
};

/** A kind whose author made a mistake. */
function faulty(mistake: Partial<ArmKind>): Reconciler {
  return armKind({
    kind: 'Faulty',
    schema,
    type: 'Contoso.Test/faulty',
    apiVersion: '2026-01-01',
    nameRule: { scope: 'group', pattern: /^.+$/, maxLength: 60, style: 'as-is' },
    ...mistake,
  });
}

const SIZE: FieldChange = { field: '/size', label: 'size', before: 1, after: 2, class: 'pending' };

async function problemOf(mistake: Partial<ArmKind>): Promise<{ problem: unknown; sent: number }> {
  const kind = faulty(mistake);
  const spec = { size: 2 };
  const body = {
    id: '/x',
    properties: { size: 1, policies: [{ id: 'p1' }], nested: { keep: true } },
    tags: { 'ingate-environment': 'dev', 'ingate-id': 'Faulty/one' },
  };
  const { context, sent } = recorder(body);
  const error: unknown = await kind
    .write(context, siteOf(kind, spec), liveOf(kind, body, spec), [SIZE])
    .catch((one: unknown) => one);
  return { problem: error instanceof ProblemError ? error.problem : error, sent: sent.length };
}

describe('a kind with a mistake', () => {
  it('is not stopped without one', async () => {
    expect((await problemOf({})).sent).toBe(1);
  });

  it.each<[string, Partial<ArmKind>, string]>([
    [
      'empties a list when a field changes',
      {
        toArm: (made, { spec }) => ({
          ...made,
          properties: {
            ...(made['properties'] as JsonObject),
            policies: (spec as JsonObject)['size'] === 2 ? [] : [{ id: 'p1' }],
          },
        }),
      },
      '/properties/policies',
    ],
    [
      'completes the request with something else',
      { complete: (made) => Promise.resolve(withValueAt(made, '/properties/nested', { keep: false }) as JsonObject) },
      '/properties/nested/keep',
    ],
    [
      'builds the request by hand',
      {
        complete: () =>
          Promise.resolve({
            properties: { size: 2 },
            tags: { 'ingate-environment': 'dev', 'ingate-id': 'Faulty/one' },
          }),
      },
      '/properties/policies',
    ],
    [
      'sends what live does not have',
      { complete: (made) => Promise.resolve(withValueAt(made, '/properties/isHnsEnabled', false) as JsonObject) },
      '/properties/isHnsEnabled',
    ],
    [
      'patches by hand',
      {
        update: 'patch',
        complete: (made) => Promise.resolve(withValueAt(made, '/properties/nested', undefined) as JsonObject),
      },
      '/properties/nested',
    ],
  ])('is stopped before anything is sent when it %s', async (_, mistake, pointer) => {
    const { problem, sent } = await problemOf(mistake);
    expect(problem).toMatchObject({ code: 'ING5008', resource: 'Faulty/one' });
    expect(JSON.stringify(problem)).toContain(pointer);
    expect(sent).toBe(0);
  });
});
