import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  stringify,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Json } from '../../model/json.ts';

/** One value that is to be another one. */
export interface YamlEdit {
  /** Which document of the file, from 0. */
  readonly document: number;
  readonly path: readonly string[];
  /** Undefined takes the value away. */
  readonly value: Json | undefined;
}

/** The new text, or why the value cannot be edited where it stands. */
export type Edited = { readonly text: string; readonly refusal?: undefined } | { readonly refusal: string };

/**
 * Changes one value of a YAML file and only the bytes of it: comments, order, quotes, indentation and line ends of
 * everything else stay as they are. Values behind anchors and aliases are refused.
 */
export function editYaml(text: string, { document, path, value }: YamlEdit): Edited {
  const found = parseAllDocuments(text, { keepSourceTokens: true });
  const one = Array.isArray(found) ? found[document] : undefined;
  if (!one || one.errors.length > 0) return { refusal: 'the file has no such document' };
  if (path.length === 0) return { refusal: 'a whole document is not edited' };
  if (usesAnchors(one)) return { refusal: 'the document uses anchors or aliases' };
  const splice = value === undefined ? removal(text, one, path) : replacement(text, one, path, value);
  if ('refusal' in splice) return splice;
  return { text: text.slice(0, splice.start) + splice.insert + text.slice(splice.end) };
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

function usesAnchors(document: Document): boolean {
  let used = false;
  visit(document, {
    Alias: () => {
      used = true;
    },
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor !== undefined) used = true;
    },
  });
  return used;
}

/** Flow style on one line; quoted where plain text would mean something else, inside flow collections too. */
function inline(value: Json): string {
  return stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })
    .trimEnd()
    .slice(1, -1);
}

function replacement(
  text: string,
  document: Document,
  path: readonly string[],
  value: Json,
): Splice | { refusal: string } {
  const existing = document.getIn(path, true);
  if (isNode(existing) && existing.range) {
    const [start, end] = existing.range;
    if (isEmptyNode(existing, start, end)) return emptyReplacement(text, start, value);
    return { start, end, insert: withLineEnd(text.slice(start, end), inline(value)) };
  }
  return insertion(text, document, path, value);
}

/** `key:` without a value is an empty node right behind the colon. */
function isEmptyNode(node: Node, start: number, end: number): boolean {
  return isScalar(node) && start === end;
}

function emptyReplacement(text: string, at: number, value: Json): Splice {
  return { start: at, end: at, insert: text.charAt(at - 1) === ':' ? ` ${inline(value)}` : inline(value) };
}

/** Block text and block collections end with their line; what takes their place leaves the line end there. */
function withLineEnd(old: string, fresh: string): string {
  const tail = /(?:\r?\n)*$/.exec(old)?.[0] ?? '';
  return fresh + tail;
}

/** A member that is not there goes behind the last one of the nearest mapping that is. */
function insertion(
  text: string,
  document: Document,
  path: readonly string[],
  value: Json,
): Splice | { refusal: string } {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (parent === undefined) continue;
    const key = path[depth] ?? '';
    const nested = path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
    if (isMap(parent)) return insertInto(text, parent, key, nested);
    if (isSeq(parent)) return { refusal: 'items of lists are not added' };
    if (isScalar(parent) && parent.value === null && parent.range) {
      const [start, end] = parent.range;
      const fresh: Json = { [key]: nested };
      return start === end ? emptyReplacement(text, start, fresh) : { start, end, insert: inline(fresh) };
    }
    return { refusal: 'a plain value stands where members would have to be' };
  }
  return { refusal: 'the document is empty' };
}

function insertInto(text: string, parent: YAMLMap, key: string, value: Json): Splice | { refusal: string } {
  const { range } = parent;
  if (!range) return { refusal: 'the place of the mapping is not known' };
  const entry = `${inline(key)}: ${inline(value)}`;
  const last = parent.items.at(-1);
  if (parent.flow) {
    const end = range[1] - 1;
    const inner = text.slice(range[0] + 1, end);
    if (inner.includes('#') || /\n/.test(inner)) return { refusal: 'the mapping in braces spans several lines' };
    const gap = /\s*$/.exec(inner)?.[0].length ?? 0;
    return { start: end - gap, end: end - gap, insert: last ? `, ${entry}` : ` ${entry}` };
  }
  const first = keyStart(parent.items[0]);
  if (!last || first === undefined) return { refusal: 'the mapping is empty' };
  const indent = first - (text.lastIndexOf('\n', first - 1) + 1);
  const column = text.slice(first - indent, first);
  const end = endOfPair(last) ?? range[1];
  const at = endOfLine(text, end);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lead = column.replaceAll(/[^\s]/g, ' ');
  return { start: at, end: at, insert: `${newline}${lead}${entry}` };
}

function keyStart(pair: Pair | undefined): number | undefined {
  return pair && isNode(pair.key) ? pair.key.range?.[0] : undefined;
}

function endOfPair({ key, value }: Pair): number | undefined {
  if (isNode(value) && value.range) return value.range[1];
  return isNode(key) ? key.range?.[1] : undefined;
}

/** The end of the line that the last character before `offset` stands in, comment included. */
function endOfLine(text: string, offset: number): number {
  let last = offset;
  while (last > 0 && /\s/.test(text.charAt(last - 1))) last--;
  const end = text.indexOf('\n', last);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

function removal(text: string, document: Document, path: readonly string[]): Splice | { refusal: string } {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return { refusal: 'only members of mappings are taken away' };
  const name = path.at(-1);
  const pair = parent.items.find((one) => isPair(one) && isScalar(one.key) && String(one.key.value) === name);
  const start = keyStart(pair);
  const end = pair && endOfPair(pair);
  if (!pair || start === undefined || end === undefined || !parent.range) return { start: 0, end: 0, insert: '' };
  if (parent.items.length === 1) {
    if (parent.flow) return { start: parent.range[0], end: parent.range[1], insert: '{}' };
    return { start: parent.range[0], end: trimmedEnd(text, parent.range[1]), insert: '{}' };
  }
  if (parent.flow) return flowRemoval(parent, pair, start, end);
  const from = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(from, start).trim() !== '') return { refusal: 'the first member stands on the line of its list item' };
  const to = endOfLine(text, end);
  const next = text.indexOf('\n', to);
  return { start: from, end: next < 0 ? text.length : next + 1, insert: '' };
}

function trimmedEnd(text: string, end: number): number {
  let last = end;
  while (last > 0 && /\s/.test(text.charAt(last - 1))) last--;
  return last;
}

function flowRemoval(parent: YAMLMap, pair: Pair, start: number, end: number): Splice | { refusal: string } {
  const index = parent.items.indexOf(pair);
  const next = keyStart(parent.items[index + 1]);
  if (next !== undefined) return { start, end: next, insert: '' };
  const before = parent.items[index - 1];
  const from = before && endOfPair(before);
  return from === undefined ? { refusal: 'the place of the member is not known' } : { start: from, end, insert: '' };
}
