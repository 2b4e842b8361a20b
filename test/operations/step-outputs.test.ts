import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

const FILE = 'environments/dev/data.yaml';
const STORE = 'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\n';

let lab: Lab;
const folders: string[] = [];
afterEach(async () => {
  await lab.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('outputs for later steps', () => {
  it('tell GitHub of changes, deletions and the digest, after what other programs wrote', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ingate-outputs-'));
    folders.push(folder);
    const file = join(folder, 'outputs');
    writeFileSync(file, 'mine=1\n');
    lab = await createLab({ files: { [FILE]: STORE }, env: { GITHUB_OUTPUT: file } });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    writeFileSync(file, 'mine=1\n');
    lab.write({ [FILE]: '# empty\n' });
    const { code, out } = await lab.ingate('plan', '-e', 'dev', '--prune', '-o', 'json');
    const { plan_hash: digest } = JSON.parse(out) as { plan_hash: string };
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('mine=1\n'), String(code)).toBe(true);
    const blocks = [...text.matchAll(/^([a-z-]+)<<(end-[0-9a-f-]{36})\n(.*)\n\2\n/gm)];
    expect(Object.fromEntries(blocks.map(([, name, , value]) => [name, value]))).toEqual({
      'has-changes': 'true',
      'has-destroy': 'true',
      'has-drift': 'false',
      digest,
    });
    expect(new Set(blocks.map(([, , end]) => end)).size).toBe(4);
  });

  it('tell Azure DevOps on standard output, but never within a document', async () => {
    lab = await createLab({ files: { [FILE]: STORE }, env: { TF_BUILD: 'True' } });
    const text = await lab.ingate('plan', '-e', 'dev');
    expect(text.out).toContain('##vso[task.setvariable variable=hasChanges;isOutput=true]true\n');
    expect(text.out).toMatch(/^##vso\[task\.setvariable variable=digest;isOutput=true\][0-9a-f]{64}$/m);
    expect((await lab.ingate('plan', '-e', 'dev', '-o', 'markdown')).out).not.toContain('##vso');
    expect(JSON.parse((await lab.ingate('plan', '-e', 'dev', '-o', 'json')).out)).toHaveProperty('plan_hash');
  });

  it('are not written anywhere else', async () => {
    lab = await createLab({ files: { [FILE]: STORE } });
    expect((await lab.ingate('plan', '-e', 'dev')).out).not.toContain('##vso');
  });
});
