import { readFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { trackedFiles } from '../src/git/tracked-files.ts';
import { filesOnDisk } from '../src/planner/load/files.ts';
import { createLab, type Lab, type Ran } from './support/lab.ts';

const CANARY = 'canary-of-a-foreign-file';
const MANIFEST = 'environments/dev/agent.yaml';

function agent(file: string): string {
  return `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: helper }
spec: { project: shop, instructionsFile: ${file}, definition: { kind: prompt, model: chat } }
`;
}

function dataset(path: string): string {
  return `apiVersion: ingate/v1alpha1
kind: Dataset
metadata: { name: questions }
spec: { project: shop, source: ${path} }
`;
}

function image(context: string): string {
  return `apiVersion: ingate/v1alpha1
kind: ContainerImage
metadata: { name: web }
spec: { registry: { external: images }, context: ${context} }
`;
}

const labs: Lab[] = [];
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.close();
});

async function repository(files: Readonly<Record<string, string>>, ignore = ''): Promise<Lab> {
  const lab = await createLab();
  labs.push(lab);
  lab.commit('First');
  lab.write({ '.gitignore': `.ingate/\n${ignore}` });
  lab.commit('Ignores');
  lab.write(files);
  return lab;
}

async function validate(lab: Lab): Promise<Ran> {
  return lab.ingate('validate', '--no-color');
}

function expectRefusal({ code, out, err }: Ran, message: RegExp): void {
  expect(code).toBe(1);
  expect(out + err).toMatch(message);
  expect(out + err).not.toContain(CANARY);
}

describe('a field that names a file', () => {
  it.each([
    ['that Git ignores', 'notes/private.md'],
    ['that Git ignores, below an ignored folder', 'vendor/deep/private.md'],
    ['of Git', '.git/config'],
    ['of Git, by a detour', '.git/../.git/config'],
    ['of ingate', '.ingate/key.pem'],
    ['with credentials that is not ignored yet', '.env'],
    ['in a new folder with a dot', '.azure/token.json'],
  ])('%s is refused', async (_, path) => {
    const files = { [MANIFEST]: agent(`../../${path}`), ...(path.startsWith('.git/') ? {} : { [path]: CANARY }) };
    const lab = await repository(files, 'private.md\nvendor/\n');
    expectRefusal(await validate(lab), /ING1017[^]*is not a file of the project/);
  });

  it('may name a new file, and one that begins with a dot once Git has it', async () => {
    const lab = await repository({ [MANIFEST]: agent('../../prompts/new.md'), 'prompts/new.md': 'Help.' });
    expect((await validate(lab)).err).not.toContain('ING1017');
    lab.write({ [MANIFEST]: agent('../../.prompts/old.md'), '.prompts/old.md': 'Help.' });
    expect((await validate(lab)).err).toContain('ING1017');
    lab.commit('With prompt');
    expect((await validate(lab)).err).not.toContain('ING1017');
  });

  it.each([
    ['a dataset', dataset],
    ['the context of an image', image],
  ])('holds for %s', async (_, manifest) => {
    const lab = await repository({ [MANIFEST]: manifest('../../.git/config') });
    expectRefusal(await validate(lab), /ING1017[^]*is not a file of the project/);
    lab.write({ [MANIFEST]: manifest('../../.git') });
    expectRefusal(await validate(lab), /ING1017[^]*is not a file of the project/);
  });

  it('leaves ignored files and links out of a folder', async () => {
    const lab = await repository({ 'app/Dockerfile': 'FROM scratch\n', 'app/private.md': CANARY }, 'private.md\n');
    symlinkSync('/etc/hostname', join(lab.root, 'app', 'link'));
    const files = filesOnDisk(lab.root, (path) => trackedFiles(lab.root, path));
    expect(files.tree('app')).toEqual(['app/Dockerfile']);
    expect(files.entries('app')).toContainEqual({ name: 'private.md', type: 'hidden' });
    expect(() => files.read('app/private.md')).toThrow('not a file of the project');
    expect(() => files.read('app/link')).toThrow('not a file of the project');
  });

  it('takes nothing with a dot outside of a repository', async () => {
    const lab = await createLab({ files: { [MANIFEST]: agent('../../.env'), '.env': CANARY } });
    labs.push(lab);
    expectRefusal(await validate(lab), /ING1017[^]*is not a file of the project/);
    lab.write({ [MANIFEST]: agent('../../prompt.md'), 'prompt.md': 'Help.' });
    expect((await validate(lab)).err).not.toContain('ING1017');
  });
});

describe('a manifest that Git ignores', () => {
  it('is not read, which is said', async () => {
    const lab = await repository({ 'environments/dev/scratch.yaml': 'not: a manifest\n' }, 'scratch.yaml\n');
    const { code, err } = await validate(lab);
    expect(code).toBe(0);
    expect(err).toContain('ING1021');
  });
});

/** Moves a folder out of the repository and leaves a link to it. */
function linkOut(lab: Lab, path: string, outside: string): void {
  renameSync(join(lab.root, path), outside);
  symlinkSync(outside, join(lab.root, path));
}

describe('a symbolic link', () => {
  it.each(['environments', 'environments/dev'])('%s is refused', async (path) => {
    const lab = await repository({ 'environments/dev/wrong.yaml': `a: [${CANARY}\n` });
    const outside = `${lab.root}-outside`;
    linkOut(lab, path, outside);
    try {
      expectRefusal(await validate(lab), new RegExp(`ING1003[^]*${path} is a symbolic link`));
      expectRefusal(await lab.ingate('plan', '-e', 'dev', '--no-color'), /ING1003/);
    } finally {
      unlinkSync(join(lab.root, path));
      rmSync(outside, { recursive: true });
    }
  });

  it.each([
    ['itself', 'base', '../../base'],
    ['on the way', 'shared', '../../shared/base'],
  ])('in the path of `extends` (%s) is refused', async (_, path, folder) => {
    const lab = await repository({});
    const environment = join(lab.root, 'environments/dev/environment.yaml');
    lab.write({ 'environments/dev/environment.yaml': `${readFileSync(environment, 'utf8')}  extends: ${folder}\n` });
    lab.write({ [`${folder.slice(6)}/logs.yaml`]: `a: [${CANARY}\n` });
    const outside = `${lab.root}-outside`;
    linkOut(lab, path, outside);
    try {
      expectRefusal(await validate(lab), /ING1003[^]*symbolic link/);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('above a named file is refused', async () => {
    const lab = await repository({ [MANIFEST]: agent('../../prompts/a.md'), 'prompts/a.md': CANARY });
    lab.commit('All');
    const outside = `${lab.root}-outside`;
    linkOut(lab, 'prompts', outside);
    try {
      expectRefusal(await validate(lab), /ING1017[^]*symbolic link/);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});
