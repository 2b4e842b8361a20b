import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { problem, ProblemError } from '../model/diagnostic.ts';

export interface SaveOptions {
  /** For messages; the path without it. */
  readonly shown?: string;
  /** Permissions of the file; those that the process gives without it. */
  readonly mode?: number;
}

/**
 * Writes a file beside its place and moves it there, so that a full disk or a crash never leaves half of one. Only a
 * regular file is ever replaced. Folders on the way are made. Rejects with ING6003.
 */
export function saveFile(path: string, content: string | Uint8Array, { shown = path, mode }: SaveOptions = {}): void {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const other = otherThanFile(path);
    if (other !== undefined) throw unsaved(shown, `it is ${other}, and only a regular file is replaced`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    renameSync(temporary, path);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (existsSync(temporary)) rmSync(temporary);
    throw unsaved(shown, reasonOf(error));
  }
}

/**
 * Adds text at the end of a file, which is made when it is missing, with the folders on the way. For files that grow:
 * journals, and those that a pipeline hands out. Rejects with ING6003.
 */
export function appendToFile(path: string, text: string, { shown = path }: Pick<SaveOptions, 'shown'> = {}): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, text);
  } catch (error) {
    throw unsaved(shown, reasonOf(error));
  }
}

function unsaved(shown: string, why: string): ProblemError {
  return new ProblemError(
    problem('ING6003', `${shown} was not written: ${why}`, { hint: 'Name another file, or make room for this one.' }),
  );
}

function otherThanFile(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile()) return undefined;
  if (found.isDirectory()) return 'a folder';
  if (found.isSymbolicLink()) return 'a link';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a file cannot be read, in words. */
export function unreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'it does not exist';
  return code === 'EISDIR' ? 'it is a folder' : reasonOf(error);
}

/** The reason of the operating system in words. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
