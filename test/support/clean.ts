import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { hasTypeData, typeDataFolder } from '../../packages/local-azure/test/support/type-check.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a run must leave as it found it. */
interface Before {
  /** Where every test finds `os.tmpdir()`. */
  readonly temporary: string;
  /** Lines of `git status`, changed files with a hash of their changes; undefined where this is not a clone. */
  readonly tree: ReadonlySet<string> | undefined;
}

let before: Before | undefined;

/** Runs before the first test: gives the run a temporary folder and remembers the work tree. */
export function setup({ config }: Pick<TestProject, 'config'>): void {
  if (!hasTypeData)
    process.stderr.write(
      `Not checked: bodies against Azure's types, for want of ${typeDataFolder} (AZURE_TYPES_DIR).\n`,
    );
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'ingate-tests-')));
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = temporary;
  // Node keeps compiled code in the temporary folder unless it is told where.
  process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules', '.cache', 'compiled');
  before = { temporary, tree: config.watch ? undefined : workTree() };
}

/** Runs after the last test: throws, with names, when something was left behind in the temporary folder or the work tree. */
export function teardown(): void {
  if (!before) return;
  const { temporary, tree } = before;
  const left = readdirSync(temporary).map((name) => `${name} in the temporary folder`);
  rmSync(temporary, { recursive: true, force: true });
  const now = tree && workTree();
  const changed = tree && now ? [...now].filter((line) => !tree.has(line)) : [];
  const found = [...left, ...changed.map((line) => `${line.trim()} in the work tree`)];
  if (found.length > 0) throw new Error(`The tests left behind:\n${found.map((line) => `  ${line}`).join('\n')}`);
}

/** Ignored files count as well, but for what was installed. */
function workTree(): ReadonlySet<string> | undefined {
  try {
    const status = git('status', '--porcelain', '--untracked-files=all', '--ignored').split('\n');
    const lines = status.filter((line) => line !== '' && !line.startsWith('!! node_modules'));
    return new Set(lines.map((line) => (/^.?M/u.test(line) ? `${line} ${changesOf(line.slice(3))}` : line)));
  } catch {
    return undefined;
  }
}

function changesOf(path: string): string {
  return createHash('sha256')
    .update(git('diff', 'HEAD', '--', path))
    .digest('hex')
    .slice(0, 8);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  });
}
