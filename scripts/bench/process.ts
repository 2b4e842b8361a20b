import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from './context.ts';

/** How a fresh process went. */
export interface Usage {
  readonly milliseconds: number;
  /** Processor time, user and system. */
  readonly cpu: number;
  /** Largest resident set in bytes. */
  readonly memory: number;
  readonly stdout: string;
}

const recorder = fileURLToPath(new URL('record-usage.mjs', import.meta.url));

const filler = fileURLToPath(new URL('fill.ts', import.meta.url));

const player = fileURLToPath(new URL('progress-process.ts', import.meta.url));

/** Wall-clock milliseconds of a process of which nothing else is of interest. Rejects when it fails. */
export async function timed(command: string, args: readonly string[], cwd?: string): Promise<number> {
  const started = performance.now();
  await finished(command, args, { cwd });
  return performance.now() - started;
}

/** Runs the command line in a fresh process that writes down what it used. Rejects when it ends with another code than 0. */
export async function ingate(context: Context, args: readonly string[]): Promise<Usage> {
  const usageFile = join(context.folder, 'usage.json');
  const started = performance.now();
  const stdout = await finished(process.execPath, ['--import', recorder, context.entry, ...args], {
    env: { ...process.env, BENCH_USAGE: usageFile, CI: '' },
  });
  const milliseconds = performance.now() - started;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  return { milliseconds, cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS * 1024, stdout };
}

/** Creates everything that a project declares, as fast as the embedded Azure takes it. */
export async function fill(project: string): Promise<void> {
  await finished(process.execPath, [filler, project]);
}

/** Processor milliseconds that it takes to show an apply of so many resources for so long. */
export async function replayProgress(context: Context, resources: number, milliseconds: number): Promise<number> {
  const file = join(context.folder, 'progress.txt');
  await finished(process.execPath, [player, String(resources), String(Math.round(milliseconds)), file]);
  return Number(readFileSync(file, 'utf8'));
}

interface FinishedOptions {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** Told of the process once it runs. */
  readonly started?: (pid: number) => void;
}

/** Resolves to what a process printed. Rejects with its error output when it fails. */
export function finished(command: string, args: readonly string[], options: FinishedOptions = {}): Promise<string> {
  const { started, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...rest });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${stderr || stdout.slice(-4000)}`));
    });
    if (child.pid !== undefined) started?.(child.pid);
  });
}

/** Largest resident set so far of a running process, in bytes; undefined where the system does not tell. */
export function peakMemory(pid: number): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'));
  return found ? Number(found[1]) * 1024 : undefined;
}
