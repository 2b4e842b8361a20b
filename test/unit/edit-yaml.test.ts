import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { editYaml } from '../../src/planner/edit/edit-yaml.ts';

const FILE = `# The estate.
kind: StorageAccount   # data
metadata: { name: data }
spec:
  sku: Standard_LRS     # cheap
  accessTier: "Hot"
  tags: { team: support, cost: '42' }
  containers:
    - name: manuals
      access: None
    - name: results # big
  text: |
    one
    two
  empty:
---
kind: Other
spec: {}
`;

function edited(document: number, path: readonly string[], value: Json | undefined): string {
  const result = editYaml(FILE, { document, path, value });
  expect(result.refusal).toBeUndefined();
  return result.refusal === undefined ? result.text : '';
}

/** Lines that differ, as `- old` and `+ new`. */
function changed(text: string): string[] {
  const [before, after] = [FILE.split('\n'), text.split('\n')];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe('an edit of a YAML file', () => {
  it.each<[string[], Json | undefined, string[]]>([
    [['spec', 'sku'], 'Standard_ZRS', ['-   sku: Standard_LRS     # cheap', '+   sku: Standard_ZRS     # cheap']],
    [['spec', 'accessTier'], 'Cool', ['-   accessTier: "Hot"', '+   accessTier: Cool']],
    [
      ['spec', 'tags', 'team'],
      'a, b',
      ["-   tags: { team: support, cost: '42' }", '+   tags: { team: "a, b", cost: \'42\' }'],
    ],
    [
      ['spec', 'tags', 'owner'],
      'ml',
      ["-   tags: { team: support, cost: '42' }", "+   tags: { team: support, cost: '42', owner: ml }"],
    ],
    [['spec', 'tags', 'team'], undefined, ["-   tags: { team: support, cost: '42' }", "+   tags: { cost: '42' }"]],
    [['spec', 'tags', 'cost'], undefined, ["-   tags: { team: support, cost: '42' }", '+   tags: { team: support }']],
    [['spec', 'containers', '0', 'access'], 'Blob', ['-       access: None', '+       access: Blob']],
    [['spec', 'containers', '1', 'access'], 'Blob', ['+       access: Blob']],
    [['spec', 'accessTier'], undefined, ['-   accessTier: "Hot"']],
    [['spec', 'network', 'defaultAction'], 'Deny', ['+   network: {defaultAction: Deny}']],
    [['spec', 'empty'], 5, ['-   empty:', '+   empty: 5']],
    [['spec', 'empty', 'a'], 5, ['-   empty:', '+   empty: {a: 5}']],
  ])('%j to %j changes only its own bytes', (path, value, expected) => {
    expect(changed(edited(0, path, value))).toEqual(expected);
  });

  it('keeps what follows a block of text, and other documents', () => {
    const text = edited(0, ['spec', 'text'], 'three');
    expect(text).toContain('  text: three\n  empty:\n---\nkind: Other');
    expect(edited(1, ['spec', 'a'], 1)).toContain('spec: { a: 1}');
  });

  it('keeps Windows line ends', () => {
    const result = editYaml('a:\r\n  b: 1\r\n', { document: 0, path: ['a', 'c'], value: 2 });
    expect(result).toEqual({ text: 'a:\r\n  b: 1\r\n  c: 2\r\n' });
  });

  it('refuses anchors, missing documents and new items of lists', () => {
    expect(editYaml('a: &x 1\nb: *x\n', { document: 0, path: ['b'], value: 2 })).toHaveProperty('refusal');
    expect(editYaml('a: 1\n', { document: 3, path: ['a'], value: 2 })).toHaveProperty('refusal');
    expect(editYaml('a: [1]\n', { document: 0, path: ['a', '4'], value: 2 })).toHaveProperty('refusal');
  });
});

const scalar = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('true', '1', 'null', '# x', 'a: b', '- a', '[', 'a, b}', '', "'", '"'),
);
const key = fc.stringMatching(/^[a-z]{1,6}$/);
const tree = fc.letrec<{ map: JsonObject; value: Json }>((tie) => ({
  map: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 4 }),
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('map'), fc.array(scalar, { maxLength: 3 })),
})).map;

/** Paths of all members of all mappings. */
function pathsOf(value: Json, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => [[...at, name], ...pathsOf(item, [...at, name])]);
}

function withValue(value: JsonObject, [name = '', ...rest]: readonly string[], fresh: Json | undefined): JsonObject {
  const { [name]: old, ...others } = value;
  if (rest.length > 0) return { ...value, [name]: withValue((old ?? {}) as JsonObject, rest, fresh) };
  return fresh === undefined ? others : { ...value, [name]: fresh };
}

describe('for any document, place and value', () => {
  it('the text reads as exactly what was asked for, and keeps its comments', () => {
    const style = fc.constantFrom<'block' | 'flow'>('block', 'flow');
    fc.assert(
      fc.property(
        tree,
        fc.nat(),
        fc.option(scalar, { nil: undefined }),
        style,
        fc.boolean(),
        (document, pick, fresh, collectionStyle, isNew) => {
          const body = stringify(document, { collectionStyle, lineWidth: 0 });
          const text = `# first\n${body}# last\n`;
          const paths = pathsOf(document);
          const chosen = paths[pick % paths.length] ?? [];
          const path = isNew ? [...chosen.slice(0, -1), 'brandnew'] : chosen;
          const result = editYaml(text, { document: 0, path, value: isNew ? (fresh ?? 1) : fresh });
          const refused = result.refusal !== undefined;
          const after = refused ? document : (parseAllDocuments(result.text)[0] as { toJS(): unknown }).toJS();
          const expected = refused ? document : withValue(document, path, isNew ? (fresh ?? 1) : fresh);
          expect(after).toEqual(expected);
          expect(refused || (result.text.startsWith('# first\n') && result.text.includes('# last'))).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
