import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLab, type Lab, type Ran } from './support/lab.ts';

vi.setConfig({ testTimeout: 120_000 });

const FILES = {
  'environments/dev/environment.yaml': `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: dev }
spec:
  cloud: local
  subscriptionId: 11111111-1111-1111-1111-111111111111
  resourceGroup: rg-test
  location: swedencentral
  extends: ../base
`,
  'environments/base/base.yaml': `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: base }
spec: {}
---
apiVersion: ingate/v1alpha1
kind: LogWorkspace
metadata: { name: logs }
---
apiVersion: ingate/v1alpha1
kind: Workbook
metadata: { name: board }
spec:
  displayName: Board
  source: LogWorkspace/logs
  contentFile: ../../boards/board.json
`,
  'environments/base/_draft.yaml': 'not read\n',
  'boards/board.json': '{"version": "Notebook/1.0"}\n',
};

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: FILES });
});
afterEach(() => lab.close());

async function ok(...args: readonly string[]): Promise<Ran> {
  const ran = await lab.ingate(...args);
  expect(ran.code, ran.out + ran.err).toBe(0);
  return ran;
}

async function headNow(): Promise<{ commit: string | null; dirty: boolean; changed?: string[]; missing?: string }> {
  return (JSON.parse((await ok('plan', '-e', 'dev', '-o', 'json')).out) as { head: never }).head;
}

async function recordedCommit(): Promise<string | undefined> {
  const { body } = await lab.send(
    'GET',
    '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-test?api-version=2025-04-01',
  );
  return (body as { tags?: Record<string, string> }).tags?.['ingate-commit'];
}

describe('files that an environment does not depend on', () => {
  it('neither make a plan stale nor keep the commit from being recorded', async () => {
    const commit = lab.commit('all');
    const file = join(lab.root, 'dev.plan');
    await ok('plan', '-e', 'dev', '--out', file);
    lab.write({
      'report.txt': 'stray',
      'environments/dev/notes.txt': 'stray',
      'environments/base/_draft.yaml': 'changed\n',
      'environments/dev/.hidden/x.yaml': 'stray',
      'boards/other.json': '{}',
    });
    const applied = await ok('apply', file);
    expect(applied.out + applied.err).not.toContain('not recorded');
    expect(await recordedCommit()).toBe(commit);
  });
});

describe('a file that an environment depends on', () => {
  it.each([
    [
      'a manifest',
      { 'environments/dev/more.yaml': 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: m }\n' },
      'environments/dev/more.yaml',
    ],
    [
      'what `extends` names',
      { 'environments/base/base.yaml': `# changed\n${FILES['environments/base/base.yaml']}` },
      'environments/base/base.yaml',
    ],
    ['what a field names', { 'boards/board.json': '{"version": "Notebook/1.1"}\n' }, 'boards/board.json'],
  ])('%s makes it dirty, and is named', async (_, files, name) => {
    const commit = lab.commit('all');
    lab.write(files);
    expect(await headNow()).toEqual({ commit, dirty: true, changed: [name] });
  });

  it('was deleted since the commit', async () => {
    lab.write({
      'environments/dev/gone.yaml': 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: m }\n',
    });
    lab.commit('all');
    lab.write({ 'environments/dev/gone.yaml': null });
    expect((await headNow()).changed).toEqual(['environments/dev/gone.yaml']);
  });

  it('is ignored by Git, so that nobody else has it, and is refused', async () => {
    lab.commit('all');
    writeFileSync(join(lab.root, '.git/info/exclude'), 'boards/\n');
    execFileSync('git', ['-C', lab.root, 'rm', '-r', '--cached', '--quiet', 'boards']);
    execFileSync('git', ['-C', lab.root, '-c', 'user.name=T', '-c', 'user.email=t@e', 'commit', '-qm', 'without']);
    const ran = await lab.ingate('plan', '-e', 'dev');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('boards/board.json is not a file of the project: Git ignores it');
  });
});

describe('an apply whose commit is not recorded says why', () => {
  async function noted(): Promise<string> {
    const plan = await ok('plan', '-e', 'dev');
    const applied = await ok('apply', '-e', 'dev', '--yes');
    const line = plan.out.split('\n').find((one) => one.startsWith('The commit is not recorded'));
    expect(applied.err.split('\n')).toContain(line);
    expect(await recordedCommit()).toBeUndefined();
    return line ?? '';
  }

  it('outside of Git', async () => {
    expect(await noted()).toMatch(/: the files are not in a Git repository; .*drift cannot be told apart/);
  });

  it('without commits', async () => {
    execFileSync('git', ['-C', lab.root, 'init', '--quiet']);
    expect(await noted()).toContain('the repository has no commit yet');
  });

  it('from a dirty tree', async () => {
    lab.commit('all');
    lab.write({ 'boards/board.json': '{"version": "Notebook/1.1"}\n' });
    expect(await noted()).toContain('uncommitted changes in boards/board.json');
  });

  it("where git refuses somebody else's repository, in git's own words", async () => {
    lab.commit('all');
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    try {
      expect(await noted()).toContain('fatal: detected dubious ownership in repository');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('where there is no git', async () => {
    lab.commit('all');
    const folder = join(lab.root, '.ingate', 'bin');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    vi.stubEnv('PATH', folder);
    try {
      expect(await noted()).toContain('git cannot be run');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('and from which commit drift is measured', async () => {
    const commit = lab.commit('all');
    await ok('apply', '-e', 'dev', '--yes');
    lab.write({ 'boards/board.json': '{"version": "Notebook/1.1"}\n' });
    expect((await ok('plan', '-e', 'dev')).out).toContain(`drift is still measured from commit ${commit.slice(0, 10)}`);
  });
});

describe('a stale plan says what differs', () => {
  async function staleAfter(change: () => Promise<void> | void): Promise<string> {
    lab.commit('all');
    await ok('apply', '-e', 'dev', '--yes');
    lab.write({ 'boards/board.json': '{"version": "Notebook/1.1"}\n' });
    lab.commit('a change');
    const file = join(lab.root, 'dev.plan');
    await ok('plan', '-e', 'dev', '--out', file);
    await change();
    const ran = await lab.ingate('apply', file);
    expect(ran.code).toBe(12);
    return ran.err;
  }

  it('a file, by name', async () => {
    const said = await staleAfter(() =>
      lab.write({ 'environments/base/base.yaml': `# more\n${FILES['environments/base/base.yaml']}` }),
    );
    expect(said).toContain('The plan is stale: uncommitted since: environments/base/base.yaml\n');
  });

  it('a commit', async () => {
    const said = await staleAfter(() => void lab.commit('another'));
    expect(said).toMatch(/The plan is stale: it was made at commit [0-9a-f]{10}, checked out is [0-9a-f]{10}\n/);
  });

  it('a decision, by resource and field', async () => {
    const said = await staleAfter(() => {
      lab.write({
        'environments/base/base.yaml': FILES['environments/base/base.yaml'].replace(
          'name: logs }\n',
          'name: logs }\nspec: { retentionInDays: 60 }\n',
        ),
      });
    });
    expect(said).toContain('LogWorkspace/logs: keep, now update of retentionInDays');
  });

  it('the tool, in a plan that another version made', async () => {
    const { digestOf } = await import('../src/planner/seal.ts');
    const said = await staleAfter(() => {
      const file = join(lab.root, 'dev.plan');
      const other = {
        ...(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof digestOf>[0]),
        tool: 'ingate/0.0.9',
      };
      rmSync(file);
      writeFileSync(file, JSON.stringify({ ...other, digest: digestOf(other) }));
    });
    expect(said).toMatch(/it was made by ingate\/0\.0\.9, this is ingate\/\d/);
    expect(said).not.toContain('checked out');
  });
});
