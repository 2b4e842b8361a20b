import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { array, assert, constantFrom, property, stringMatching, tuple, uniqueArray } from 'fast-check';
import { advanceBase, commitOf, type AppliedBase, type AppliedStep } from '../src/model/applied-base.ts';
import type { ResourceId } from '../src/model/resource-id.ts';
import { appliedBaseFromTags, appliedBaseTags } from '../src/reconcilers/shared/applied-tags.ts';
import { createLab, GROUP, type Lab } from './support/lab.ts';
import { applyAll } from './support/succeed.ts';

const account = (tier: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { accessTier: ${tier} }\n`;
const identity = (name: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: ${name} }\n`;
const FILE = 'environments/dev/data.yaml';
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/datadev?api-version=2026-04-01`;
const LOGS = `apiVersion: ingate/v1alpha1
kind: LogWorkspace
metadata: { name: logs }
---
apiVersion: ingate/v1alpha1
kind: SearchService
metadata: { name: search }
`;
const SETTING = `apiVersion: ingate/v1alpha1
kind: DiagnosticSetting
metadata: { name: search-logs }
spec: { target: SearchService/search, workspace: logs }
`;

describe('which commit each resource was applied from', () => {
  const ids = uniqueArray(tuple(constantFrom('Agent', 'SqlServer'), stringMatching(/^[a-z][a-z0-9-]{0,20}$/)), {
    maxLength: 30,
    selector: ([kind, name]) => `${kind}/${name}`,
  });
  const hash = stringMatching(/^[0-9a-f]{40}$/);
  const statuses = constantFrom<AppliedStep['status']>('current', 'behind', 'departed');

  it('is read from tags as it was written, whatever was applied and in whatever order', () => {
    assert(
      property(
        ids,
        array(tuple(hash, array(statuses, { minLength: 30, maxLength: 30 })), { maxLength: 4 }),
        (names, applies) => {
          const all = names.map(([kind, name]): ResourceId => `${kind}/${name}`);
          const expected = new Map<ResourceId, string | null>(all.map((id) => [id, null]));
          let base: Pick<AppliedBase, 'rest' | 'others'> | undefined;
          for (const [commit, each] of applies) {
            const steps = all.map((id, index): AppliedStep => ({ id, status: each[index] ?? 'current' }));
            for (const { id, status } of steps) if (status === 'current') expected.set(id, commit);
            base = advanceBase(base, commit, steps);
            const tags = {
              'ingate-environment': 'dev',
              'ingate-path': 'environments/dev',
              ...appliedBaseTags(base, undefined),
            };
            for (const value of Object.values(tags)) expect(value.length).toBeLessThanOrEqual(256);
            expect(Object.keys(tags).length).toBeLessThanOrEqual(15);
            base = appliedBaseFromTags(tags);
          }
          for (const id of all) expect(commitOf(base, id)).toBe(expected.get(id));
        },
      ),
    );
  });

  it('is not believed where a commit is no hash', () => {
    const tags = { 'ingate-environment': 'dev', 'ingate-path': 'environments/dev' };
    expect(appliedBaseFromTags({ ...tags, 'ingate-applied': '--upload-pack=x' })).toBeUndefined();
    const odd = {
      ...tags,
      'ingate-applied': 'none',
      'ingate-at---upload-pack=x': 'Agent/a',
      'ingate-at-none': 'not-an-id',
    };
    expect(appliedBaseFromTags(odd)?.others.size).toBe(0);
  });
});

describe('an apply that ends incomplete', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await createLab({ files: { [FILE]: account('Hot') } });
    lab.commit('first');
    await applyAll(lab);
  });
  afterEach(() => lab.close());

  const refuse = (path: string): unknown =>
    lab.azure.faults.add({
      match: { method: 'PUT', path },
      respond: { status: 400, body: { error: { code: 'Nope', message: 'not today' } } },
    });

  it('moves what it finished: a change by hand is drift afterwards and no conflict', async () => {
    lab.write({ [FILE]: account('Cool'), 'environments/dev/id.yaml': identity('api') });
    lab.commit('second');
    refuse('userAssignedIdentities');
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(13);
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Hot' } });
    const { out } = await lab.ingate('drift', '-e', 'dev');
    expect(out).toContain('~ accessTier: "Cool" -> "Hot"');
    expect(out).not.toContain('changed in Git as well');
    expect(out).not.toContain('ManagedIdentity/api');
    const plan = await lab.ingate('plan', '-e', 'dev');
    expect(plan.out).toContain('+ ManagedIdentity/api');
    expect(plan.out).not.toContain('was deleted outside of Git');
  });

  it('leaves a trace of what has no mark, so that it can be pruned once Git lets it go', async () => {
    lab.write({
      'environments/dev/logs.yaml': LOGS,
      'environments/dev/setting.yaml': SETTING,
      'environments/dev/id.yaml': identity('api'),
    });
    lab.commit('second');
    refuse('userAssignedIdentities');
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(13);
    lab.azure.faults.clear();
    lab.write({ 'environments/dev/setting.yaml': null });
    lab.commit('third');
    const seen = await lab.ingate('plan', '-e', 'dev');
    expect(seen.out).toContain('DiagnosticSetting/search-logs');
    // A complete apply that does not prune does not forget it either.
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('DiagnosticSetting/search-logs');
    const pruned = await lab.ingate('apply', '-e', 'dev', '--prune', '--yes');
    expect(pruned.code, pruned.out + pruned.err).toBe(0);
    expect(pruned.out).toContain('- DiagnosticSetting/search-logs');
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes');
    const { body } = await lab.send('GET', `${GROUP}?api-version=2025-04-01`);
    const tags = Object.keys((body as { tags: object }).tags).toSorted();
    expect(tags).toEqual(['ingate-commit', 'ingate-environment', 'ingate-id', 'ingate-path', 'ingate-version']);
  });
});

describe('a mark that somebody removed', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await createLab({ files: { [FILE]: account('Hot') } });
    lab.commit('first');
    await applyAll(lab);
    await lab.send('PATCH', ACCOUNT, { tags: { team: 'portal' } });
  });
  afterEach(() => lab.close());

  it('is told by plan and drift, and written again without touching what was set by hand', async () => {
    const plan = await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode');
    expect(plan.out).toContain('its mark was removed and is written again');
    expect(plan.code).toBe(4);
    const drift = await lab.ingate('drift', '-e', 'dev');
    expect(drift.code).toBe(4);
    expect(drift.out).toContain('1 mark removed');
    const applied = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(applied.code, applied.out + applied.err).toBe(0);
    const { body } = await lab.send('GET', ACCOUNT);
    expect((body as { tags: object }).tags).toMatchObject({ team: 'portal', 'ingate-environment': 'dev' });
    expect((await lab.ingate('drift', '-e', 'dev')).code).toBe(0);
  });

  it("does not make somebody else's resource ours", async () => {
    await lab.send('PATCH', ACCOUNT, { tags: { 'ingate-environment': 'prod', 'ingate-id': 'StorageAccount/data' } });
    expect((await lab.ingate('plan', '-e', 'dev')).out + (await lab.ingate('plan', '-e', 'dev')).err).toContain(
      'ING3005',
    );
  });

  it('does not make a resource at another address ours', async () => {
    lab.write({ [FILE]: account('Hot').replace('spec: {', 'spec: { azureName: foreigndata,') });
    lab.commit('second');
    await lab.send('PUT', ACCOUNT.replace('datadev', 'foreigndata'), {
      location: 'swedencentral',
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: {},
    });
    const { out, err } = await lab.ingate('plan', '-e', 'dev');
    expect(out + err).toContain('ING3004');
  });

  it('is not made up for where Git lets the resource go', async () => {
    lab.write({ [FILE]: null });
    lab.commit('second');
    expect((await lab.ingate('plan', '-e', 'dev', '--prune')).out).toContain('No changes');
  });
});
