import { structuredPatch } from 'diff';
import { styled, type Line } from '../text.ts';

const CONTEXT = 2;

/** A unified diff of two texts, for prompts and other long values. */
export function textDiff(before: string, after: string, indent: string): Line[] {
  const patch = structuredPatch('before', 'after', `${before}\n`, `${after}\n`, undefined, undefined, {
    context: CONTEXT,
  });
  return patch.hunks.flatMap((hunk): Line[] => [
    [indent, styled('dim', `@@ line ${hunk.newStart} @@`)],
    ...hunk.lines.filter((line) => !line.startsWith('\\')).map((line): Line => diffLine(line, indent)),
  ]);
}

function diffLine(line: string, indent: string): Line {
  if (line.startsWith('+')) return [indent, styled('add', line)];
  return line.startsWith('-') ? [indent, styled('remove', line)] : [indent, line];
}
