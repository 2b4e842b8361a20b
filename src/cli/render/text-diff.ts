import { signed, styled, type Line } from '../text.ts';
import { lineChanges, wordChanges, type ChangedLine, type Piece } from './text-changes.ts';

const CONTEXT = 2;

/** A difference of two files, by lines. */
export function fileDiff(before: string, after: string, indent: string): Line[] {
  return lineChanges(before, after, CONTEXT).map((line) => [indent, ...shown(line)]);
}

/** A difference of two prompts or other long values, with edited lines as `~ [-old-]{+new+}`. */
export function textDiff(before: string, after: string, indent: string): Line[] {
  return wordChanges(before, after, CONTEXT).map((line) => [indent, ...shown(line)]);
}

function shown(line: ChangedLine): Line {
  switch (line.type) {
    case 'place':
      return [styled('dim', `@@ line ${line.line} @@`)];
    case 'added':
      return [signed('add', '+'), styled('add', line.text)];
    case 'removed':
      return [signed('remove', '-'), styled('remove', line.text)];
    case 'changed':
      return [signed('change', '~'), ...line.pieces.map(word)];
    case 'context':
      return [` ${line.text}`];
  }
}

function word({ text, change }: Piece): Line[number] {
  if (change === 'added') return styled('add', `{+${text}+}`);
  return change === 'removed' ? styled('remove', `[-${text}-]`) : text;
}
