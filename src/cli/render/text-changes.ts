import { append } from '../../model/append.ts';
import { diffWordsWithSpace, structuredPatch } from 'diff';

export interface Piece {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}

/** A line of a difference. `changed` holds the words of both sides, `place` says where what follows starts. */
export type ChangedLine =
  | { readonly type: 'place'; readonly line: number }
  | { readonly type: 'context' | 'added' | 'removed'; readonly text: string }
  | { readonly type: 'changed'; readonly pieces: readonly Piece[] };

/** Share of a line that has to stay for it to be shown as edited and not as another line. */
const ENOUGH_IN_COMMON = 0.4;
/** Words are told apart in lines up to here; the effort grows with the square. */
const LONGEST_LINE = 20_000;

/** How one text became another by whole lines. */
export function lineChanges(before: string, after: string, context: number): ChangedLine[] {
  const patch = structuredPatch('', '', `${before}\n`, `${after}\n`, '', '', { context });
  return patch.hunks.flatMap(({ newStart, lines }): ChangedLine[] => [
    { type: 'place', line: newStart },
    ...lines.filter((line) => !line.startsWith('\\')).map(lineOf),
  ]);
}

function lineOf(line: string): ChangedLine {
  const text = line.slice(1);
  if (line.startsWith('+')) return { type: 'added', text };
  return { type: line.startsWith('-') ? 'removed' : 'context', text };
}

/** The same with lines that were only edited told word by word, as reviewers of prompts need it. */
export function wordChanges(before: string, after: string, context: number): ChangedLine[] {
  const lines = lineChanges(before, after, context);
  const result: ChangedLine[] = [];
  for (let at = 0; at < lines.length;) {
    const removed = textsFrom(lines, at, 'removed');
    const added = textsFrom(lines, at + removed.length, 'added');
    append(result, editedLines(removed, added));
    at += removed.length + added.length;
    const [next] = lines.slice(at, at + 1);
    if (removed.length + added.length === 0 && next) {
      result.push(next);
      at++;
    }
  }
  return result;
}

function textsFrom(lines: readonly ChangedLine[], from: number, type: 'added' | 'removed'): string[] {
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => line.type !== type);
  return rest.slice(0, end < 0 ? rest.length : end).flatMap((line) => ('text' in line ? [line.text] : []));
}

/** Pairs lines in their order where as many come as go; else they stay whole. */
function editedLines(removed: readonly string[], added: readonly string[]): ChangedLine[] {
  const whole: ChangedLine[] = [
    ...removed.map((text) => ({ type: 'removed' as const, text })),
    ...added.map((text) => ({ type: 'added' as const, text })),
  ];
  if (removed.length !== added.length) return whole;
  const edited = removed.map((text, index) => editedLine(text, added[index] ?? ''));
  return edited.every((line) => line !== undefined) ? edited : whole;
}

function editedLine(before: string, after: string): ChangedLine | undefined {
  if (Math.max(before.length, after.length) > LONGEST_LINE) return undefined;
  const pieces = diffWordsWithSpace(before, after).map(({ value, added, removed }): Piece => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }));
  const common = pieces.reduce((sum, { text, change }) => sum + (change === 'same' ? text.trim().length : 0), 0);
  const enough = common >= ENOUGH_IN_COMMON * Math.max(before.length, after.length);
  return enough ? { type: 'changed', pieces } : undefined;
}
