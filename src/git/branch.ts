import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, gitEnvironment, MAX_OUTPUT } from './run.ts';

/** A commit that is made without touching the work tree, the index or the branch that is checked out. */
export interface NewCommit {
  /** Full hash. */
  readonly parent: string;
  /** New content of files, by path from the root. */
  readonly files: ReadonlyMap<string, string>;
  readonly message: string;
}

/** What git refused. `message` is git's own, without any URL. */
export class GitError extends Error {
  constructor(message: string) {
    super(
      message
        .replaceAll(/\b[a-z+]+:\/\/\S+/g, '(remote)')
        .trim()
        .slice(0, 500),
    );
    this.name = 'GitError';
  }
}

/** Full hash of what a revision names; undefined when there is none. Revisions that look like options are not looked up. */
export async function commitOf(root: string, revision: string): Promise<string | undefined> {
  if (revision.startsWith('-')) return undefined;
  return (await git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`))?.trim();
}

/** Fetches a branch of origin. False when there is no origin, or it cannot be reached. */
export async function fetchBranch(root: string, branch: string): Promise<boolean> {
  const spec = `+refs/heads/${branch}:refs/remotes/origin/${branch}`;
  return (await git(root, 'fetch', '--quiet', '--no-tags', 'origin', spec)) !== undefined;
}

/** Stands in where git knows no author, as in pipelines. */
const NOBODY = { GIT_AUTHOR_NAME: 'ingate', GIT_AUTHOR_EMAIL: 'ingate@localhost' };
const COMMITTER = { GIT_COMMITTER_NAME: 'ingate', GIT_COMMITTER_EMAIL: 'ingate@localhost' };

/** Makes the commit. Author and time are those of whoever runs git, or nobody's where git does not know. */
export async function writeCommit(root: string, { parent, files, message }: NewCommit): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ingate-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await must(root, ['read-tree', parent], { env });
    for (const [path, text] of files) {
      const blob = (await must(root, ['hash-object', '-w', '--stdin'], { input: text })).trim();
      await must(root, ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env });
    }
    const tree = (await must(root, ['write-tree'], { env })).trim();
    const isKnown = (await git(root, 'var', 'GIT_COMMITTER_IDENT')) !== undefined;
    const author = isKnown ? {} : { ...NOBODY, ...COMMITTER };
    return (await must(root, ['commit-tree', tree, '-p', parent, '-F', '-'], { input: message, env: author })).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a commit has exactly these files changed against a parent that the base still contains. */
export async function isCommitOf(
  root: string,
  commit: string,
  base: string,
  { files, message }: Omit<NewCommit, 'parent'>,
) {
  const parent = await commitOf(root, `${commit}^`);
  // A branch that was merged and stayed asks for nothing any more.
  if ((await git(root, 'merge-base', '--is-ancestor', commit, base)) !== undefined) return false;
  if (parent === undefined || (await git(root, 'merge-base', '--is-ancestor', parent, base)) === undefined)
    return false;
  const said = await git(root, 'log', '-1', '--format=%B', commit);
  const changed = await git(root, 'diff', '--name-only', '-z', parent, commit);
  if (said?.trim() !== message.trim() || changed === undefined) return false;
  const paths = changed.split('\0').filter((path) => path !== '');
  if (paths.some((path) => !files.has(path))) return false;
  for (const [path, text] of files) if ((await textAt(root, commit, path)) !== text) return false;
  // What the base changed in the same files meanwhile would be lost or clash.
  const meanwhile = await git(root, 'diff', '--name-only', '-z', parent, base, '--', ...files.keys());
  return meanwhile === '';
}

/** A file as it was at a commit; undefined when there was none. */
export async function textAt(root: string, commit: string, path: string): Promise<string | undefined> {
  return git(root, 'cat-file', 'blob', `${commit}:${path}`);
}

export async function setBranch(root: string, branch: string, commit: string): Promise<void> {
  await must(root, ['update-ref', `refs/heads/${branch}`, commit]);
}

/** The commit of a branch of origin as origin says now; undefined when it has none. */
export async function remoteCommit(root: string, branch: string): Promise<string | undefined> {
  const line = await git(root, 'ls-remote', 'origin', `refs/heads/${branch}`);
  return /^[0-9a-f]{40,64}/.exec(line ?? '')?.[0];
}

/** Pushes a commit to a branch of origin that is at `expected` (undefined: is not there); anything else is refused. */
export async function pushBranch(root: string, branch: string, commit: string, expected: string | undefined) {
  const lease = `--force-with-lease=refs/heads/${branch}:${expected ?? ''}`;
  await must(root, ['push', '--quiet', '--no-verify', lease, 'origin', `${commit}:refs/heads/${branch}`]);
}

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

function must(root: string, args: readonly string[], { env = {}, input }: Given = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: MAX_OUTPUT, env: { ...gitEnvironment(), ...env } };
    const child = execFile('git', ['-C', root, ...args], options, (error, stdout, stderr) => {
      if (error) reject(new GitError(`git ${args[0] ?? ''}: ${stderr === '' ? error.message : stderr}`));
      else resolve(stdout);
    });
    // A git that ends early takes no input; its exit code tells why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
