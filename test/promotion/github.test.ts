import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { azureDevOpsPulls } from '../../src/forge/azure-devops-pulls.ts';
import { postPull, type Pull, type Pulls } from '../../src/forge/pulls.ts';
import { startAzureRepos } from './azure-repos.ts';
import { createEstate, idIn, type Estate } from './estate.ts';

const LOGIN = 'ingate-bot';
const SEED = {
  tokens: { 'token-of-the-bot': { login: LOGIN, scopes: ['repo'] } },
  github: { users: [{ login: LOGIN }], repos: [{ owner: LOGIN, name: 'estate', auto_init: true }] },
};

let github: Emulator;
let estate: Estate;
let origin = '';
beforeAll(async () => {
  github = await createEmulator({ service: 'github', port: 0, seed: SEED });
});
afterAll(() => github.close());
beforeEach(async () => {
  github.reset();
  origin = mkdtempSync(join(tmpdir(), 'ingate-origin-'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  estate = await createEstate(
    {},
    { GITHUB_TOKEN: 'token-of-the-bot', GITHUB_REPOSITORY: `${LOGIN}/estate`, GITHUB_API_URL: github.url },
  );
  estate.git('remote', 'add', 'origin', origin);
  estate.git('push', '--quiet', 'origin', 'main');
});
afterEach(async () => {
  await estate.close();
  rmSync(origin, { recursive: true, force: true });
});

const promote = (...args: readonly string[]) => estate.ingate('promote', '--release', 'support', '--to', 'qa', ...args);

interface GithubPull {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly body: string;
  readonly head: { readonly ref: string };
}

async function api(method: string, path: string, body?: object): Promise<unknown> {
  const reply = await fetch(`${github.url}/repos/${LOGIN}/estate${path}`, {
    method,
    headers: { authorization: 'Bearer token-of-the-bot', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return reply.json();
}
const pulls = async () => (await api('GET', '/pulls?state=all')) as GithubPull[];

async function released(): Promise<string> {
  await estate.ok('apply', '-e', 'dev', '--yes');
  const id = idIn(await estate.ok('release', 'support'));
  await estate.ok('evidence', 'sign', '-e', 'dev');
  return id;
}

describe('promotion on GitHub', () => {
  it('has one open pull request per release and environment, and older ones are closed as superseded', async () => {
    const first = await released();
    const made = await promote();
    expect([made.code, made.out], made.err).toEqual([0, expect.stringContaining(': created')]);
    const tip = execFileSync('git', ['-C', origin, 'rev-parse', `promote/support/qa/${first}`], { encoding: 'utf8' });
    const again = await promote();
    expect([again.code, again.out], again.err).toEqual([0, expect.stringContaining(': unchanged')]);
    expect(execFileSync('git', ['-C', origin, 'rev-parse', `promote/support/qa/${first}`], { encoding: 'utf8' })).toBe(
      tip,
    );
    expect(await pulls()).toMatchObject([
      { state: 'open', title: `Promote support ${first} to qa`, head: { ref: `promote/support/qa/${first}` } },
    ]);
    // Somebody's own pull request is left alone, whatever its branch is called.
    await api('POST', '/pulls', { title: 'mine', head: 'promote/support/qa/mine', base: 'main', body: 'mine' });

    estate.git('clean', '-fdq', 'releases');
    estate.prompt("Say 'please hold on' kindly.\n");
    estate.git('commit', '-qam', 'a better prompt');
    estate.git('push', '--quiet', 'origin', 'main');
    const second = await released();
    const next = await promote();
    expect([next.code, next.out], next.err).toEqual([0, expect.stringContaining('closed as superseded: #1')]);
    expect((await pulls()).map(({ state, head }) => `${head.ref} ${state}`).toSorted()).toEqual(
      [
        `promote/support/qa/${first} closed`,
        `promote/support/qa/${second} open`,
        'promote/support/qa/mine open',
      ].toSorted(),
    );
    expect((await promote()).out).toContain(': unchanged');
  });

  it('follows the target branch, and never overwrites what somebody added to its branch', async () => {
    const id = await released();
    await promote();
    const branch = `promote/support/qa/${id}`;
    estate.git('clean', '-fdq', 'releases');
    // Something unrelated is merged: the commit stays. Something in the same file: it is made anew.
    estate.write({ 'README.md': 'unrelated\n' });
    estate.git('add', 'README.md');
    estate.git('commit', '-qm', 'unrelated');
    estate.git('push', '--quiet', 'origin', 'main');
    await estate.ok('release', 'support');
    expect((await promote()).out).toContain(': unchanged');
    estate.git('clean', '-fdq', 'releases');
    const pointer = estate.git('show', 'main:environments/qa/release.yaml');
    estate.write({ 'environments/qa/release.yaml': `${pointer}# one more line\n` });
    estate.git('commit', '-qam', 'a comment');
    estate.git('push', '--quiet', 'origin', 'main');
    await estate.ok('release', 'support');
    const anew = await promote();
    expect(anew.out, anew.err).toContain(': updated');
    expect(estate.git('show', `origin/main:environments/qa/release.yaml`)).toContain('one more line');
    expect(
      execFileSync('git', ['-C', origin, 'show', `${branch}:environments/qa/release.yaml`], { encoding: 'utf8' }),
    ).toContain('one more line');

    estate.git('fetch', '--quiet', 'origin');
    estate.git('clean', '-fdq', 'releases');
    estate.git('checkout', '--quiet', '-b', 'mine', `origin/${branch}`);
    estate.write({ 'README.md': 'mine\n' });
    estate.git('commit', '-qam', 'my own commit');
    estate.git('push', '--quiet', 'origin', `mine:${branch}`);
    estate.git('checkout', '--quiet', 'main');
    await estate.ok('release', 'support');
    const refused = await promote();
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('ING8113')]);
    expect(execFileSync('git', ['-C', origin, 'log', '-1', '--format=%s', branch], { encoding: 'utf8' })).toBe(
      'my own commit\n',
    );
  });

  it('says what is missing when there is no token, and never shows the remote', async () => {
    const id = await released();
    const bare = await createEstate();
    try {
      const none = await bare.ingate('promote', '--release', 'support', '--to', 'qa');
      expect([none.code, none.err]).toEqual([1, expect.stringContaining('--offline')]);
    } finally {
      await bare.close();
    }
    estate.git('remote', 'set-url', 'origin', 'https://user:hunter2-password@127.0.0.1:1/x.git');
    const ran = await promote('--id', id);
    expect(ran.code).toBe(1);
    expect(ran.out + ran.err).not.toContain('hunter2');
  });
});

describe('promotion on Azure DevOps', () => {
  it('opens, updates and abandons', async () => {
    const repos = await startAzureRepos();
    const { collection, pullRequests, threads } = repos;
    try {
      const forge: Pulls = azureDevOpsPulls({ collection, project: 'p', repositoryId: 'r', token: 't' });
      const wanted = { family: 'promote/a/qa/', base: 'main', title: 'A', body: 'x'.repeat(9000) };
      const first = await postPull(forge, { ...wanted, head: 'promote/a/qa/1' });
      expect(first).toEqual({ outcome: 'created', url: 'https://x/_git/r/pullrequest/1', superseded: [] });
      expect(String(pullRequests[0]?.['description']).length).toBeLessThanOrEqual(4000);
      expect((await postPull(forge, { ...wanted, head: 'promote/a/qa/1' })).outcome).toBe('unchanged');
      expect((await postPull(forge, { ...wanted, head: 'promote/a/qa/1', title: 'B' })).outcome).toBe('updated');
      expect((await postPull(forge, { ...wanted, head: 'promote/a/qa/2' })).superseded).toEqual([1]);
      expect(pullRequests.map((one) => one['status'])).toEqual(['abandoned', 'active']);
      expect(threads).toHaveLength(1);
      const open: readonly Pull[] = await forge.open('main');
      expect(open).toMatchObject([{ number: 2, head: 'promote/a/qa/2' }]);
    } finally {
      repos.close();
    }
  });
});
