import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, it } from 'vitest';
import planSchema from '../schema/plan.schema.json' with { type: 'json' };
import { registry } from '../src/reconcilers/registry.ts';
import { checkTraffic } from '../packages/local-azure/test/support/type-check.ts';
import { createLab, type Lab } from './support/lab.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const SUBSCRIPTIONS = ['1', '2', '3'].map((last) => `00000000-0000-0000-0000-00000000000${last}`);

let lab: Lab;
afterEach(() => lab.close());

async function sampleLab(): Promise<Lab> {
  const made = await createLab({ azure: { subscriptions: SUBSCRIPTIONS } });
  made.write({ 'environments/dev/environment.yaml': null });
  for (const name of ['environments', 'prompts', 'data', 'flows', 'apps', 'dashboards', 'releases'])
    cpSync(`${repository}/${name}`, `${made.root}/${name}`, { recursive: true });
  return made;
}

async function expectOk(...args: readonly string[]): Promise<string> {
  const ran = await lab.ingate(...args);
  expect(ran.code, ran.out + ran.err).toBe(0);
  return ran.out;
}

describe('the sample estate', () => {
  it('is right in every environment', async () => {
    lab = await sampleLab();
    expect(await expectOk('validate')).toMatch(
      /^valid dev: \d+ resources\nvalid prod: \d+ resources\nvalid qa: \d+ resources\n$/,
    );
  });

  it.each(['dev', 'qa', 'prod'])('%s uses every kind', async (name) => {
    lab = await sampleLab();
    const rendered = JSON.parse(await expectOk('render', '-e', name, '-o', 'json')) as { kind: string }[];
    const used = new Set(rendered.map(({ kind }) => kind));
    expect([...registry.keys()].filter((kind) => !used.has(kind))).toEqual([]);
  });

  it.each(['dev', 'qa', 'prod'])('%s: planned, applied, and the second plan is empty', async (name) => {
    lab = await sampleLab();
    expect(await expectOk('plan', '-e', name)).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy\./);
    await expectOk('apply', '-e', name, '--yes');
    expect(await expectOk('plan', '-e', name, '--detailed-exitcode')).toContain('No changes.');
    checkTraffic(lab.azure.requests());
  });

  it('prod is taken down in a legal order, and what holds data only after its protection was lifted', async () => {
    lab = await sampleLab();
    lab.commit('all of it');
    await expectOk('apply', '-e', 'prod', '--yes');
    const sizes = readFileSync(`${lab.root}/environments/prod/sizes.yaml`, 'utf8');
    const environment = readFileSync(`${lab.root}/environments/prod/environment.yaml`, 'utf8');
    const unlimited = environment.replace(/protection:.*/, 'protection: { maxDeletes: 500, maxDeletePercent: 100 }');
    // The account that holds the lock goes as well.
    const empty = unlimited.replace(/ {2}(?:extends|lock):.*\n/g, '');
    const last = 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: last }\n';
    const nothing = {
      'environments/prod/environment.yaml': empty,
      'environments/prod/sizes.yaml': null,
      'environments/prod/pipeline.yaml': last,
    };

    lab.write(nothing);
    const refused = await lab.ingate('plan', '-e', 'prod', '--prune');
    expect(refused.code).toBe(11);
    expect(refused.out).toMatch(/ING3001 StorageAccount\/data/);

    lab.write({
      'environments/prod/environment.yaml': unlimited,
      'environments/prod/sizes.yaml': sizes.replaceAll('preventDestroy: true', 'preventDestroy: false'),
      'environments/prod/pipeline.yaml': last,
    });
    lab.commit('protection lifted');
    await expectOk('apply', '-e', 'prod', '--yes', '--prune');
    lab.write(nothing);
    lab.commit('nothing left');
    await expectOk('apply', '-e', 'prod', '--yes', '--prune');
    expect(await expectOk('plan', '-e', 'prod', '--prune')).toContain('No changes.');
    const group = '/subscriptions/00000000-0000-0000-0000-000000000003/resourceGroups/rg-support-prod';
    const { body } = await lab.send('GET', `${group}/resources?api-version=2025-04-01`);
    expect((body as { value: { type: string }[] }).value.map(({ type }) => type)).toEqual([
      'Microsoft.ManagedIdentity/userAssignedIdentities',
    ]);
    checkTraffic(lab.azure.requests());
  });

  it('has a plan for programs that fits its published schema', async () => {
    lab = await sampleLab();
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(planSchema);
    const fresh = JSON.parse(await expectOk('plan', '-e', 'dev', '-o', 'json')) as {
      plan_hash: string;
      resource_changes: unknown[];
    };
    expect(validate(fresh), JSON.stringify(validate.errors)).toBe(true);
    const again = JSON.parse(await expectOk('plan', '-e', 'dev', '-o', 'json')) as { plan_hash: string };
    expect(again.plan_hash).toBe(fresh.plan_hash);
    await expectOk('apply', '-e', 'dev', '--yes', '--plan-hash', fresh.plan_hash);
    lab.write({ 'prompts/support.md': 'Another prompt.\n' });
    const changed = JSON.parse(await expectOk('plan', '-e', 'dev', '-o', 'json')) as object;
    expect(validate(changed), JSON.stringify(validate.errors)).toBe(true);
    expect((await lab.ingate('apply', '-e', 'dev', '--yes', '--plan-hash', fresh.plan_hash)).code).toBe(12);
  });
});

describe('planning', () => {
  const many = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `---\napiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: id${index} }\n---\napiVersion: ingate/v1alpha1\nkind: ActionGroup\nmetadata: { name: group${index} }\nspec: { shortName: g${index} }\n`,
    ).join('');

  it('only reads, and as much for two hundred resources as for four', async () => {
    const reads: number[] = [];
    for (const count of [2, 100]) {
      lab = await createLab({
        files: { 'environments/dev/many.yaml': many(count) },
        azure: { timing: { operationMs: 0 } },
      });
      await expectOk('apply', '-e', 'dev', '--yes');
      const before = lab.azure.requests().length;
      await expectOk('plan', '-e', 'dev');
      const sent = lab.azure.requests().slice(before);
      expect(new Set(sent.map((request) => request.method))).toEqual(new Set(['GET']));
      reads.push(sent.length);
      if (count < 100) await lab.close();
    }
    expect(reads[1]).toBe(reads[0]);
  });
});
