import { Lexer } from 'yaml';

/** Aliases of one file. */
export const MAX_ALIASES = 50;
const MAX_DEPTH = 64;
const MAX_DOCUMENTS = 5000;
/** Pieces (values, keys, punctuation, spaces) of one file. A manifest of 500 lines has about 5,000. */
const MAX_PIECES = 200_000;

/** Marks that the lexer of `yaml` puts before a document and before a scalar, and others without width. */
const DOCUMENT = '\u0002';
const SCALAR = '\u001f';
const MARKS = new Set([DOCUMENT, SCALAR, '\u0018', '\ufeff']);
const CLOSING: Readonly<Record<string, string>> = { ']': '[', '}': '{' };
const ESCAPE = /\\(?:[0abefnrtvN_LP \t/\\"\r\n]|x[0-9a-f]{2}|u[0-9a-f]{4}|U000[0-9a-f]{5}|U0010[0-9a-f]{4})?/gi;

/** Why a text is not parsed. `offset` is the place in it, in characters. */
export interface RefusedText {
  readonly code: 'ING1004' | 'ING1006';
  readonly message: string;
  readonly hint: string;
  readonly offset: number;
}

/**
 * Limits, and the syntax errors that a parser would report once for every character, found on the lexical pieces one
 * after another: before a tree is built, in steps and memory that grow with the text and not with what it unfolds to.
 */
export function refusedText(text: string): RefusedText | undefined {
  const scan = createScan();
  let offset = 0;
  for (const piece of new Lexer().lex(text)) {
    const refused = scan(piece);
    if (refused) return { ...refused, offset: offset + (refused.within ?? 0) };
    if (!MARKS.has(piece)) offset += piece.length;
  }
  return undefined;
}

interface Refusal extends Omit<RefusedText, 'offset'> {
  /** Characters from the beginning of the piece. */
  readonly within?: number;
}

const SPLIT = 'Split the file, or move long text and data into files beside it.';

function limit(message: string): Refusal {
  return { code: 'ING1004', message, hint: SPLIT };
}

function createScan(): (piece: string) => Refusal | undefined {
  let pieces = 0;
  let documents = 0;
  let aliases = 0;
  let column = 0;
  let before = '';
  let scalar = false;
  /** The last piece is a quoted value of a key or an item, which ends with its line. */
  let isValue = false;
  let flow: string[] = [];
  let columns: number[] = [];

  function structure(piece: string): Refusal | undefined {
    if (piece === '[' || piece === '{') flow.push(piece);
    const opening = CLOSING[piece];
    if (opening !== undefined && flow.length > 0 && flow.pop() !== opening)
      return {
        code: 'ING1006',
        message: `A ${piece} closes a ${opening === '[' ? '{' : '['}`,
        hint: 'Correct one of the two.',
      };
    if (piece === ',' && flow.length > 0 && (before === ',' || before === '[' || before === '{'))
      return { code: 'ING1006', message: 'A comma without a value before it', hint: 'Remove it, or add the value.' };
    if ((piece === '-' || piece === '?' || piece === ':') && flow.length === 0) {
      columns = [...columns.filter((one) => one < column), column];
    }
    return flow.length + columns.length > MAX_DEPTH
      ? limit(`Values are nested deeper than ${MAX_DEPTH} levels`)
      : undefined;
  }

  function check(piece: string): Refusal | undefined {
    if (++pieces > MAX_PIECES) return limit(`The file has more than ${MAX_PIECES} values and punctuation marks`);
    if (piece === DOCUMENT && ++documents > MAX_DOCUMENTS)
      return limit(`The file has more than ${MAX_DOCUMENTS} documents`);
    if (scalar) return undefined;
    if (piece.startsWith('*') && ++aliases > MAX_ALIASES)
      return limit(`The file uses more than ${MAX_ALIASES} aliases`);
    if (/^["']/.test(piece) && /^["']/.test(before))
      return {
        code: 'ING1006',
        message: 'Two quoted values without anything between them',
        hint: 'Join them, or put a comma between them.',
      };
    return piece.startsWith('"') ? invalidEscape(piece) : structure(piece);
  }

  return (piece) => {
    const refused = check(piece);
    if (piece === '---' || piece === '...') [flow, columns] = [[], []];
    if (!MARKS.has(piece)) {
      const end = piece.lastIndexOf('\n');
      column = end === -1 ? column + piece.length : piece.length - end - 1;
      if (piece.trim() !== '' && !piece.startsWith('#')) {
        isValue = /^["']/.test(piece) && /^[:?&!-]/.test(before);
        before = piece;
      } else if (end !== -1 && isValue && flow.length === 0) before = '';
    }
    scalar = piece === SCALAR;
    return refused;
  };
}

function invalidEscape(quoted: string): Refusal | undefined {
  for (const { 0: escape, index } of quoted.matchAll(ESCAPE)) {
    if (escape.length === 1) {
      return {
        code: 'ING1006',
        message: 'An invalid escape in double quotes',
        hint: 'Write \\\\ for a backslash, or use single quotes.',
        within: index,
      };
    }
  }
  return undefined;
}
