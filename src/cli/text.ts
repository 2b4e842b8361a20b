/** A piece of output with a meaning; colour is added when it is printed, and only where it is wanted. */
export type Style = 'add' | 'change' | 'remove' | 'drift' | 'strong' | 'dim' | 'error' | 'warning' | 'title';

/** What happens to what a line is about. */
export type Sign = '+' | '-' | '-/+' | '~' | '>' | '=';

export interface Segment {
  readonly text: string;
  readonly style?: Style;
  /** Set where the segment is the symbol of its line. A text that looks like a symbol never has it. */
  readonly sign?: Sign;
}

/** `1 resource`, `2 resources`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** One line of output. Plain strings carry no style. */
export type Line = readonly (string | Segment)[];

export function styled(style: Style, text: string): Segment {
  return { text, style };
}

/** The symbol of a line; `text` where it is set off. */
export function signed(style: Style, sign: Sign, text: string = sign): Segment {
  return { text, style, sign };
}

const CODES: Readonly<Record<Style, readonly [open: string, close: string]>> = {
  add: ['\u001b[32m', '\u001b[39m'],
  change: ['\u001b[33m', '\u001b[39m'],
  remove: ['\u001b[31m', '\u001b[39m'],
  drift: ['\u001b[35m', '\u001b[39m'],
  strong: ['\u001b[1m', '\u001b[22m'],
  dim: ['\u001b[2m', '\u001b[22m'],
  error: ['\u001b[31m', '\u001b[39m'],
  warning: ['\u001b[33m', '\u001b[39m'],
  title: ['\u001b[1m', '\u001b[22m'],
};

/** Control characters, and characters that reorder or hide text. Line ends never reach this point. */
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Makes text from manifests, Azure and models harmless for a terminal: escape sequences, carriage returns and invisible
 * characters are shown as what they are.
 */
export function harmless(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`);
}

/** Pipelines read commands from their log: at the start of a line, or in Azure DevOps anywhere in it. */
function withoutCommands(line: string): string {
  return line
    .replace(/^(\s*)::/, '$1\\::')
    .replaceAll('##[', '##\\[')
    .replaceAll('##vso[', '##vso\\[');
}

/** A line as it is printed: nothing in its texts can leave it, colour it or command the pipeline. */
export function printLine(line: Line, colour: boolean): string {
  const pieces = line.map((piece) => (typeof piece === 'string' ? { text: piece } : piece));
  const plain = pieces.map((piece) => harmless(piece.text)).join('');
  if (withoutCommands(plain) !== plain) return withoutCommands(plain);
  if (!colour) return plain;
  return pieces
    .map(({ text, style }) => (style ? CODES[style][0] + harmless(text) + CODES[style][1] : harmless(text)))
    .join('');
}

/** A JSON document for standard output. Characters that a terminal or a pipeline would act on are escaped, as JSON allows. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent)
    .replace(UNSAFE_IN_JSON, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`)
    .replaceAll('##[', '\\u0023#[')
    .replaceAll('##vso[', '\\u0023#vso[');
}

/** `UNSAFE` without the white space that JSON itself is written with. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
