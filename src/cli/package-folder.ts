import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of something that is published beside the code, such as `schema` or `templates`: below the nearest folder above this
 * file that has a package.json. Sources and the bundle lie at different depths, so no distance is written down.
 */
export function packagePath(...parts: readonly string[]): string {
  return join(packageFolder(dirname(fileURLToPath(import.meta.url))), ...parts);
}

function packageFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`There is no package.json above ${from}`);
  }
}
