import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { GROUP, createLab, type Lab } from '../support/lab.ts';
import { planned } from './foreign.ts';

let lab: Lab;
afterEach(() => lab.close());

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-team`;

const foundry = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
spec: { azureName: ai-dev }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-5-mini, version: "2025-08-07" } }
`;

const agent = {
  definition: { kind: 'prompt', model: 'chat', instructions: 'You sort tickets.\nBe short.' },
  description: 'Sorts tickets.',
};

async function createVault(): Promise<void> {
  const tenantId = lab.azure.tenantId;
  const properties = { tenantId, sku: { family: 'A', name: 'standard' }, enableRbacAuthorization: true };
  const body = { location: 'swedencentral', tags: { team: 'platform' }, properties };
  const { status } = await lab.send('PUT', `${VAULT}?api-version=2026-02-01`, body);
  expect(status).toBeLessThan(300);
}

async function onlyAdopted(): Promise<void> {
  const changes = (await planned(lab)).filter(({ actions }) => actions !== 'no-op');
  expect(changes).not.toEqual([]);
  expect(changes.filter(({ actions, fields }) => actions !== 'update' || fields.length > 0)).toEqual([]);
}

async function labWith(text: string): Promise<Lab> {
  const made = await createLab({ files: { 'environments/dev/estate.yaml': text } });
  const applied = await made.ingate('apply', '-e', 'dev', '--yes');
  expect(applied.code, applied.out + applied.err).toBe(0);
  return made;
}

const identity = 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: api }\n';

describe('import', () => {
  it('writes one resource into the file of its area, and the plan takes it over', async () => {
    lab = await labWith(identity);
    await createVault();
    const ran = await lab.ingate('import', '-e', 'dev', 'KeyVault', 'secrets', VAULT);
    expect(ran.code, ran.err).toBe(0);
    const text = readFileSync(`${lab.root}/environments/dev/data.yaml`, 'utf8');
    expect(text).toContain('name: secrets');
    expect(text).toContain('azureName: kv-team');
    expect(text).toContain('team: platform');
    await onlyAdopted();
  });

  it('appends to the file that is named and keeps what is there', async () => {
    lab = await labWith(`# Written by hand.\n${identity}`);
    await createVault();
    const ran = await lab.ingate(
      'import',
      '-e',
      'dev',
      'KeyVault',
      'secrets',
      VAULT.toUpperCase().replace('KV-TEAM', 'kv-team'),
      '--file',
      'estate.yaml',
      '-o',
      'json',
    );
    expect(ran.code, ran.err).toBe(0);
    const text = readFileSync(`${lab.root}/environments/dev/estate.yaml`, 'utf8');
    expect(text.startsWith(`# Written by hand.\n${identity}---\n`)).toBe(true);
    expect(JSON.parse(ran.out)).toMatchObject({
      files: ['environments/dev/estate.yaml'],
      differences: [],
      refusals: [],
    });
    await onlyAdopted();
  });

  it('takes an agent by its URL: below its project, with its prompt in a file', async () => {
    lab = await labWith(foundry);
    const path = '/foundry/ai-dev/api/projects/support';
    const made = await lab.send('POST', `${path}/agents/triage/versions?api-version=v1`, agent);
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
    const url = `https://127.0.0.1:4280${path}/agents/triage`;
    const ran = await lab.ingate('import', '-e', 'dev', 'Agent', 'triage', url);
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(readFileSync(`${lab.root}/environments/dev/prompts/triage.md`, 'utf8')).toBe(
      'You sort tickets.\nBe short.\n',
    );
    expect(readFileSync(`${lab.root}/environments/dev/agents.yaml`, 'utf8')).toContain('project: support');
    await onlyAdopted();
  });

  it.each([
    ['a kind that does not exist', ['KeyVlt', 'secrets', VAULT], 'ING6107', 'KeyVault'],
    ['another kind', ['StorageAccount', 'secrets', VAULT], 'ING6107', 'no StorageAccount'],
    ['a resource that is not there', ['KeyVault', 'secrets', `${VAULT}-2`], 'ING6107', 'no KeyVault'],
    [
      'a resource of another group',
      ['KeyVault', 'secrets', VAULT.replace('rg-test', 'rg-other')],
      'ING6107',
      'outside',
    ],
    ['a name that is none', ['KeyVault', 'Secrets!', VAULT], 'ING6107', 'not a valid name'],
    ['a name that is taken', ['ManagedIdentity', 'api', VAULT], 'ING6106', 'declared already'],
    [
      'a resource that is declared',
      ['ManagedIdentity', 'other', `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/api-dev`],
      'ING6106',
      'ManagedIdentity/api',
    ],
    ['a file outside of the folder', ['KeyVault', 'secrets', VAULT, '--file', '../other.yaml'], 'ING6107', '--file'],
  ])('refuses %s', async (_, args, code, words) => {
    lab = await labWith(identity);
    await createVault();
    const ran = await lab.ingate('import', '-e', 'dev', ...args);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(code);
    expect(ran.err).toContain(words);
    expect(existsSync(`${lab.root}/environments/dev/data.yaml`)).toBe(false);
  });
});
