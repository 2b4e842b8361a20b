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
  type Document,
  type Node,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { shortened } from '../../model/english.ts';
import { problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';
import { isObject, segmentsOf, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import type { SourceFile } from './discover.ts';
import { unusableAliases } from './yaml-aliases.ts';
import { MAX_ALIASES, refusedText } from './yaml-limits.ts';

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
  const unparsed = refusedText(source.text);
  if (unparsed) {
    const { code, message, hint, offset } = unparsed;
    lines.addNewLine(0);
    for (let end = source.text.indexOf('\n'); end !== -1 && end < offset; end = source.text.indexOf('\n', end + 1))
      lines.addNewLine(end + 1);
    diagnostics.push(problem(code, message, { at: at(offset), hint }));
    return [];
  }
  const tokens = [...new Parser(lines.addNewLine).parse(source.text)];
  const composer = new Composer({ version: '1.2', schema: 'core', strict: true, uniqueKeys: false, merge: false });
  return [...composer.compose(tokens, true, source.text.length)].flatMap((document) => {
    const refused = refusedIn(document, at);
    append(diagnostics, refused);
    if (isEmpty(document) || refused.some(({ code }) => code !== 'ING1008')) return [];
    return toSource(source, document, at, diagnostics);
  });
}

/** What is wrong with a document. Of syntax errors only the first: the others follow from it. */
function refusedIn(document: Document.Parsed, at: At): Diagnostic[] {
  const [first] = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (first) {
    return [
      problem('ING1006', syntaxMessage(first), {
        at: at(first.pos[0], first.pos[1]),
        hint: syntaxHint(first.code),
      }),
    ];
  }
  if (isEmpty(document)) return [];
  const forgotten = forgottenSeparator(document, at);
  if (forgotten) return [forgotten];
  const refused = refusedNodes(document, at);
  return refused.some(({ code }) => code !== 'ING1008') ? refused : [...refused, ...unusableAliases(document, at)];
}

/** A manifest that begins within another one: its `apiVersion` or `kind` is the second of the same mapping. */
function forgottenSeparator(document: Document.Parsed, at: At): Diagnostic | undefined {
  if (!isMap(document.contents)) return undefined;
  const seen = new Set<string>();
  for (const { key } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (seen.has(name) && (name === 'apiVersion' || name === 'kind')) {
      const range = span(key);
      return problem(
        'ING1006',
        `A second "${name}" in one document: the line --- before the next manifest is missing`,
        {
          at: at(range?.[0] ?? 0, range?.[1]),
          hint: 'Put a line with --- between two manifests of a file.',
        },
      );
    }
    seen.add(name);
  }
  return undefined;
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

const SYNTAX: Readonly<Record<string, readonly [message: string, hint?: string]>> = {
  TAB_AS_INDENT: ['A tab is used for indentation', 'Indent with spaces.'],
  TAG_RESOLVE_FAILED: ['Tags are not supported', 'Write the plain value.'],
  BAD_INDENT: ['The indentation does not fit the lines above', 'Align the line with its neighbours.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'A value and a nested mapping stand on one line',
    'Put text that has ": " in it in quotes, or indent the line to the level of its neighbours.',
  ],
  MULTILINE_IMPLICIT_KEY: ['A key spans several lines', 'Put a colon and a space behind the key, on the same line.'],
  MISSING_CHAR: ['A closing quote, bracket, brace, colon or comma is missing'],
  BAD_SCALAR_START: ['A plain value cannot begin with this character', 'Put the value in quotes.'],
  MULTIPLE_ANCHORS: ['A value has two anchors', 'Keep one of the two.'],
  BAD_ALIAS: ['An invalid alias', 'Put a value that begins with * in quotes.'],
  BAD_DIRECTIVE: ['An invalid directive', 'Put a value that begins with % in quotes; manifests need no directives.'],
};

function syntaxMessage(error: YAMLError): string {
  const said = firstLine(error.message);
  const closing = /end with a (.)$/.exec(said)?.[1];
  if (closing !== undefined) return `The closing ${closing} is missing, or stands too far to the left`;
  return SYNTAX[error.code]?.[0] ?? shortened(said, 200);
}

function syntaxHint(code: string): string | undefined {
  return SYNTAX[code]?.[1];
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
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
      ? [
          problem('ING1006', `The key "${String(key.value)}" stands twice in this mapping`, {
            at: place,
            hint: 'Keep one of the two.',
          }),
        ]
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

function toSource(source: SourceFile, document: Document.Parsed, at: At, diagnostics: Diagnostic[]): SourceDocument[] {
  const locate: SourceDocument['locate'] = (path, part = 'value') => {
    const range = rangeOf(document, document.contents, segmentsOf(path), part);
    return at(range[0], range[1]);
  };
  const value = valueOf(document);
  if (value !== undefined && isObject(value)) return [{ file: source.file, value, locate }];
  diagnostics.push(
    value === undefined
      ? problem('ING1004', 'The aliases of this document stand for too many values', {
          at: locate(''),
          hint: 'Write the values out.',
        })
      : problem('ING1009', 'A manifest must be a mapping with apiVersion, kind, metadata and spec', { at: locate('') }),
  );
  return [];
}

/** The plain value; undefined when its aliases would unfold to more than is allowed. */
function valueOf(document: Document.Parsed): Json | undefined {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as Json;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
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
