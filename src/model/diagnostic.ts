import { shortened } from './english.ts';
import type { Pointer } from './json.ts';
import type { ProblemCode } from './problems.ts';
import type { ResourceId } from './resource-id.ts';

/** A place in a file. `file` is relative to the project root with forward slashes; line and column start at 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Number of characters to underline, at least 1. */
  readonly length: number;
}

/**
 * Where a field below `spec` was written; the nearest enclosing place when the field itself was not. A field that was read
 * from a file is where the manifest names the file; with `line` (from 1), that line of the file.
 */
export type PositionOf = (field: Pointer, line?: number) => SourcePosition;

/** Longest message and hint: they may quote a file or an answer that has no limit of its own. */
const MOST_CHARACTERS = 2000;

export type Severity = 'error' | 'warning';

/**
 * One problem: what happened (`message`), where, and what to do next (`hint`). Why it matters in general is
 * in the table of problems under `code`. Texts are plain and may hold hostile input; whoever prints them escapes them.
 */
export interface Diagnostic {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly resource?: ResourceId;
  readonly at?: SourcePosition;
  /** Other places that belong to it, such as the first of two duplicates. */
  readonly related?: readonly { readonly message: string; readonly at?: SourcePosition }[];
}

export type DiagnosticDetails = Partial<Pick<Diagnostic, 'hint' | 'resource' | 'at' | 'related'>>;

/** Drops members that are undefined, so that callers can pass what they may not have. */
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

export function problem(code: ProblemCode, message: string, details: Loose<DiagnosticDetails> = {}): Diagnostic {
  return diagnostic('error', code, message, details);
}

/** A problem that does not block. */
export function warning(code: ProblemCode, message: string, details: Loose<DiagnosticDetails> = {}): Diagnostic {
  return diagnostic('warning', code, message, details);
}

function diagnostic(
  severity: Severity,
  code: ProblemCode,
  message: string,
  details: Loose<DiagnosticDetails>,
): Diagnostic {
  const known = Object.entries(details).filter(([, value]) => value !== undefined);
  const given = Object.fromEntries(known) as DiagnosticDetails;
  return {
    code,
    severity,
    message: shortened(message, MOST_CHARACTERS),
    ...given,
    ...(given.hint === undefined ? {} : { hint: shortened(given.hint, MOST_CHARACTERS) }),
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === 'error');
}

/** By file, line and column; problems without a place come last. Stable, so that output is the same every time. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => comparePlaces(a.at, b.at) || a.code.localeCompare(b.code));
}

function comparePlaces(a: SourcePosition | undefined, b: SourcePosition | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}

/** Carries a finished problem through code that can only reject. */
export class ProblemError extends Error {
  readonly problem: Diagnostic;

  constructor(found: Diagnostic) {
    super(found.message);
    this.name = 'ProblemError';
    this.problem = found;
  }
}

/** ING5013: something that another resource produces is missing, although that resource was applied or read. */
export function notKnown(message: string): ProblemError {
  return new ProblemError(problem('ING5013', message));
}
