/** Which files of a project may be read, as far as their names say. Paths are from the root, with forward slashes. */
export interface Admission {
  file(path: string): boolean;
  /** Which of several paths in one folder are admitted; a folder is where a file below it is. */
  among(folder: string, paths: readonly string[]): ReadonlySet<string>;
  /** False for what belongs to Git or to ingate itself, at any depth. */
  folder(path: string): boolean;
}

/** Lists the files at or below a path that Git has or would take; undefined outside of a repository. */
export type ListFiles = (path: string) => readonly string[] | undefined;

/**
 * In a repository a file is admitted when Git has it or would take it; elsewhere, when no part of its path begins with a
 * dot. What lies below `.git` or `.ingate` never is.
 */
export function createAdmission(listFiles: ListFiles): Admission {
  const listings = new Map<string, ReadonlySet<string> | undefined>();

  function listed(path: string): ReadonlySet<string> | undefined {
    const [top = ''] = path.split('/', 1);
    if (!listings.has(top)) listings.set(top, withFolders(listFiles(top)));
    return listings.get(top);
  }

  function file(path: string): boolean {
    if (isInternal(path)) return false;
    const known = listed(path);
    if (known === undefined) return !isHidden(path);
    // A file may be younger than the listing.
    return known.has(normal(path)) || withFolders(listFiles(path))?.has(normal(path)) === true;
  }

  function among(folder: string, paths: readonly string[]): ReadonlySet<string> {
    const candidates = paths.filter((path) => !isInternal(path));
    const known = isRoot(folder) ? withFolders(listFiles('.')) : listed(folder);
    if (known === undefined) return new Set(candidates.filter((path) => !isHidden(path)));
    const isComplete = candidates.every((path) => known.has(normal(path)));
    const now = isComplete || isRoot(folder) ? known : (withFolders(listFiles(folder)) ?? known);
    return new Set(candidates.filter((path) => now.has(normal(path))));
  }

  return { file, among, folder: (path) => !isInternal(path) };
}

function isRoot(folder: string): boolean {
  return folder === '' || folder === '.';
}

/** macOS spells names in another normal form than Git does. */
function normal(path: string): string {
  return path.normalize('NFC');
}

function isInternal(path: string): boolean {
  return /(?:^|\/)\.(?:git|ingate)(?:\/|$)/i.test(path);
}

function isHidden(path: string): boolean {
  return /(?:^|\/)\.(?!\/|$)/.test(path);
}

function withFolders(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (names === undefined) return undefined;
  const all = new Set<string>();
  for (const name of names.map(normal)) {
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) all.add(name.slice(0, at));
    all.add(name);
  }
  return all;
}
