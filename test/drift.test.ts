import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNamed } from '../src/cli/field-name.ts';
import { createLab, GROUP, type Lab } from './support/lab.ts';

const FILE = 'environments/dev/data.yaml';
const account = (sku: string, tier: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { sku: ${sku}, accessTier: ${tier} }\n`;
const LOGS = `apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\nspec: { retentionInDays: 30 }\n`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/datadev?api-version=2026-04-01`;
const WORKSPACE = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs-dev`;

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: { [FILE]: account('Standard_LRS', 'Hot'), 'environments/dev/logs.yaml': LOGS } });
  lab.commit('first');
});
afterEach(() => lab.close());

const apply = async (): Promise<void> => {
  const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
  expect(ran.code, ran.out + ran.err).toBe(0);
};
const drift = (...more: readonly string[]) => lab.ingate('drift', '-e', 'dev', ...more);

async function workspacePath(): Promise<string> {
  const { body } = await lab.send(
    'GET',
    `${GROUP}/providers/Microsoft.OperationalInsights/workspaces?api-version=2025-02-01`,
  );
  return (body as { value: { id: string }[] }).value[0]?.id ?? WORKSPACE;
}

async function tier(): Promise<unknown> {
  const { body } = await lab.send('GET', ACCOUNT);
  const { properties, sku } = body as { properties: { accessTier: string }; sku: { name: string } };
  return [sku.name, properties.accessTier];
}

describe('ingate drift', () => {
  it('finds nothing after an apply, and nothing that is only pending in Git', async () => {
    await apply();
    expect(await drift()).toMatchObject({ code: 0, out: expect.stringContaining('No drift.') });
    lab.write({ [FILE]: account('Standard_ZRS', 'Hot') });
    lab.commit('second');
    expect((await drift()).code).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code).toBe(2);
  });

  it('tells fields that were changed and resources that were deleted, for people and programs', async () => {
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    await lab.send('DELETE', `${await workspacePath()}?api-version=2025-02-01&force=true`);
    const text = await drift();
    expect(text.code).toBe(4);
    expect(text.out).toContain('~ accessTier: "Hot" -> "Cool"');
    expect(text.out).toMatch(/LogWorkspace\/logs +\(deleted\)/);
    expect(text.out).toContain('Drift: 1 field of 1 resource changed, 1 resource deleted outside of Git.');
    const json = JSON.parse((await drift('-o', 'json')).out) as Record<string, unknown>;
    expect(json).toMatchObject({ outcome: 'drift', deleted: ['LogWorkspace/logs'], different: [] });
    expect((await drift('-o', 'html')).out).toContain('1 field of 1 resource changed, 1 resource deleted.');
    expect((await drift('-o', 'markdown')).out).toContain('## Environment `dev` has drifted');
  });

  it('is no drift once Git asks for the same, and a conflict where Git asks for something else', async () => {
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    lab.write({ [FILE]: account('Standard_LRS', 'Cool') });
    lab.commit('the same');
    expect((await drift()).code).toBe(0);
    lab.write({ [FILE]: account('Standard_LRS', 'Cold') });
    lab.commit('something else');
    expect((await drift()).out).toContain('(changed in Git as well)');
  });

  it('says what it cannot know before anything was applied', async () => {
    const ran = await drift();
    expect(ran.code).toBe(4);
    expect(ran.out).toContain('Drift cannot be told apart from pending changes');
    expect((await lab.ingate('drift', 'revert', '-e', 'dev', '--yes')).err).toContain('ING3015');
  });
});

describe('ingate drift revert', () => {
  it('writes back what was changed, and leaves alone what is pending in Git', async () => {
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    lab.write({ [FILE]: account('Standard_ZRS', 'Hot') });
    lab.commit('second');
    const ran = await lab.ingate('drift', 'revert', '-e', 'dev', '--yes');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await tier()).toEqual(['Standard_LRS', 'Hot']);
    expect((await drift()).code).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code).toBe(2);
  });

  it('brings back what was deleted only when it is named, or with --all', async () => {
    await apply();
    await lab.send('DELETE', `${await workspacePath()}?api-version=2025-02-01&force=true`);
    const nothing = await lab.ingate('drift', 'revert', '-e', 'dev', '--yes');
    expect([nothing.code, (await drift()).code]).toEqual([0, 4]);
    const named = await lab.ingate('drift', 'revert', '-e', 'dev', '--yes', 'LogWorkspace/logs');
    expect(named.code, named.out + named.err).toBe(0);
    expect((await drift()).code).toBe(0);
  });

  it('takes the names that drift prints, and only what is named', async () => {
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool', minimumTlsVersion: 'TLS1_0' } });
    const revert = (...names: string[]) => lab.ingate('drift', 'revert', '-e', 'dev', '--yes', ...names);
    for (const [name, meant] of [
      ['StorageAccount/daat', 'StorageAccount/data'],
      ['StorageAccount/data/accessTeir', 'StorageAccount/data/accessTier'],
    ] as const)
      expect(await revert(name)).toMatchObject({ code: 64, err: expect.stringContaining(`Did you mean "${meant}"?`) });
    const report = JSON.parse((await drift('-o', 'json')).out) as {
      changed: { id: string; fields: { label: string }[] }[];
    };
    const printed = report.changed.flatMap(({ id, fields }) => fields.map(({ label }) => `${id}/${label}`));
    expect(printed).toContain('StorageAccount/data/accessTier');
    const ran = await revert('StorageAccount/data/accessTier');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await tier()).toEqual(['Standard_LRS', 'Hot']);
    const left = printed.filter((one) => one !== 'StorageAccount/data/accessTier');
    for (const name of left) expect((await revert(name.replaceAll('.', '/'))).code, name).toBe(0);
    expect((await drift()).code).toBe(0);
  });

  it('refuses a resource that is not there, and a field that Git has changed since', async () => {
    await apply();
    const unknown = await lab.ingate('drift', 'revert', '-e', 'dev', '--yes', 'StorageAccount/none');
    expect([unknown.code, unknown.err]).toEqual([64, expect.stringContaining('There is no drift.')]);
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    lab.write({ [FILE]: account('Standard_LRS', 'Cold') });
    lab.commit('second');
    const conflict = await lab.ingate('drift', 'revert', '-e', 'dev', '--yes');
    expect([conflict.code, conflict.err]).toEqual([11, expect.stringContaining('changed in Git and in Azure')]);
    expect(await tier()).toEqual(['Standard_LRS', 'Cool']);
  });
});

describe('ingate drift accept', () => {
  const read = (path: string): string => readFileSync(`${lab.root}/${path}`, 'utf8');

  it('writes the live value into the file and nothing else; then there is no drift and nothing to apply', async () => {
    const text = `# Data of the assistant.\n${account('Standard_LRS', 'Hot').replace('accessTier: Hot', "accessTier: 'Hot'")}`;
    lab.write({ [FILE]: text });
    lab.commit('with a comment');
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    const dry = await lab.ingate('drift', 'accept', '-e', 'dev', '--dry-run');
    expect([dry.code, read(FILE)]).toEqual([0, text]);
    const ran = await lab.ingate('drift', 'accept', '-e', 'dev', '--yes');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(read(FILE)).toBe(text.replace("'Hot'", 'Cool'));
    lab.commit('accepted');
    expect((await drift()).code).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code).toBe(0);
  });

  it('overrides what comes from a folder that is extended', async () => {
    lab.write({
      [FILE]: null,
      'environments/base/environment.yaml':
        'apiVersion: ingate/v1alpha1\nkind: Environment\nmetadata: { name: base }\nspec: {}\n',
      'environments/base/data.yaml': account('Standard_LRS', 'Hot'),
    });
    const environment = read('environments/dev/environment.yaml');
    lab.write({ 'environments/dev/environment.yaml': environment.replace('spec:', 'spec:\n  extends: ../base') });
    lab.commit('extends');
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    const ran = await lab.ingate('drift', 'accept', '-e', 'dev', '--yes');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(read('environments/base/data.yaml')).toBe(account('Standard_LRS', 'Hot'));
    expect(read('environments/dev/accepted.yaml')).toContain('accessTier: Cool');
    lab.commit('accepted');
    expect((await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code).toBe(0);
  });

  it('takes only what is named', async () => {
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    const other = await lab.ingate('drift', 'accept', '-e', 'dev', '--yes', 'StorageAccount/data/sku');
    expect([other.code, other.err]).toEqual([
      64,
      expect.stringContaining('There are: StorageAccount/data/accessTier.'),
    ]);
    const near = await lab.ingate('drift', 'accept', '-e', 'dev', '--yes', 'StorageAccount/data/accessTeir');
    expect([near.code, near.err]).toEqual([
      64,
      expect.stringContaining('Did you mean "StorageAccount/data/accessTier"?'),
    ]);
    const named = await lab.ingate('drift', 'accept', '-e', 'dev', '--yes', 'StorageAccount/data/accessTier');
    expect(named.code).toBe(0);
    expect(read(FILE)).toContain('accessTier: Cool');
  });

  it('takes the label that drift prints, a pointer, and what the field is part of', () => {
    for (const name of ['sku.name', 'sku/name', 'sku'])
      expect(isNamed('X/a', { field: '/sku/name', label: 'sku.name' }, `X/a/${name}`)).toBe(true);
    expect(isNamed('X/a', { field: '/env/0/value', label: 'env[A].value' }, 'X/a/env[A]')).toBe(true);
    expect(isNamed('X/a', { field: '/skus', label: 'skus' }, 'X/a/sku')).toBe(false);
  });

  it('says what to pass where nobody can be asked, about files and not about an apply', async () => {
    await apply();
    await lab.send('PATCH', ACCOUNT, { properties: { accessTier: 'Cool' } });
    const ran = await lab.ingate('drift', 'accept', '-e', 'dev');
    expect([ran.code, ran.err]).toEqual([64, expect.stringContaining('Pass --yes to write the files')]);
    expect(ran.err).not.toContain('apply');
  });
});
