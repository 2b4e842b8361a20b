import type { Diagnostic, SourcePosition } from '../../model/diagnostic.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { decodeUtf8 } from '../../planner/load/discover.ts';
import { filesOnDisk } from '../../planner/load/files.ts';
import { styled, type Line } from '../text.ts';

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
    ...(at && code !== 'ING1018' && isManifest(at) ? snippet(at, sourceLine) : []),
    ...related.flatMap((one): Line[] => [
      ['  ', styled('dim', one.at ? `${one.message}: ${place(one.at)}` : one.message)],
    ]),
    ...(hint === undefined ? [] : [['  ', hint] as Line]),
  ];
}

/** Lines of data files may hold what must not be printed, such as questions of customers. */
function isManifest({ file }: SourcePosition): boolean {
  return /\.ya?ml$/u.test(file);
}

function place(at: SourcePosition): string {
  return `${at.file}:${at.line}:${at.column}`;
}

/** Characters of a line that are shown, and of those before the place. */
const SHOWN = 160;
const BEFORE = 60;

function snippet(at: SourcePosition, sourceLine: SourceLine): Line[] {
  const line = sourceLine(at)?.replaceAll('\t', ' ');
  if (line === undefined) return [];
  const start = line.length <= SHOWN ? 0 : Math.max(0, at.column - 1 - BEFORE);
  const head = start > 0 ? '…' : '';
  const text = head + line.slice(start, start + SHOWN) + (line.length > start + SHOWN ? '…' : '');
  const column = at.column - 1 - start + head.length;
  const number = String(at.line);
  const underline = '^'.repeat(Math.max(1, Math.min(at.length, text.length - column)));
  return [
    [styled('dim', `  ${number} | `), text],
    [styled('dim', `  ${' '.repeat(number.length)} | `), ' '.repeat(column), styled('error', underline)],
  ];
}

/** Lines of manifests below `root`, and of no other file; each file is read once. Lines that hold a secret are never shown. */
export function sourceLines(root: string, secretPlaces: readonly SourcePosition[]): SourceLine {
  const files = new Map<string, readonly string[]>();
  const onDisk = filesOnDisk(root);
  const secret = new Set(secretPlaces.map((at) => `${at.file}:${at.line}`));
  return ({ file, line }) => {
    if (secret.has(`${file}:${line}`)) return undefined;
    const lines = files.get(file) ?? readLines(onDisk, file);
    files.set(file, lines);
    return lines[line - 1];
  };
}

function readLines(files: ProjectFiles, path: string): readonly string[] {
  if (!/\.ya?ml$/.test(path) || files.stat(path)?.type !== 'file') return [];
  return (decodeUtf8(files.read(path)) ?? '').split(/\r?\n/);
}
