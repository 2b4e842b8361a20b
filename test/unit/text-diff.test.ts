import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordChanges } from '../../src/cli/render/text-changes.ts';
import { textDiff } from '../../src/cli/render/text-diff.ts';
import { printLine } from '../../src/cli/text.ts';

const shown = (before: string, after: string): string[] =>
  textDiff(before, after, '').map((line) => printLine(line, false));

describe('a difference of two prompts', () => {
  it('tells edited lines word by word', () => {
    expect(shown('You are helpful.\nAnswer in English.', 'You are helpful.\nAnswer in plain English.')).toEqual([
      '@@ line 1 @@',
      ' You are helpful.',
      '~Answer in {+plain +}English.',
    ]);
  });

  it('shows lines that have little in common, or come or go, as a whole', () => {
    expect(shown('Always be polite.', 'Refuse legal questions!')).toEqual([
      '@@ line 1 @@',
      '-Always be polite.',
      '+Refuse legal questions!',
    ]);
    expect(shown('a b c d', 'a b c d\nnew')).toEqual(['@@ line 1 @@', ' a b c d', '+new']);
  });

  it('loses nothing: the old text and the new one can be read off', () => {
    const text = fc.array(
      fc.array(fc.constantFrom('to', 'be', 'or', 'not'), { maxLength: 4 }).map((w) => w.join(' ')),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const side = (own: 'removed' | 'added'): string[] =>
          wordChanges(before.join('\n'), after.join('\n'), 99).flatMap((line) => {
            if (line.type === 'place') return [];
            if (line.type !== 'changed') return line.type === 'context' || line.type === own ? [line.text] : [];
            const mine = line.pieces.filter(({ change }) => change === 'same' || change === own);
            return [mine.map((piece) => piece.text).join('')];
          });
        fc.pre(before.join('\n') !== after.join('\n'));
        expect(side('removed').join('\n')).toBe(before.join('\n'));
        expect(side('added').join('\n')).toBe(after.join('\n'));
      }),
    );
  });
});
