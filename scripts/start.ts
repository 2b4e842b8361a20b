// The first look: the sample environment `dev` is planned and applied to an embedded Azure. Then a prompt is changed in a copy
// of the repository and of that Azure, so that the work tree and `dev` stay as they are.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embeddedStateFile, readRunning } from '../src/azure/embedded.ts';
import { runCli } from '../src/cli/run.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const SAMPLE = ['environments', 'prompts', 'flows', 'data', 'apps', 'dashboards', 'releases'];
const PROMPT = 'prompts/support.md';
const BEFORE = '- Never promise a refund. Never ask for payment data.';
const AFTER = '- Never promise a refund: offer to hand over to a colleague. Never ask for payment data.';

/** In this process, which has loaded everything after the first command. */
async function ingate(folder: string, ...args: readonly string[]): Promise<void> {
  console.log(`\n$ ingate ${args.join(' ')}`);
  const code = await runCli([...args, '--cwd', folder]);
  if (code !== 0) throw new Error(`ingate ${args.join(' ')} ended with ${code}`);
}

/** A clone where git allows one, else a folder, with the sample as it is in the work tree and the state of its Azure. */
function copyInto(folder: string): void {
  const cloned = spawnSync('git', ['clone', '--quiet', '--shared', root, folder], { stdio: 'ignore' });
  if (cloned.status !== 0) mkdirSync(folder, { recursive: true });
  for (const name of SAMPLE) {
    rmSync(join(folder, name), { recursive: true, force: true });
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, '.ingate'));
  for (const suffix of ['', '-wal', '-shm']) {
    const state = embeddedStateFile(join(root, '.ingate')) + suffix;
    if (existsSync(state)) cpSync(state, embeddedStateFile(join(folder, '.ingate')) + suffix);
  }
}

/** Commits everything; where there is no repository, the plan says so. */
function commit(folder: string, message: string): void {
  const git = (...args: readonly string[]) => spawnSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  if (!existsSync(join(folder, '.git'))) return;
  git('add', '--all');
  git('-c', 'user.name=ingate', '-c', 'user.email=ingate@localhost', 'commit', '--quiet', '--no-verify', '-m', message);
}

async function tryChange(): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'ingate-start-'));
  try {
    const copy = join(temporary, 'copy');
    copyInto(copy);
    const prompt = readFileSync(join(copy, PROMPT), 'utf8');
    writeFileSync(join(copy, PROMPT), prompt.includes(BEFORE) ? prompt.replace(BEFORE, AFTER) : `${prompt}${AFTER}\n`);
    commit(copy, 'A friendlier word about refunds');
    console.log(`\nNow one line of ${PROMPT} changes, in a copy of the repository that is removed afterwards.`);
    await ingate(copy, 'plan', '-e', 'dev');
    await ingate(copy, 'apply', '-e', 'dev', '--yes', '--quiet');
    await ingate(copy, 'gate', 'report', '-e', 'dev');
    await ingate(copy, 'plan', '-e', 'dev', '--summary');
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  await ingate(root, 'plan', '-e', 'dev', '--summary');
  await ingate(root, 'apply', '-e', 'dev', '--yes', '--quiet');
  const running = readRunning(join(root, '.ingate'));
  if (running) console.log(`\nThe embedded Azure at ${running.url} is running, so no change is tried in a copy of it.`);
  else await tryChange();
  console.log(`
"dev" now stands in the embedded Azure, whose state is kept in .ingate/. Where to look next:
  npm run ingate -- status dev                     versions, revisions, traffic, gates and alerts
  npm run ingate -- invoke dev Agent/support --input hi
  edit ${PROMPT}, then: npm run ingate -- plan -e dev
  npm run ingate -- local reset                    start over; README.md has the other commands`);
}

try {
  await main();
} catch (error) {
  console.error(`\nnpm start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
