import { foldRepeated } from '../model/azure-problem.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { problemExits, type ProblemExit } from '../model/problem-info.ts';
import { problems, type ProblemCode } from '../model/problems.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { diagnosticLines, sourceLines } from './render/diagnostics.ts';
import { count, jsonText, styled } from './text.ts';

export interface ReportOptions {
  readonly output?: string;
  /** Root of the repository, for showing the lines that positions point to. */
  readonly root?: string;
}

/** Reports problems in the form that was asked for: text on standard error, or one JSON document on standard output. */
export function reportProblems(io: Io, found: readonly Diagnostic[], { output, root }: ReportOptions): void {
  const diagnostics = foldRepeated(found);
  if (output === 'json') {
    io.write(`${jsonText({ outcome: 'error', diagnostics }, 2)}\n`);
    return;
  }
  const secrets = diagnostics.filter((one) => one.code === 'ING1018').flatMap((one) => one.at ?? []);
  io.say(...diagnosticLines(diagnostics, root === undefined ? undefined : sourceLines(root, secrets)));
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  if (errors > 0) io.say([styled('error', `${count(errors, 'problem')}.`), ' Run `ingate explain CODE` for details.']);
}

/**
 * The exit code for what was reported: the strongest class of the errors decides, as the table of problems gives it.
 * Warnings count only where there is nothing else.
 */
export function exitCodeFor(diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter((one) => one.severity === 'error');
  const decisive = errors.length > 0 ? errors : diagnostics;
  const classes = new Set(decisive.map((one) => exitOf(one.code)));
  return exitCodes[problemExits.find((one) => classes.has(one)) ?? 'error'];
}

/** How a command ends that reports this code. */
export function exitOf(code: ProblemCode): ProblemExit {
  return problems[code].exit;
}
