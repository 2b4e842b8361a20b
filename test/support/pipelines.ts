import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { VERSION } from '../../src/cli/version.ts';

const main = new URL('../../src/cli/main.ts', import.meta.url);
/** Root of this repository, where action.yml is. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

/** Every script in a pipeline of either forge, in the order of the file. */
export function* scriptsOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (['run', 'bash', 'inlineScript'].includes(key) && typeof item === 'string') yield item;
    else yield* scriptsOf(item);
  }
}

/** Puts a package `ingate` of this version into a folder, as `npm install` would, that runs the source of this repository. */
export function installIngate(root: string): void {
  const folder = join(root, 'node_modules', 'ingate');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'ingate', version: VERSION, type: 'module', bin: { ingate: 'main.mjs' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.mjs'), `#!/usr/bin/env node\nimport '${main.href}';\n`, { mode: 0o755 });
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  symlinkSync('../ingate/main.mjs', join(root, 'node_modules', '.bin', 'ingate'));
}

export interface StepRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the step wrote to GITHUB_OUTPUT. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly temp: string;
}

/**
 * Runs the script of a step as GitHub's runner does: written to a file, bash with its flags, GITHUB_* variables, and outputs
 * read back from a file. Other `flags` for other runners. npm may not ask the registry. Never blocks, because an embedded Azure may live in this process.
 */
export async function runStep(
  root: string,
  script: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = ['--noprofile', '--norc', '-eo', 'pipefail'],
): Promise<StepRun> {
  const temp = env['RUNNER_TEMP'] ?? mkdtempSync(join(root, '.git', 'runner-'));
  const [file, output, summary] = ['step.sh', 'output', 'summary.md'].map((name) => join(temp, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(file, script);
  writeFileSync(output, '');
  writeFileSync(summary, '');
  const child = spawn('bash', [...flags, file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: temp,
      NO_COLOR: '1',
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: root,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temp,
      INGATE_VERSION: VERSION,
      ...env,
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  const outputs = parseOutputs(readFileSync(output, 'utf8'));
  return { status, stdout, stderr, outputs, summary: readFileSync(summary, 'utf8'), temp };
}

/** Reads `name=value` and `name<<END` blocks, as GitHub does. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block) {
      const end = lines.indexOf(block[2] ?? '');
      outputs[block[1] ?? ''] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join('\n');
    } else if (line.includes('=')) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return outputs;
}
