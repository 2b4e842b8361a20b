import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, SourcePosition } from '../../model/diagnostic.ts';
import { styled, type Line } from '../text.ts';

const LONGEST_LINE = 200;
const BEFORE = 80;

/** The line of a file that a position points to; undefined where it must not or cannot be shown. */
export type SourceLine = (at: SourcePosition) => string | undefined;

/** Problems as people read them: code, place, what happened, the line itself, and what to do next. */
export function diagnosticLines(diagnostics: readonly Diagnostic[], sourceLine: SourceLine = () => undefined): Line[] {
  return diagnostics.flatMap((diagnostic) => [...oneDiagnostic(diagnostic, sourceLine), []]);
}

function oneDiagnostic(diagnostic: Diagnostic, sourceLine: SourceLine): Line[] {
  const { code, severity, message, hint, at, related = [] } = diagnostic;
  return [
    [
      styled(severity === 'error' ? 'error' : 'warning', `${severity} ${code}`),
      ...(at ? [` ${place(at)}`] : diagnostic.resource === undefined ? [] : [` ${diagnostic.resource}`]),
    ],
    ['  ', styled('strong', message)],
    ...(at && code !== 'ING1018' ? snippet(at, sourceLine) : []),
    ...related.flatMap((one): Line[] => [
      ['  ', styled('dim', one.at ? `${one.message}: ${place(one.at)}` : one.message)],
    ]),
    ...(hint === undefined ? [] : [['  ', hint] as Line]),
  ];
}

function place(at: SourcePosition): string {
  return `${at.file}:${at.line}:${at.column}`;
}

function snippet(at: SourcePosition, sourceLine: SourceLine): Line[] {
  const text = sourceLine(at)?.replaceAll('\t', ' ');
  if (text === undefined) return [];
  const number = String(at.line);
  const { shown, column } = part(text, at.column);
  const underline = '^'.repeat(Math.max(1, Math.min(at.length, shown.length - column + 1)));
  return [
    [styled('dim', `  ${number} | `), shown],
    [styled('dim', `  ${' '.repeat(number.length)} | `), ' '.repeat(column - 1), styled('error', underline)],
  ];
}

/** The part of a line around a column, as long as a reader can take in; a manifest can be one line of a megabyte. */
function part(text: string, column: number): { shown: string; column: number } {
  if (text.length <= LONGEST_LINE) return { shown: text, column };
  const start = Math.max(0, Math.min(column - 1 - BEFORE, text.length - LONGEST_LINE));
  const end = start + LONGEST_LINE;
  const left = start > 0 ? '…' : '';
  const right = end < text.length ? '…' : '';
  return { shown: left + text.slice(start, end) + right, column: column - start + left.length };
}

/** Lines of files below `root`; each file is read once. Lines that hold a secret are never shown. */
export function sourceLines(root: string, secretPlaces: readonly SourcePosition[]): SourceLine {
  const files = new Map<string, readonly string[]>();
  const secret = new Set(secretPlaces.map((at) => `${at.file}:${at.line}`));
  return ({ file, line }) => {
    if (secret.has(`${file}:${line}`)) return undefined;
    const lines = files.get(file) ?? readLines(join(root, file));
    files.set(file, lines);
    return lines[line - 1];
  };
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
