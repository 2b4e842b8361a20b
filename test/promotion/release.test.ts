import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';
import * as fc from 'fast-check';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { valueAt, type Json } from '../../src/model/json.ts';
import { releaseText } from '../../src/planner/edit/release-file.ts';
import { parseYaml } from '../../src/planner/load/parse-yaml.ts';
import { releaseId } from '../../src/model/promotion/contents.ts';

let lab: Lab;
const AGENT = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-4.1, version: "2025-04-14" } }
---
apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  instructionsFile: prompt.md
  definition: { model: chat, temperature: 0.3 }
`;
const CONTENTS = {
  'Agent/support': { definition: { kind: 'prompt', model: 'chat', instructions: 'Of the release.' } },
};
const ID = releaseId('support', CONTENTS);
const release = (contents: object): string =>
  `apiVersion: ingate/v1alpha1\nkind: Release\nmetadata: { name: support }\nspec:\n  contents: ${JSON.stringify(contents)}\n`;
const pointer = (id: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: ReleasePointer\nmetadata: { name: support }\nspec:\n  id: "${id}"\n`;

beforeEach(async () => {
  lab = await createLab({
    files: {
      'environments/dev/agent.yaml': AGENT,
      'environments/dev/prompt.md': 'Of the files.\n',
      [`releases/support/${ID}.yaml`]: release(CONTENTS),
    },
  });
});
afterEach(() => lab.close());

interface Rendered {
  readonly kind: string;
  readonly spec: { readonly definition?: object; readonly instructions?: string };
}

async function rendered(): Promise<Rendered | undefined> {
  const ran = await lab.ingate('render', '-e', 'dev', '-o', 'json');
  expect(ran.code, ran.err).toBe(0);
  return (JSON.parse(ran.out) as Rendered[]).find(({ kind }) => kind === 'Agent');
}

async function problems(): Promise<string> {
  return (await lab.ingate('validate', '-e', 'dev')).err;
}

describe('a release', () => {
  it('decides what a resource is, as a whole, where a pointer names it', async () => {
    lab.write({ 'environments/dev/release.yaml': pointer('source') });
    expect(await rendered()).toMatchObject({
      spec: { instructions: 'Of the files.\n', definition: { temperature: 0.3 } },
    });
    lab.write({ 'environments/dev/release.yaml': pointer(ID) });
    const decided = await rendered();
    expect(decided?.spec.definition).toEqual(CONTENTS['Agent/support'].definition);
    expect(decided?.spec).toMatchObject({ project: 'support' });
    expect(decided?.spec.instructions).toBeUndefined();
  });

  it('that is not there, was changed, or carries what must stay, is told with its place', async () => {
    lab.write({ 'environments/dev/release.yaml': pointer('0123456789ab') });
    expect(await problems()).toMatch(/ING8101 environments\/dev\/release.yaml:5:7[\s\S]*There are: [0-9a-f]{12}/);
    lab.write({ 'environments/dev/release.yaml': pointer(ID) });
    lab.write({ [`releases/support/${ID}.yaml`]: release({ 'Agent/support': { definition: { model: 'other' } } }) });
    expect(await problems()).toContain(`ING8102 releases/support/${ID}.yaml:5`);
    const wrong = [
      { 'FoundryAccount/ai': { sku: 'S0' } },
      { 'ModelDeployment/chat': { sku: { capacity: 1 } } },
      { 'Agent/support': { definition: { kind: 'workflow', workflowFile: 'x.yaml' } } },
      { 'Agent/support': { instructionsFile: '../../secret' } },
    ];
    for (const contents of wrong) {
      const id = releaseId('support', contents);
      lab.write({ [`releases/support/${id}.yaml`]: release(contents), 'environments/dev/release.yaml': pointer(id) });
      expect(await problems(), JSON.stringify(contents)).toContain('ING8103');
    }
    const undeclared = { 'Agent/other': { definition: { model: 'chat' } } };
    const id = releaseId('support', undeclared);
    lab.write({ [`releases/support/${id}.yaml`]: release(undeclared), 'environments/dev/release.yaml': pointer(id) });
    expect(await problems()).toContain('ING8105');
  });

  it('is not read through a link, whichever step it is', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'ingate-outside-'));
    writeFileSync(join(outside, `${ID}.yaml`), 'canary: [of, a, file, outside\n');
    lab.write({ 'environments/dev/release.yaml': pointer(ID), [`releases/support/${ID}.yaml`]: null });
    rmSync(`${lab.root}/releases/support`, { recursive: true });
    symlinkSync(outside, `${lab.root}/releases/support`);
    const found = await problems();
    expect(found).toContain('ING1003');
    expect(found).not.toContain('canary');
    rmSync(outside, { recursive: true });
  });

  it('is the place that a mistake in it is told at', async () => {
    const contents = { 'Agent/support': { definition: { model: 'chat', temperature: 7 } } };
    const id = releaseId('support', contents);
    lab.write({ [`releases/support/${id}.yaml`]: release(contents), 'environments/dev/release.yaml': pointer(id) });
    expect(await problems()).toMatch(new RegExp(`ING1013 releases/support/${id}.yaml:5`));
  });
});

const POLICY = `apiVersion: ingate/v1alpha1
kind: PromotionPolicy
metadata: { name: support }
spec:
  resources: [Agent/support]
  stages:
    - { environment: dev }
    - { environment: qa, from: [dev], require: { gates: [release], soak: 2h, signedBy: [ci] } }
`;

describe('the file of a release', () => {
  it('reads as the same contents, whatever is in them', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('1e3', '0123', 'null', '- a', ' x ', 'a: b #c', 'x\n  y\n\n', '\t', "'", '"'),
    );
    const value = fc.letrec((tie) => ({
      leaf: fc.oneof(text, fc.integer(), fc.boolean(), fc.constantFrom(0.1, 1e-7)),
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,9}$/), tie('tree'), { maxKeys: 3 }),
      ),
    })).tree;
    fc.assert(
      fc.property(value, (definition) => {
        const contents = { 'Agent/support': { definition: definition as Json } };
        const written = releaseText({ name: 'support', id: '', contents, source: { environment: 'dev' } });
        const problems: Diagnostic[] = [];
        const [document] = parseYaml({ file: 'x', text: written }, problems);
        expect(problems).toEqual([]);
        expect(valueAt(document?.value, '/spec/contents')).toEqual(contents);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a policy', () => {
  it('is checked with everything that it names', async () => {
    lab.write({ 'releases/support/policy.yaml': POLICY });
    const found = await problems();
    expect(found).toContain('There is no environment qa');
    expect(found).toContain('dev declares no gate release');
    expect(found).toContain('releases/trust.yaml has no key ci');
    expect(found).toMatch(/ING8106 releases\/support\/policy.yaml:8:/);
    lab.write({ 'releases/support/policy.yaml': POLICY.replace('[Agent/support]', '[FoundryAccount/ai, Agent/none]') });
    expect(await problems()).toMatch(/A release cannot carry FoundryAccount\/ai[\s\S]*dev declares no Agent\/none/);
    lab.write({ 'releases/support/policy.yaml': POLICY.replace('soak: 2h', 'soak: two hours') });
    expect(await problems()).toContain('ING1013 releases/support/policy.yaml:8:');
    lab.write({ 'releases/support/policy.yaml': null, 'environments/dev/release.yaml': pointer('source') });
    expect(await problems()).toContain('no policy has it among its stages');
  });

  it('is trusted with keys that can sign, and no private key passes', async () => {
    const trusted = (key: string): string =>
      `apiVersion: ingate/v1alpha1\nkind: TrustedKeys\nmetadata: { name: keys }\nspec:\n  keys:\n    - name: ci\n      environments: [dev]\n      publicKey: |\n${key.trimEnd().replaceAll(/^/gm, '        ')}\n`;
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    lab.write({ 'releases/trust.yaml': trusted(publicKey.export({ type: 'spki', format: 'pem' }) as string) });
    expect(await problems()).toContain('neither ed25519 nor P-256');
    const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    lab.write({ 'releases/trust.yaml': trusted(secret) });
    const found = await problems();
    expect(found).toContain('ING1013 releases/trust.yaml');
    expect(found).not.toContain(secret.split('\n')[1]);
  });

  it('and its documents are explained', async () => {
    for (const kind of ['Release', 'ReleasePointer', 'PromotionPolicy', 'TrustedKeys', 'Approval']) {
      const ran = await lab.ingate('explain', kind);
      expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('Fields')]);
      expect((await lab.ingate('schema', kind)).code).toBe(0);
    }
    expect((await lab.ingate('explain', 'PromotionPolicy.stages.require.soak')).out).toContain('24h');
    expect((await lab.ingate('explain', 'ING8206')).out).toContain('Evidence too old');
  });
});
