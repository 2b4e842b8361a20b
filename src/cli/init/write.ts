import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import { saveFile } from '../save-file.ts';

/** First line of every file that may be written anew. */
export const HEADER = 'Written by `ingate init`; `ingate init --force` writes it anew as long as this line is here.';

/** What happened to a file: `kept` was there before and is left alone, `same` already has this text. */
export type Written = 'new' | 'replaced' | 'extended' | 'kept' | 'same';

export interface WriteReport {
  readonly files: ReadonlyMap<string, Written>;
  readonly problems: readonly Diagnostic[];
}

/**
 * Writes files that are not there. One that is there stays, unless `force` is given and its first line says that it was
 * written here. Nothing is written through links.
 */
export function writeFiles(root: string, files: ReadonlyMap<string, string>, force: boolean): WriteReport {
  const written = new Map<string, Written>();
  const problems: Diagnostic[] = [];
  for (const [name, text] of files) {
    const result = attempt(root, name, (save) => {
      const path = join(root, name);
      const written = outcomeOf(readText(path), text, force);
      if (written === 'new' || written === 'replaced') save(text);
      return written;
    });
    if (typeof result === 'string') written.set(name, result);
    else problems.push(result);
  }
  return { files: written, problems };
}

/** Adds lines at the end of a file where it does not have them yet. */
export function appendLines(root: string, name: string, lines: readonly string[]): Written | Diagnostic {
  return attempt(root, name, (save) => {
    const path = join(root, name);
    const before = readText(path);
    const present = new Set((before ?? '').split(/\r?\n/).map((line) => line.trim()));
    const missing = lines.filter((line) => !present.has(line));
    if (missing.length === 0) return 'same';
    const gap = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
    save(`${before ?? ''}${gap}${missing.join('\n')}\n`);
    return before === undefined ? 'new' : 'extended';
  });
}

function outcomeOf(before: string | undefined, text: string, force: boolean): Written {
  if (before === undefined) return 'new';
  if (before === text) return 'same';
  return force && before.slice(0, 200).split('\n', 1)[0]?.includes(HEADER) ? 'replaced' : 'kept';
}

function readText(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : undefined;
}

type Write = (save: (text: string) => void) => Written;

function attempt(root: string, name: string, write: Write): Written | Diagnostic {
  const link = linkOnTheWay(root, name);
  if (link !== undefined) return problem('ING6301', `${name} was not written: ${link} is a link`);
  try {
    return write((text) => saveFile(join(root, name), text, { shown: name }));
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    return problem('ING6301', `${name} was not written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function linkOnTheWay(root: string, name: string): string | undefined {
  const parts = name.split('/');
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return paths.find((path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink());
}
