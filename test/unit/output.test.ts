import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeLive } from '../../src/cli/progress.ts';
import { code, fenced } from '../../src/cli/render/markdown.ts';
import { harmless, jsonText, printLine, styled } from '../../src/cli/text.ts';

/** Characters with a meaning to terminals, and what hides or reorders text. */
const HOSTILE = [
  '\u001b[2J',
  '\u001b]8;;http://x\u0007',
  '\r',
  '\u0007',
  '\u009b31m',
  '\u202e',
  '\u200b',
  '\u0000',
  '\n',
  '\u2028',
];
const hostileText = fc
  .array(fc.oneof(fc.string(), fc.constantFrom(...HOSTILE)), { maxLength: 8 })
  .map((parts) => parts.join(''));

// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/;

describe('text from outside', () => {
  it('cannot reach the terminal', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(printLine(['value: ', text], false)).not.toMatch(UNSAFE);
        const coloured = printLine([styled('add', text)], true);
        expect(coloured.replaceAll('\u001b[32m', '').replaceAll('\u001b[39m', '')).not.toMatch(UNSAFE);
      }),
    );
  });

  it('is shown as what it is', () => {
    expect(harmless('a\u001b[31mb\rc')).toBe('a\\u001b[31mb\\u000dc');
  });

  it('cannot give commands to a pipeline', () => {
    expect(printLine(['::set-output name=x::y'], false)).toBe('\\::set-output name=x::y');
    expect(printLine(['  ', '::add-mask::x'], false)).toBe('  \\::add-mask::x');
    expect(printLine(['a ##vso[task.setvariable]x ##[error]y'], false)).toBe(
      'a ##vso\\[task.setvariable]x ##\\[error]y',
    );
  });

  it('stays inside JSON documents and keeps its value', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const document = jsonText({ text: `${text}##[x]##vso[y]` });
        expect(document).not.toMatch(UNSAFE);
        expect(document).not.toMatch(/##(vso)?\[/);
        expect(JSON.parse(document)).toEqual({ text: `${text}##[x]##vso[y]` });
      }),
    );
  });

  it('cannot leave a fence or inline code of Markdown', () => {
    const markdown = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('`', '```', '````', '@team', '<!-- x -->', '|', '#123')), {
        maxLength: 8,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(
          markdown.map((text) => text.replaceAll('\n', ' ')),
          { minLength: 1 },
        ),
        (lines) => {
          const text = fenced(lines, 'diff').split('\n');
          const fence = (text[0] ?? '').replace('diff', '');
          expect(text.slice(1, -1).some((line) => line.trim() === fence)).toBe(false);
          expect(text.at(-1)).toBe(fence);
        },
      ),
    );
    expect(code('a`b')).toBe('``a`b``');
    expect(code('`')).toBe('`` ` ``');
    expect(code('a|b')).toBe('`a\\|b`');
  });
});

describe('progress', () => {
  it('overwrites lines only in a terminal that has a width', () => {
    expect(canBeLive({ columns: 80, env: {} }, true)).toBe(true);
    expect(canBeLive({ columns: 0, env: {} }, true)).toBe(false);
    expect(canBeLive({ columns: undefined, env: {} }, true)).toBe(false);
    expect(canBeLive({ columns: 80, env: {} }, false)).toBe(false);
    expect(canBeLive({ columns: 80, env: { TERM: 'dumb' } }, true)).toBe(false);
    expect(canBeLive({ columns: 80, env: { CI: 'true' } }, true)).toBe(false);
  });
});
