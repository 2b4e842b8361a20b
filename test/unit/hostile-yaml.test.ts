import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { parseYaml, type SourceDocument } from '../../src/planner/load/parse-yaml.ts';
import { refusedText } from '../../src/planner/load/yaml-limits.ts';

const MIB = 1024 * 1024;

function parse(text: string): { documents: SourceDocument[]; found: Diagnostic[] } {
  const found: Diagnostic[] = [];
  return { documents: parseYaml({ file: 'x.yaml', text }, found), found };
}

/** CPU time, which other processes do not change much, and the growth of the heap. */
function cost(run: () => void): { cpuMs: number; heap: number } {
  const [before, heap] = [process.cpuUsage(), process.memoryUsage().heapUsed];
  run();
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, heap: process.memoryUsage().heapUsed - heap };
}

const filled = (piece: string, before = ''): string => (before + piece.repeat(MIB / piece.length)).slice(0, MIB);

describe('a file of 1 MiB', () => {
  it.each<[string, string]>([
    ...[
      ',',
      '"',
      "'",
      '&a ',
      '%',
      '[',
      '- ',
      '? ',
      'a: ',
      'a:\n',
      '---\n',
      '[*a,',
      '!a ',
      '{a:',
      '- a\n',
      '|',
      '@ ',
    ].map((piece): [string, string] => [piece, filled(piece)]),
    ['commas in a list', filled(',', '[')],
    ['closing brackets', filled('[}\n')],
    ['invalid escapes', filled('\\q', '"')],
    ['quoted values', filled('"\n')],
    ['directives', filled('%a\n')],
    ['text without end', filled('x', '"')],
    ['many anchors', Array.from({ length: 60_000 }, (_, at) => `k${at}: &a${at} 1`).join('\n')],
    ['a staircase', Array.from({ length: 1400 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ])('of %s is cheap to refuse, with one short message', (_, text) => {
    let found: Diagnostic[] = [];
    const { cpuMs, heap } = cost(() => (found = parse(text).found));
    expect(found.length).toBeLessThanOrEqual(1);
    for (const { message, hint } of found) expect(message.length + (hint?.length ?? 0)).toBeLessThan(2000);
    expect(cpuMs).toBeLessThan(3000);
    expect(heap).toBeLessThan(150 * MIB);
  });
});

describe('YAML that is read otherwise than it looks', () => {
  it.each([
    ['a wildcard', 'a: 1\ntags: { a: *.contoso.com }', 2, /\*\.contoso\.com is an alias.*no anchor/, /quotes/],
    ['an anchor of another document', 'a: &x 1\n---\nb: *x', 3, /\*x is an alias.*no anchor/, /other documents/i],
    ['an anchor after its alias', 'a: *x\nb: &x 1', 1, /\*x is an alias.*before it/, /quotes/],
    [
      'an anchor within itself',
      'a: 1\nspec: &a { x: *a }',
      2,
      /stands for a value that contains it/,
      /Write the value/,
    ],
    ['an anchor deep within itself', 'spec: &a\n  - b:\n      - *a', 3, /contains it/, /Write the value/],
    [
      'no ---',
      'kind: A\nspec: { a: 1 }\nkind: B\nspec: { a: 2 }',
      3,
      /the line --- before the next manifest is missing/,
      /---/,
    ],
    ['nested on one line', 'a: b: c\nd: e: f', 1, /one line/, /quotes/],
    ['a tab', 'a:\n\tb: 1', 2, /tab/, /spaces/],
    ['an escape', 'a: 1\nb: "c:\\windows"', 2, /escape/, /single quotes/],
  ])('with %s is one message, with its line and what to do', (_, text, line, message, hint) => {
    const { found } = parse(text);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(message);
    expect(found[0]?.hint).toMatch(hint);
    expect(found[0]?.at?.line).toBe(line);
  });

  it('takes anchors and aliases of one document', () => {
    const { documents, found } = parse('a: &x { b: 1 }\nc: *x\nd: [*x]\ne: &x 2\nf: *x');
    expect(found).toEqual([]);
    expect(documents[0]?.value).toEqual({ a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }], e: 2, f: 2 });
  });

  it('never rejects, and says where', () => {
    const piece = constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&a ',
      '*a',
      '*.b',
      '"',
      "'",
      '|\n',
      '>\n',
      '#',
      '%',
      '---\n',
      '? ',
      '!t ',
      '\t',
      '\\',
      '0x1',
      '1e999',
      '<<: ',
      '...',
      '@',
      '`',
      '\u2028',
      'k: v\n',
      '~',
      '"\\q"',
    );
    assert(
      property(array(piece, { maxLength: 40 }), (pieces) => {
        const { documents, found } = parse(pieces.join(''));
        for (const one of found) {
          expect(one.at?.line).toBeGreaterThan(0);
          expect(one.message.length).toBeLessThan(2001);
        }
        for (const { value } of documents) expect(() => JSON.stringify(value)).not.toThrow();
      }),
      { numRuns: 3000 },
    );
  });
});

describe('quoted values', () => {
  it.each([
    'tags:\n  note: "a"\n  "##vso[task]": "x"\n',
    "list:\n  - 'a'\n  - 'b'\n",
    '"a": "b"\n\n# c\n"d": "e"\n',
    'list:\n  - !!str "a"\n  - &x "b"\n',
  ])('one after another are valid: %j', (text) => {
    expect(refusedText(text)).toBeUndefined();
  });
});
