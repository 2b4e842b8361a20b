import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderOf } from '../src/git/order.ts';
import { createLab, GROUP, type Lab } from './support/lab.ts';

const logs = (days: number): string =>
  `apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\nspec: { retentionInDays: ${days} }\n`;
const FILE = 'environments/dev/logs.yaml';

let lab: Lab;
let commits: readonly string[];
const git = (root: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', root, '-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** Commits with 30, 60 and 90 days, of which the last is checked out and applied. */
beforeEach(async () => {
  lab = await createLab({ files: { [FILE]: logs(30) } });
  const first = lab.commit('first');
  lab.write({ [FILE]: logs(60) });
  const second = lab.commit('second');
  lab.write({ [FILE]: logs(90) });
  commits = [first, second, lab.commit('third')];
  await lab.ingate('apply', '-e', 'dev', '--yes');
});
afterEach(() => lab.close());

const checkOut = (commit: string | undefined) => git(lab.root, 'checkout', '--quiet', commit ?? '');
const apply = (...more: readonly string[]) => lab.ingate('apply', '-e', 'dev', '--yes', ...more);
const writes = (): number => lab.azure.requests().filter(({ method }) => !['GET', 'HEAD'].includes(method)).length;

describe('an older commit', () => {
  it('is refused by plan and apply, named in text, Markdown and JSON, and nothing is written', async () => {
    checkOut(commits[0]);
    const before = writes();
    const applied = await apply();
    expect([applied.code, applied.out]).toEqual([11, expect.stringContaining('ING3026')]);
    expect(writes()).toBe(before);
    const message = `Commit ${commits[0]?.slice(0, 10)} is older than ${commits[2]?.slice(0, 10)}`;
    for (const output of ['text', 'markdown', 'html', 'json']) {
      const planned = await lab.ingate('plan', '-e', 'dev', '-o', output);
      expect([planned.code, planned.out]).toEqual([11, expect.stringContaining(message)]);
    }
  });

  it('is refused with uncommitted changes as well', async () => {
    checkOut(commits[1]);
    lab.write({ [FILE]: logs(45) });
    expect((await apply()).code).toBe(11);
  });

  it('is applied with --allow-older, says so, and a newer one follows it as usual', async () => {
    checkOut(commits[0]);
    const applied = await apply('--allow-older');
    expect([applied.code, applied.out]).toEqual([0, expect.stringContaining('goes back behind it')]);
    checkOut(commits[2]);
    expect(await apply()).toMatchObject({ code: 0, out: expect.not.stringContaining('ING3026') });
  });

  it('is applied from a plan that was saved with --allow-older, and with no other', async () => {
    checkOut(commits[1]);
    const file = join(lab.root, 'allowed.plan');
    expect((await lab.ingate('plan', '-e', 'dev', '--allow-older', '--out', file)).code).toBe(0);
    const markdown = await lab.ingate('plan', '-e', 'dev', '--allow-older', '-o', 'markdown');
    expect(markdown.out).toMatch(/> \[!CAUTION\]\n> - ING3026/);
    const refused = join(lab.root, 'refused.plan');
    expect((await lab.ingate('plan', '-e', 'dev', '--out', refused)).code).toBe(11);
    expect((await lab.ingate('apply', refused, '--allow-older')).code).toBe(11);
    expect((await lab.ingate('apply', file)).code).toBe(0);
  });

  it('does not keep drift from being reverted', async () => {
    const path = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs-dev?api-version=2025-07-01`;
    const { body } = (await lab.send('GET', path)) as { body: { properties: object; location: string } };
    const changed = { ...body, properties: { ...body.properties, retentionInDays: 120 } };
    expect((await lab.send('PUT', path, changed)).status).toBeLessThan(300);
    checkOut(commits[1]);
    git(lab.root, 'checkout', '--quiet', commits[2] ?? '', '--', FILE);
    expect((await lab.ingate('drift', '-e', 'dev')).code).toBe(4);
    expect((await lab.ingate('drift', 'revert', '-e', 'dev', '--yes')).code).toBe(0);
  });
});

describe('commits that are not older', () => {
  it('are applied: newer ones, and those of another branch', async () => {
    lab.write({ [FILE]: logs(31) });
    lab.commit('fourth');
    expect((await apply()).code).toBe(0);
    git(lab.root, 'checkout', '--quiet', '-b', 'other', commits[1] ?? '');
    lab.write({ [FILE]: logs(32) });
    lab.commit('apart');
    expect((await apply()).code).toBe(0);
  });

  it('and cannot be told apart are applied with a warning', async () => {
    await lab.send('PATCH', `${GROUP}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, {
      operation: 'Merge',
      properties: { tags: { 'ingate-commit': '0123456789012345678901234567890123456789' } },
    });
    const planned = await lab.ingate('plan', '-e', 'dev');
    expect([planned.code, planned.out]).toEqual([0, expect.stringContaining('ING3027')]);
  });
});

describe('the order of two commits', () => {
  let clones: string;
  beforeEach(() => {
    clones = mkdtempSync(join(tmpdir(), 'ingate-clones-'));
  });
  afterEach(() => rmSync(clones, { recursive: true, force: true }));

  /** A clone of depth 1 that has a commit checked out, as a pipeline makes it. */
  function shallow(commit: string): string {
    git(lab.root, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const root = join(clones, 'shallow');
    git(clones, 'init', '--quiet', root);
    git(root, 'remote', 'add', 'origin', `file://${lab.root}`);
    git(root, 'fetch', '--quiet', '--depth=1', 'origin', commit);
    git(root, 'checkout', '--quiet', commit);
    return root;
  }

  it('is known in a shallow clone, which fetches what lies between', async () => {
    const [first = '', , third = ''] = commits;
    expect(await orderOf(shallow(first), first, third)).toBe('older');
    rmSync(join(clones, 'shallow'), { recursive: true });
    expect(await orderOf(shallow(third), third, first)).toBe('newer');
  });

  it('is not known where the other commit cannot be had', async () => {
    const [first = '', , third = ''] = commits;
    const root = shallow(first);
    git(root, 'remote', 'remove', 'origin');
    expect(await orderOf(root, first, third)).toBe('unknown');
    expect(await orderOf(root, first, first)).toBe('same');
  });
});
