import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { environmentNames, githubRepository, projectName } from '../../src/cli/init/names.ts';
import { runInProcess, type Ran } from '../support/lab.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'ingate-init-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ingate = (...args: readonly string[]): Promise<Ran> => runInProcess([...args, '--cwd', root]);
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const write = (name: string, text: string): void => {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), text);
};

describe('ingate init', () => {
  it('writes a project that is valid at once and plans on the embedded Azure', async () => {
    const ran = await ingate('init');
    expect(ran.code, ran.err).toBe(0);
    const validated = await ingate('validate');
    expect(validated.code, validated.err).toBe(0);
    expect(validated.out.trim().split('\n').length).toBe(3);
    const planned = await ingate('plan', '-e', 'qa');
    expect(planned.code, planned.err).toBe(0);
    expect(planned.out).toContain('Plan: 2 to add, 0 to change, 0 to destroy.');
    expect(read('.gitignore')).toBe('.ingate/\n*.plan\n');
  });

  it('changes nothing when it runs again, not even with --force', async () => {
    await ingate('init');
    const again = await ingate('init', '--force');
    expect(again.code).toBe(0);
    expect(again.out).not.toMatch(/^(new|replaced|extended|kept) /m);
  });

  it('keeps what is there, and replaces with --force only what it wrote itself', async () => {
    const plan = '.github/workflows/ingate-plan.yml';
    const apply = '.github/workflows/ingate-apply.yml';
    await ingate('init', '--environments', 'dev');
    const original = read(plan);
    write(plan, `${original}# mine\n`);
    write(apply, 'name: mine\n');
    write(
      'environments/dev/environment.yaml',
      read('environments/dev/environment.yaml').replace('cloud: local', 'cloud: public'),
    );
    write('.gitignore', 'dist');

    const kept = await ingate('init');
    expect(kept.out).toMatch(new RegExp(`^kept +${plan}$`, 'm'));
    expect(kept.out).toContain('--force');
    expect(read(plan)).toContain('# mine');

    await ingate('init', '--force');
    expect(read(plan)).toBe(original);
    expect(read(apply)).toBe('name: mine\n');
    expect(read('environments/dev/environment.yaml')).toContain('cloud: public');
    expect(read('.gitignore')).toBe('dist\n.ingate/\n*.plan\n');
  });

  it('takes the environments that are there, and adds those that are named', async () => {
    await ingate('init', '--environments', 'stage');
    await ingate('init', '--environments', 'stage,live', '--force');
    expect((await ingate('validate')).out).toMatch(/valid live: .*\nvalid stage: /);
    const unclear = await ingate('init', '--azure-devops');
    expect(unclear.code).toBe(64);
    expect(unclear.err).toContain('--environments live,stage');
    await ingate('init', '--azure-devops', '--environments', 'stage,live');
    const pipeline = parse(read('.azure-pipelines/ingate-apply.yml')) as { parameters: { default: string[] }[] };
    expect(pipeline.parameters[0]?.default).toEqual(['stage', 'live']);
  });

  it('writes nothing through links', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'ingate-outside-'));
    symlinkSync(outside, join(root, '.github'));
    symlinkSync(join(outside, 'ignored'), join(root, '.gitignore'));
    const ran = await ingate('init');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('.github is a link');
    expect(execFileSync('ls', ['-A', outside], { encoding: 'utf8' })).toBe('');
    rmSync(outside, { recursive: true });
  });

  it('names the subjects of the repository that origin is, and never its password', async () => {
    execFileSync('git', ['init', '--quiet', root]);
    execFileSync('git', ['-C', root, 'remote', 'add', 'origin', 'https://me:hunter2@github.com/acme/support.git']);
    const { out, err } = await ingate('init', '--environments', 'dev,prod');
    expect(out).toContain('--subject repo:acme/support:environment:prod');
    expect(out).toContain('--subject repo:acme/support:pull_request');
    expect(out + err).not.toContain('hunter2');
  });

  it('says where it is: at the root of a repository, below it, or in none', async () => {
    expect((await ingate('init')).err).toContain('git init');
    execFileSync('git', ['init', '--quiet', root]);
    expect((await ingate('init')).err).toBe('');
    mkdirSync(join(root, 'below'));
    const ran = await runInProcess(['init', '--cwd', join(root, 'below')]);
    expect(ran.err).toContain('This folder is below/ of a repository');
  });

  it('refuses names that are no names', async () => {
    for (const wrong of ['Dev', '../dev', 'base', 'a b', '', 'dev;rm', '-dev', '$(id)']) {
      const ran = await ingate('init', `--environments=${wrong}`);
      expect(ran.code, wrong).toBe(64);
      expect(ran.err).toContain('ING6300');
    }
    expect(execFileSync('ls', ['-A', root], { encoding: 'utf8' })).toBe('');
  });

  it('gives editors a schema that takes what it wrote and refuses a mistake', async () => {
    await ingate('init');
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(read('schema/ingate.schema.json')) as object,
    );
    const environment = parse(read('environments/dev/environment.yaml')) as { spec: object };
    expect(validate(environment), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...environment, spec: { ...environment.spec, colour: 'red' } })).toBe(false);
    expect(read('environments/dev/environment.yaml')).toContain('$schema=../../schema/ingate.schema.json');
  });
});

describe('names', () => {
  it('that are taken need no quoting anywhere', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const names = environmentNames(text);
        return 'code' in names || names.every((name) => /^[a-z][a-z0-9-]*$/.test(name) && name.length <= 30);
      }),
    );
    expect(environmentNames(' dev, prod ,dev')).toEqual(['dev', 'prod']);
  });

  it('of projects can stand in names of Azure, whatever the folder is called', () => {
    fc.assert(
      fc.property(fc.string(), (text) => /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/.test(projectName(basename(text)))),
    );
    expect(projectName('My_Support  App')).toBe('my-support-app');
  });

  it('of repositories come from GitHub only', () => {
    for (const url of ['git@github.com:a/b.c.git', 'ssh://git@github.com/a/b.c', 'https://x:y@github.com/a/b.c.git/'])
      expect(githubRepository(url), url).toBe('a/b.c');
    for (const url of ['https://github.com.evil.example/a/b', 'https://gitlab.com/a/b', 'git@github.com:a/b;id', ''])
      expect(githubRepository(url), url).toBeUndefined();
  });
});
