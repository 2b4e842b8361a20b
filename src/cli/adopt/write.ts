import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { saveFile } from '../save-file.ts';

/** Writes files and removes others. Paths are from `root`. */
export function replaceFiles(root: string, files: ReadonlyMap<string, string>, removed: readonly string[]): void {
  for (const path of removed) rmSync(join(root, path), { force: true });
  for (const [path, text] of files) {
    saveFile(join(root, path), text, { shown: path });
  }
}
