import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { announceRunning } from '../src/azure/embedded.ts';
import { createLab, GROUP, runInProcess, type Lab } from './support/lab.ts';

const account = (sku: string, tier: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { sku: ${sku}, accessTier: ${tier} }\n`;
const FILE = 'environments/dev/data.yaml';
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/datadev?api-version=2026-04-01`;

let lab: Lab;
const undo: (() => void)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0)) one();
  await lab.close();
});

/** Applied at one commit, changed in Azure since, and changed in Git at a second commit. */
async function appliedThenChanged(): Promise<void> {
  lab = await createLab({ files: { [FILE]: account('Standard_LRS', 'Hot') } });
  lab.commit('first');
  expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
  await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
  lab.write({ [FILE]: account('Standard_ZRS', 'Hot') });
  lab.commit('second');
}

function git(root: string, ...args: readonly string[]): void {
  execFileSync('git', ['-C', root, ...args], { stdio: 'ignore' });
}

function clone(...flags: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'ingate-clone-'));
  git(tmpdir(), 'clone', ...flags, pathToFileURL(lab.root).href, root);
  undo.push(announceRunning(join(root, '.ingate'), lab.azure.url), () =>
    rmSync(root, { recursive: true, force: true }),
  );
  return root;
}

interface Drift {
  readonly base: { readonly commit: string } | null;
  readonly base_missing: string | null;
  readonly resource_drift: readonly { readonly fields: readonly { readonly label: string }[] }[];
}

async function planIn(root: string): Promise<Drift> {
  const ran = await runInProcess(['plan', '-e', 'dev', '-o', 'json', '--cwd', root]);
  expect(ran.code, ran.err).toBe(0);
  return JSON.parse(ran.out) as Drift;
}

const drifted = (plan: Drift): string[] =>
  plan.resource_drift.flatMap(({ fields }) => fields.map(({ label }) => label));

describe('the base of a plan', () => {
  it('is fetched where a shallow clone does not have it', async () => {
    await appliedThenChanged();
    git(lab.root, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const plan = await planIn(clone('--depth=1'));
    expect(plan.base_missing).toBeNull();
    expect(drifted(plan)).toEqual(['accessTier']);
  });

  it('is missed, and that is said, where the commit is gone for good', async () => {
    await appliedThenChanged();
    git(lab.root, 'update-ref', '-d', 'refs/heads/main');
    lab.commit('history rewritten');
    git(lab.root, 'reflog', 'expire', '--expire=now', '--all');
    git(lab.root, 'gc', '--prune=now');
    const plan = await planIn(lab.root);
    expect(plan.base).toBeNull();
    expect(plan.base_missing).toMatch(/^commit [0-9a-f]{10}, which was applied last, is not in this clone/);
    expect(drifted(plan)).toEqual([]);
    const { out } = await lab.ingate('plan', '-e', 'dev');
    expect(out).toContain('Drift is not told apart from pending changes: commit');
  });

  it('is found after a squash, where the applied commit is on no branch', async () => {
    await appliedThenChanged();
    git(lab.root, 'reset', '--soft', 'HEAD~1');
    git(lab.root, '-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '--amend', '-m', 'squashed');
    expect(drifted(await planIn(lab.root))).toEqual(['accessTier']);
  });

  it('does not move with an incomplete apply, and what is done already counts as converged', async () => {
    await appliedThenChanged();
    lab.write({
      'environments/dev/more.yaml': 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: api }\n',
    });
    lab.commit('third');
    lab.azure.faults.add({
      match: { method: 'PUT', path: 'userAssignedIdentities' },
      respond: { status: 400, body: { error: { code: 'Nope', message: 'not today' } } },
    });
    const before = await planIn(lab.root);
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(13);
    const after = await planIn(lab.root);
    expect(after.base).toEqual(before.base);
    expect(drifted(after)).toEqual([]);
    lab.azure.faults.clear();
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    expect((await planIn(lab.root)).base).not.toEqual(before.base);
  });

  it('is as good when another version of the tool applied', async () => {
    await appliedThenChanged();
    await lab.send('PATCH', `${GROUP}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, {
      operation: 'Merge',
      properties: { tags: { 'ingate-version': '0.0.1' } },
    });
    expect(drifted(await planIn(lab.root))).toEqual(['accessTier']);
  });

  it('is found after a force-push that dropped the applied commit from the branch', async () => {
    await appliedThenChanged();
    git(lab.root, 'checkout', '--orphan', 'other');
    lab.write({ [FILE]: account('Standard_ZRS', 'Hot') });
    lab.commit('another history');
    git(lab.root, 'branch', '-M', 'main');
    expect(drifted(await planIn(lab.root))).toEqual(['accessTier']);
  });

  it('is not believed when the tag is no commit', async () => {
    await appliedThenChanged();
    await lab.send('PATCH', `${GROUP}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, {
      operation: 'Merge',
      properties: { tags: { 'ingate-commit': '--upload-pack=touch /tmp/owned' } },
    });
    expect((await planIn(lab.root)).base).toBeNull();
  });

  it('does not care in which file a document is', async () => {
    await appliedThenChanged();
    git(lab.root, 'mv', 'environments/dev/data.yaml', 'environments/dev/storage.yaml');
    lab.commit('renamed');
    expect(drifted(await planIn(lab.root))).toEqual(['accessTier']);
  });
});
