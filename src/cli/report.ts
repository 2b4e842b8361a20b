import { foldRepeated } from '../model/azure-problem.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { diagnosticLines, sourceLines } from './render/diagnostics.ts';
import { count, jsonText, styled } from './text.ts';

export interface ReportOptions {
  readonly output?: string;
  /** Root of the repository, for showing the lines that positions point to. */
  readonly root?: string;
}

/** Tells problems in the form that was asked for: text on standard error, or one JSON document on standard output. */
export function reportProblems(io: Io, found: readonly Diagnostic[], { output, root }: ReportOptions): void {
  const diagnostics = foldRepeated(found);
  if (output === 'json') {
    io.write(`${jsonText({ outcome: 'error', diagnostics }, 2)}\n`);
    return;
  }
  const secrets = diagnostics.filter((one) => one.code === 'ING1018').flatMap((one) => one.at ?? []);
  io.say(...diagnosticLines(diagnostics, root === undefined ? undefined : sourceLines(root, secrets)));
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  if (errors > 0)
    io.say([styled('error', `${count(errors, 'problem')}.`), ' `ingate explain CODE` tells more about a code.']);
}

/** Safety, the rules of promotion, and evidence that does not hold. */
const REFUSALS = /^ING(3|81(08|09|10|11|12|15)|82(0|10|11))/;

/** The exit code that problems call for. */
export function exitCodeFor(diagnostics: readonly Diagnostic[]): number {
  const codes = new Set(diagnostics.map((one) => one.code));
  if (codes.has('ING3006') || codes.has('ING3007')) return exitCodes.stale;
  if (codes.has('ING6001') || codes.has('ING6007') || codes.has('ING6004')) return exitCodes.usage;
  if (codes.has('ING6401')) return exitCodes.locked;
  if (codes.has('ING6203')) return exitCodes.permission;
  if (codes.has('ING4002') || codes.has('ING4003')) return exitCodes.permission;
  if (codes.has('ING7001') || codes.has('ING7002')) return exitCodes.gateFailed;
  return [...codes].some((code) => REFUSALS.test(code)) ? exitCodes.refused : exitCodes.error;
}
