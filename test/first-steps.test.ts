import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runInProcess, type Ran } from './support/lab.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const repository = fileURLToPath(new URL('..', import.meta.url));
const MOST_LINES = 120;
const SAYS_NOTHING = /^(No resource of this environment|Nothing|There is no|)\s*$/;

const folder = mkdtempSync(join(tmpdir(), 'ingate-first-'));
const clone = join(folder, 'clone');

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', clone, '-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    encoding: 'utf8',
  });
}

/** The repository as it is in the work tree, committed; packages are those of the repository. */
function makeClone(): void {
  const listing = execFileSync('git', [
    '-C',
    repository,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  for (const name of listing.toString().split('\0')) {
    const isNeeded = name !== '' && !/^(test|docs)\//.test(name) && existsSync(join(repository, name));
    if (!isNeeded) continue;
    mkdirSync(dirname(join(clone, name)), { recursive: true });
    cpSync(join(repository, name), join(clone, name));
  }
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
  // Packages are outside of the commit, and nothing here installs any.
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'), 'dir');
  execFileSync('sh', ['-c', 'echo node_modules >> .git/info/exclude'], { cwd: clone });
}

function run(command: string) {
  const env = { ...process.env, TMPDIR: folder, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: clone, encoding: 'utf8', env });
  return { status, stdout, stderr, all: stdout + stderr };
}

/** Command lines of the README's blocks, without what comes after `#`. */
function commandLines(): string[] {
  const text = readFileSync(join(repository, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s#.*$/, '').trim())
    .filter((line) => line.startsWith('npm run'));
}

function start() {
  return run(`"${process.execPath}" scripts/start.ts`);
}

let first: ReturnType<typeof run>;
beforeAll(() => {
  makeClone();
  first = start();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm start', () => {
  function expectGood({ status, all }: ReturnType<typeof run>): void {
    expect(status, all).toBe(0);
    expect(all.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    expect(all).toMatch(/~- Never promise a refund\{\+.*\+\}/);
    expect(all).toMatch(/EvaluationGate\/support-release {2}PASS {2}support version 2 against support version 1/);
    expect(all.slice(all.lastIndexOf('$ ingate'))).toContain('No changes.');
    expect(git('status', '--porcelain')).toBe('');
  }

  it('shows the plan by kind, the apply, a change with its gate, and an empty plan', () => {
    expectGood(first);
    expect(first.all).toMatch(/RISK003 Widens privileges: RoleAssignment/);
    expect(first.all).toMatch(/Apply complete: \d+ added/);
  });

  it('shows the change again when it is run again', () => {
    expectGood(start());
  });

  it('names commands that work', async () => {
    const named = first.all.match(/npm run ingate -- [^\n]*?(?= {2,}|\n|$)/g) ?? [];
    expect(named.length).toBeGreaterThan(2);
    for (const line of named.filter((one) => !one.includes('local reset'))) await expectToSay(line);
  });
});

/**
 * `npm run ingate` is a process of this Node: what the script adds is the installation of packages. Only a line that asks
 * something of the shell is run as a process; the others differ in nothing from a call in this one.
 */
async function expectToSay(line: string): Promise<void> {
  const [, words = ''] = /^npm run (?:-s )?ingate -- (.*)$/.exec(line) ?? [];
  expect(words, line).not.toBe('');
  const ran = /[^\w\s./:=-]/.test(words) ? inShell(words) : await inProcess(words);
  expect(ran.code, `${line}\n${ran.out}${ran.err}`).toBe(0);
  const redirected = / > (\S+)$/.exec(line)?.[1];
  const said = redirected === undefined ? ran.out : readFileSync(join(clone, redirected), 'utf8');
  expect(said, line).not.toMatch(SAYS_NOTHING);
}

function inShell(words: string): Ran {
  const { status, stdout, stderr } = run(`"${process.execPath}" src/cli/main.ts ${words}`);
  return { code: status ?? -1, out: stdout, err: stderr };
}

async function inProcess(words: string): Promise<Ran> {
  const before = process.cwd();
  process.chdir(clone);
  try {
    return await runInProcess(words.split(/\s+/), process.env as Record<string, string>);
  } finally {
    process.chdir(before);
  }
}

describe('the README', () => {
  it('has commands to try', () => {
    expect(commandLines().length).toBeGreaterThan(12);
  });

  // The order is that of the page: later lines may use what earlier ones made.
  it.each(commandLines())('%s', async (line) => {
    await expectToSay(line);
  });
});
