import { harmless, type Line } from '../text.ts';

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for characters, in the form in which they are printed. */
function charactersOf(text: string): string[] {
  return Array.from(CHARACTERS.segment(harmless(text)), ({ segment }) => segment);
}

/** A line that is at most `width` characters wide as it is printed; what does not fit ends with `…`. */
export function fit(line: Line, width: number): Line {
  const pieces = line.map((piece) => (typeof piece === 'string' ? { text: piece } : piece));
  const shown = pieces.map((piece) => ({ ...piece, text: charactersOf(piece.text) }));
  if (shown.reduce((sum, { text }) => sum + text.length, 0) <= width) return line;
  let left = Math.max(0, width - 1);
  const kept = shown.map((piece) => {
    const text = piece.text.slice(0, left).join('');
    left -= Math.min(left, piece.text.length);
    return { ...piece, text };
  });
  return [...kept.filter(({ text }) => text !== ''), '…'];
}

/** Pads to a column, counting characters as they are printed. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - charactersOf(text).length));
}

/** As many names as fit into a width, and how many more there are. At least one is shown. */
export function fittedNames(names: readonly string[], width: number): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length > 0 && [...shown, name].join(', ').length > width) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
