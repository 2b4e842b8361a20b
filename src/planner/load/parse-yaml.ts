import { append } from '../../model/append.ts';
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type CST,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';
import { isObject, segmentsOf, type JsonObject, type Pointer } from '../../model/json.ts';
import type { SourceFile } from './discover.ts';

const MAX_DEPTH = 64;
const MAX_ALIASES = 50;
const MAX_DOCUMENTS = 5000;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** One YAML document: its value and where each part of it stands. */
export interface SourceDocument {
  readonly file: string;
  readonly value: JsonObject;
  /** Place of a value, or of its key; of the nearest enclosing part when there is no such value. */
  locate(path: Pointer, part?: 'key' | 'value'): SourcePosition;
}

/** Parses a file that may hold several documents. Limits are checked on the token tree, before any value is built. */
export function parseYaml(source: SourceFile, diagnostics: Diagnostic[]): SourceDocument[] {
  const lines = new LineCounter();
  const at = (start: number, end = start + 1): SourcePosition => position(source, lines, start, end);
  const tokens = [...new Parser(lines.addNewLine).parse(source.text)];
  const limit = exceededLimit(tokens);
  if (limit) {
    diagnostics.push(problem('ING1004', limit.message, { at: at(limit.offset) }));
    return [];
  }
  const composer = new Composer({ version: '1.2', schema: 'core', strict: true, uniqueKeys: false, merge: false });
  return [...composer.compose(tokens, true, source.text.length)].flatMap((document) => {
    const found = [...document.errors, ...document.warnings];
    const syntax = found.map((error) =>
      problem('ING1006', firstLine(error.message), {
        at: at(error.pos[0], error.pos[1]),
        hint: syntaxHint(error.code),
      }),
    );
    append(diagnostics, syntax);
    if (syntax.length > 0 || isEmpty(document)) return [];
    const refused = refusedNodes(document, at);
    append(diagnostics, refused);
    return refused.some((one) => one.code === 'ING1006' || one.code === 'ING1007')
      ? []
      : [toSource(source, document, at)].filter((one) => isRoot(one, diagnostics));
  });
}

/** A document of comments only, as a trailing `---` leaves behind. */
function isEmpty(document: Document.Parsed): boolean {
  return document.contents === null || (isScalar(document.contents) && document.contents.value === null);
}

type At = (start: number, end?: number) => SourcePosition;

function position(source: SourceFile, lines: LineCounter, start: number, end: number): SourcePosition {
  const { line, col } = lines.linePos(Math.min(start, source.text.length));
  const lineEnd = source.text.indexOf('\n', start);
  const stop = Math.min(end, lineEnd === -1 ? source.text.length : lineEnd);
  return { file: source.file, line: Math.max(line, 1), column: Math.max(col, 1), length: Math.max(stop - start, 1) };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}

function syntaxHint(code: string): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces.';
  if (code === 'TAG_RESOLVE_FAILED') return 'Tags are not supported; write the plain value.';
  return undefined;
}

/** Depth, aliases and documents, counted without recursion so that hostile nesting cannot exhaust the stack. */
function exceededLimit(tokens: readonly CST.Token[]): { message: string; offset: number } | undefined {
  const documents = tokens.filter((token) => token.type === 'document').length;
  if (documents > MAX_DOCUMENTS)
    return { message: `The file has ${documents} documents; the limit is ${MAX_DOCUMENTS}`, offset: 0 };
  let aliases = 0;
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH)
      return { message: `Values are nested deeper than ${MAX_DEPTH} levels`, offset: token.offset };
    if (token.type === 'alias' && ++aliases > MAX_ALIASES) {
      return { message: `The file uses more than ${MAX_ALIASES} aliases`, offset: token.offset };
    }
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if ('items' in token) {
      for (const item of token.items) {
        if (item.key) open.push({ token: item.key, depth: depth + 1 });
        if (item.value) open.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

/**
 * What YAML allows and a manifest does not: keys that are no strings, dangerous keys, numbers that would change silently; and
 * keys that are there twice, for which the parser would compare every key with every other.
 */
function refusedNodes(document: Document.Parsed, at: At): Diagnostic[] {
  const refused: Diagnostic[] = [];
  visit(document, {
    Pair(_, pair) {
      const key = pair.key as Node | null;
      const place = at(key?.range?.[0] ?? 0, key?.range?.[1]);
      if (!isScalar(key) || typeof key.value !== 'string') {
        refused.push(problem('ING1007', 'A key must be a plain string', { at: place, hint: 'Put it in quotes.' }));
      } else if (FORBIDDEN_KEYS.has(key.value)) {
        refused.push(
          problem('ING1007', `The key "${key.value}" is not allowed`, { at: place, hint: 'Choose another name.' }),
        );
      }
    },
    Node(role, node) {
      if (isAlias(node)) return;
      if (isMap(node)) append(refused, repeatedKeys(node, at));
      const place = at(node.range?.[0] ?? 0, node.range?.[1]);
      if (node.tag !== undefined) {
        refused.push(
          problem('ING1007', `The tag ${node.tag} is not supported`, { at: place, hint: 'Write the plain value.' }),
        );
      }
      const reason = isScalar(node) && role !== 'key' ? unsafeNumber(node.value, node.source) : undefined;
      if (reason) refused.push(problem('ING1008', reason, { at: place, hint: 'Put it in quotes if text is meant.' }));
    },
  });
  return refused;
}

function repeatedKeys(map: YAMLMap, at: At): Diagnostic[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const isRepeated = seen.has(key.value);
    seen.add(key.value);
    const place = at(key.range?.[0] ?? 0, key.range?.[1]);
    return isRepeated
      ? [problem('ING1006', 'Map keys must be unique', { at: place, hint: 'Keep one of the two.' })]
      : [];
  });
}

function unsafeNumber(value: unknown, source: string | undefined): string | undefined {
  if (typeof value !== 'number') return undefined;
  if (!Number.isFinite(value)) return `${source ?? value} is not a number that JSON can hold`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return `${source ?? value} is too large to be kept exactly`;
  if (source !== undefined && /^[-+]?0[\dox]/.test(source)) return `${source} would be read as ${value}`;
  return undefined;
}

function isRoot(document: SourceDocument, diagnostics: Diagnostic[]): boolean {
  if (isObject(document.value)) return true;
  diagnostics.push(
    problem('ING1009', 'A manifest must be a mapping with apiVersion, kind, metadata and spec', {
      at: document.locate(''),
    }),
  );
  return false;
}

function toSource(source: SourceFile, document: Document.Parsed, at: At): SourceDocument {
  return {
    file: source.file,
    value: document.toJS({ maxAliasCount: MAX_ALIASES }) as JsonObject,
    locate(path, part = 'value') {
      const range = rangeOf(document, document.contents, segmentsOf(path), part);
      return at(range[0], range[1]);
    },
  };
}

function rangeOf(
  document: Document,
  root: Node | null,
  segments: readonly string[],
  part: 'key' | 'value',
): readonly [number, number] {
  let node: Node | null = root;
  let range = span(root) ?? [0, 1];
  for (const [index, segment] of segments.entries()) {
    const holder: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
    const key = isMap(holder)
      ? holder.items.find((pair) => isScalar(pair.key) && pair.key.value === segment)?.key
      : undefined;
    const value: Node | null | undefined =
      isMap(holder) || isSeq(holder) ? holder.get(isSeq(holder) ? Number(segment) : segment, true) : undefined;
    const last = index === segments.length - 1;
    const next = (last && part === 'key' ? span(key as Node) : undefined) ?? span(value) ?? span(key as Node);
    if (!next) return range;
    range = next;
    node = value ?? null;
  }
  return range;
}

function span(node: Node | null | undefined): readonly [number, number] | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}
