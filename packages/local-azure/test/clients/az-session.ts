import { execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('az-session.py', import.meta.url));

/** Commands of the Azure CLI with one environment, one after the other. */
export interface AzSession {
  /** Resolves to standard output; rejects with standard error when the command fails. */
  run(args: readonly string[]): Promise<string>;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One process for all commands where the Python of `az` is known, else one for each. */
export function startSession(env: NodeJS.ProcessEnv): AzSession {
  const python = pythonOfAz();
  if (python === undefined)
    return { run: async (args) => (await run('az', args, { env })).stdout, close: () => Promise.resolve() };
  const child = spawn(python, [PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<never>((_resolve, reject) => {
    child.on('error', reject).on('close', (code) => reject(new Error(`The session of az ended with ${code}`)));
  });
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  const next = async (args: readonly string[]): Promise<string> => {
    child.stdin.write(`${JSON.stringify(args)}\n`);
    const { value } = await Promise.race([lines.next(), ended]);
    const { code, out, err } = JSON.parse(String(value)) as Ran;
    if (code !== 0) throw new Error(`az ${args.join(' ')} ended with ${code}\n${err}`);
    return out;
  };
  return {
    run: (args) => {
      const ran = last.then(() => next(args));
      last = ran.catch(() => undefined);
      return ran;
    },
    close: async () => {
      child.stdin.end();
      await ended.catch(() => undefined);
    },
  };
}

/** The Python that the script `az` names in its first line, when it can load the CLI from anywhere. */
function pythonOfAz(): string | undefined {
  const { status, stdout } = spawnSync('which', ['az'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const python = /^#!(?<path>\/\S*python\S*)\s*$/mu.exec(readFileSync(stdout.trim(), 'utf8').split('\n')[0] ?? '');
  const path = python?.groups?.['path'];
  if (path === undefined) return undefined;
  return spawnSync(path, ['-c', 'import azure.cli.core']).status === 0 ? path : undefined;
}
