import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files and removes others. Paths are from `root`. */
export function replaceFiles(root: string, files: ReadonlyMap<string, string>, removed: readonly string[]): void {
  for (const path of removed) rmSync(join(root, path), { force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
