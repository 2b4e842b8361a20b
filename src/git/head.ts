import type { Head } from '../model/plan.ts';
import { git, gitOrRefusal, isOutside } from './run.ts';

/** What an environment is made of, as far as a comparison with a commit needs it. Paths are from the root, with `/`. */
export interface Dependencies {
  /** Outermost files and folders. */
  paths(): readonly string[];
  /** Files that were read. */
  read(): readonly string[];
  /** Whether a file counts that only the commit has, or only the work tree. */
  dependsOn(path: string): boolean;
}

const OUTSIDE = 'the files are not in a Git repository';

/** More paths than this are not passed on a command line. */
const MOST_PATHS = 500;

/**
 * The commit that is checked out, and which of the files that something depends on differ from it; all files without
 * `dependencies`. A file that Git ignores and that is read anyway differs, because the commit does not have it.
 */
export async function readHead(root: string, dependencies?: Dependencies): Promise<Head> {
  if (isOutside(root)) return { commit: null, dirty: false, missing: OUTSIDE };
  const found = await gitOrRefusal(root, 'rev-parse', '--verify', 'HEAD');
  if (found.output === undefined) return { commit: null, dirty: false, missing: whyMissing(found.refusal) };
  const commit = found.output.trim();
  const changed = await changedFiles(root, dependencies);
  if (changed === undefined) return { commit, dirty: true };
  return { commit, dirty: changed.length > 0, ...(changed.length > 0 ? { changed } : {}) };
}

/** Why a repository names no commit, on one line, from git's refusal to name it. */
function whyMissing(refusal: string): string {
  if (refusal.startsWith('fatal: Needed a single revision')) return 'the repository has no commit yet';
  return refusal.startsWith('fatal: not a git repository') ? OUTSIDE : refusal;
}

async function changedFiles(root: string, dependencies: Dependencies | undefined): Promise<string[] | undefined> {
  const paths = dependencies?.paths() ?? [];
  const limits = paths.length <= MOST_PATHS && !paths.includes('.') ? paths : [];
  const literal = limits.map((path) => `:(top,literal)${path}`);
  const [differing, added] = await Promise.all([
    git(root, 'diff', '--name-only', '--no-renames', '--no-ext-diff', '-z', 'HEAD', '--', ...literal),
    dependencies ? missingInCommit(root, dependencies.read(), limits) : untracked(root),
  ]);
  if (differing === undefined) return undefined;
  const tracked = names(differing).filter((path) => dependencies?.dependsOn(path) ?? true);
  return added && [...new Set([...tracked, ...added])].toSorted();
}

async function missingInCommit(root: string, read: readonly string[], limits: readonly string[]) {
  const listing = await git(root, 'ls-tree', '-r', '-z', '--name-only', '--full-tree', 'HEAD', '--', ...limits);
  if (listing === undefined) return undefined;
  const known = new Set(names(listing));
  return read.filter((path) => !known.has(path));
}

async function untracked(root: string): Promise<string[] | undefined> {
  const listing = await git(root, 'ls-files', '--others', '--exclude-standard', '--full-name', '-z');
  return listing === undefined ? undefined : names(listing);
}

function names(listing: string): string[] {
  return listing.split('\0').filter((name) => name !== '');
}
