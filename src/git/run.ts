import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Never asks for a password, and does nothing that a hook or a pager could interfere with. */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '0' };

/** Most bytes of output that are taken. */
export const MAX_OUTPUT = 256 * 1024 * 1024;

export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...QUIET };
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
