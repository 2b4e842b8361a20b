// What the composite action of action.yml runs: checks its inputs, starts ingate by npx, tells its exit code.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { githubOutputs } from '../src/cli/step-outputs.ts';

const COMMANDS = ['validate', 'plan', 'apply', 'drift', 'comment', 'doctor', 'history'];
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const ENVIRONMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Not failures: changes, drift, or both. */
const TELLING = [0, 2, 4, 6];

const input = (name: string): string => process.env[`INGATE_ACTION_${name}`] ?? '';

function problemsOf(workspace: string): string[] {
  const below = relative(workspace, resolve(workspace, input('DIRECTORY')));
  return [
    COMMANDS.includes(input('COMMAND')) ? '' : `command must be one of ${COMMANDS.join(', ')}`,
    input('ENVIRONMENT') === '' || ENVIRONMENT.test(input('ENVIRONMENT'))
      ? ''
      : 'environment is not a name of a folder',
    input('VERSION') === '' || VERSION.test(input('VERSION')) ? '' : 'version must be exact, such as 1.2.3',
    below === '..' || below.startsWith(`..${sep}`) ? 'working-directory lies outside of the workspace' : '',
  ].filter((problem) => problem !== '');
}

/** npx takes what is installed, or exactly one version; nothing after `--` is an option of its own. */
function argumentsOfNpx(): string[] {
  const version = input('VERSION');
  const source = version === '' ? ['--no'] : ['--yes', `--package=ingate@${version}`];
  const environment = input('ENVIRONMENT') === '' ? [] : ['--environment', input('ENVIRONMENT')];
  const more = input('ARGUMENTS')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...source, '--', 'ingate', input('COMMAND'), ...environment, ...more];
}

function run(folder: string): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn('npx', argumentsOfNpx(), {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: false,
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', fail);
    child.on('close', (code) => done(code ?? 1));
  });
}

function tellExitCode(code: number): void {
  const file = process.env['GITHUB_OUTPUT'] ?? '';
  if (file !== '') appendFileSync(file, githubOutputs({ 'exit-code': String(code) }));
}

const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
const problems = problemsOf(workspace);
if (problems.length > 0) {
  console.error(problems.map((problem) => `ingate action: ${problem}`).join('\n'));
  tellExitCode(64);
  process.exit(64);
}
const code = await run(resolve(workspace, input('DIRECTORY')));
tellExitCode(code);
process.exit(TELLING.includes(code) ? 0 : code);
