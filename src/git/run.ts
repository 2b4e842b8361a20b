import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Never asks for a password, and does nothing that a hook or a pager could interfere with. */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '0' };

/** Most bytes of output that are taken. */
export const MAX_OUTPUT = 256 * 1024 * 1024;

export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...QUIET };
}

/** Whether a folder is surely in no repository, which takes no process: neither it nor one above has `.git`, and no variable names one. */
export function isOutside(folder: string): boolean {
  if (process.env['GIT_DIR'] !== undefined) return false;
  for (let one = resolve(folder); ; one = dirname(one)) {
    if (existsSync(join(one, '.git'))) return false;
    if (dirname(one) === one) return true;
  }
}

/** What git answered, or why it did not: its own first line of error, or that it cannot be run. */
export type Answer =
  | { readonly output: string; readonly refusal?: undefined }
  | { readonly output?: undefined; readonly refusal: string };

/** Runs git in `root`, and keeps what it says when it refuses. Messages are in English. */
export async function gitOrRefusal(root: string, ...args: readonly string[]): Promise<Answer> {
  try {
    const env = { ...gitEnvironment(), LC_ALL: 'C' };
    const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: MAX_OUTPUT, env });
    return { output: stdout };
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

function refusalOf(error: unknown): string {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown };
  if (code === 'ENOENT') return 'git cannot be run';
  const [first = ''] = typeof stderr === 'string' ? stderr.trim().split('\n') : [];
  return first === '' ? 'git gave no reason' : first;
}

/** Runs git in `root`; undefined when git is missing, this is no repository, or the command fails. */
export async function git(root: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: MAX_OUTPUT, env: gitEnvironment() });
    return stdout;
  } catch {
    return undefined;
  }
}
