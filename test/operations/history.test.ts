import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { actorOf } from '../../src/cli/actor.ts';
import { runOf } from '../../src/cli/history/journals.ts';
import { createLab, GROUP, type Lab } from '../support/lab.ts';

const store = (name: string): string =>
  `apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: ${name} }\n`;
const FILE = 'environments/dev/data.yaml';

interface Told {
  readonly applied: { readonly commit: string; readonly version: string } | null;
  readonly entries: readonly {
    readonly run: {
      readonly result: string;
      readonly commit: string | null;
      readonly by?: string;
      readonly failed: string[];
    };
    readonly commits?: readonly { readonly subject: string }[];
  }[];
  readonly pending?: readonly { readonly hash: string; readonly subject: string }[];
  readonly unknown: readonly string[];
  readonly diagnostics: readonly { readonly code: string }[];
}

let lab: Lab;
afterEach(() => lab.close());

async function told(...args: readonly string[]): Promise<Told & { readonly code: number }> {
  const { code, out } = await lab.ingate('history', '-e', 'dev', '-o', 'json', ...args);
  return { ...(JSON.parse(out) as Told), code };
}

async function apply(code = 0): Promise<void> {
  const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
  expect(ran.code, ran.err + ran.out).toBe(code);
}

function change(message: string, files: Readonly<Record<string, string>>): string {
  lab.write(files);
  return lab.commit(message);
}

describe('ingate history', () => {
  it('tells applies with their commits, what is not applied yet, and what it cannot know', async () => {
    lab = await createLab({
      files: { [FILE]: store('data') },
      env: {
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTOR: 'alice',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/support',
        GITHUB_RUN_ID: '42',
      },
    });
    const first = lab.commit('start');
    await apply();
    change('more data', { [FILE]: `${store('data')}---\n${store('more')}` });
    change('words about it', { 'README.md': 'Hello.\n' });
    await apply();
    const third = change('a third one', { [FILE]: `${store('data')}---\n${store('more')}---\n${store('third')}` });

    const before = lab.azure.requests().length;
    const { code, applied, entries, pending, unknown } = await told();
    expect(code).toBe(0);
    expect(
      lab.azure
        .requests()
        .slice(before)
        .every((request) => request.method === 'GET'),
    ).toBe(true);
    expect(entries.map(({ run }) => [run.result, run.by])).toEqual([
      ['complete', 'alice'],
      ['complete', 'alice'],
    ]);
    expect(entries[1]?.run.commit).toBe(first);
    expect(entries[0]?.commits?.map(({ subject }) => subject)).toEqual(['more data']);
    expect(applied?.commit).toBe(entries[0]?.run.commit);
    expect(pending?.map(({ hash }) => hash)).toEqual([third]);
    expect(unknown.join(' ')).toContain('activity log was not asked');

    const text = (await lab.ingate('history', '-e', 'dev')).out;
    expect(text).toContain('https://github.com/acme/support/actions/runs/42');
    expect(text).toMatch(/Not applied yet: 1 commit\n +\w{10} {2}2026-01-01 {2}Test: a third one/);
    expect((await told('--limit', '1')).entries.length).toBe(1);
  });

  it('knows which files an environment is made of: its folder, what it extends, what fields name', async () => {
    const environment = `apiVersion: ingate/v1alpha1\nkind: Environment\nmetadata: { name: dev }\nspec: { cloud: local, subscriptionId: 11111111-1111-1111-1111-111111111111, resourceGroup: rg-test, location: swedencentral, extends: ../base }\n`;
    const agent = `apiVersion: ingate/v1alpha1\nkind: FoundryAccount\nmetadata: { name: ai }\n---\napiVersion: ingate/v1alpha1\nkind: FoundryProject\nmetadata: { name: help }\nspec: { account: ai }\n---\napiVersion: ingate/v1alpha1\nkind: Agent\nmetadata: { name: help }\nspec: { project: help, instructionsFile: ../../prompts/help.md, definition: { kind: prompt, model: gpt-4o } }\n`;
    lab = await createLab({
      files: {
        'environments/dev/environment.yaml': environment,
        'environments/base/agent.yaml': agent,
        'environments/qa/notes.yaml': '# nothing\n',
        'prompts/help.md': 'Help.\n',
        'prompts/other.md': 'Other.\n',
      },
    });
    const start = lab.commit('start');
    await lab.send('PUT', `${GROUP}?api-version=2025-04-01`, tagged(start));
    change('prompt', { 'prompts/help.md': 'Help kindly.\n' });
    change('base', { 'environments/base/agent.yaml': `# all\n${agent}` });
    change('other prompt', { 'prompts/other.md': 'Others.\n' });
    change('other environment', { 'environments/qa/notes.yaml': '# more\n' });
    change('gone', { 'environments/dev/extra.yaml': store('extra') });
    change('gone again', { 'environments/dev/extra.yaml': '' });
    expect((await told()).pending?.map(({ subject }) => subject).toSorted()).toEqual(
      ['prompt', 'base', 'gone', 'gone again'].toSorted(),
    );
  });

  it('tells failures, runs without an end, and files that are no journal', async () => {
    lab = await createLab({ files: { [FILE]: store('data') } });
    lab.commit('start');
    lab.azure.faults.add({
      match: { method: 'PUT', path: 'storageAccounts/datadev' },
      respond: { status: 400, body: { error: { code: 'Broken', message: 'No.' } } },
    });
    await apply(13);
    lab.azure.faults.clear();
    await apply();
    const folder = join(lab.root, '.ingate/journal/dev');
    const [, newest = ''] = readdirSync(folder).toSorted();
    const lines = readFileSync(join(folder, newest), 'utf8').split('\n');
    const killed = `${lines.slice(0, 2).join('\n')}\n{"type":"fini`;
    writeFileSync(join(folder, '2999-01-01T00-00-00.000Z.ndjson'), killed);
    writeFileSync(join(folder, '3000-01-01T00-00-00.000Z.ndjson'), 'what is this\n');
    const { code, entries, diagnostics } = await told();
    expect(code).toBe(0);
    expect(entries.map(({ run }) => run.result)).toEqual(['unfinished', 'complete', 'incomplete']);
    expect(entries[2]?.run.failed).toEqual(['StorageAccount/data']);
    expect(diagnostics.map((one) => one.code)).toEqual(['ING6302']);
  });

  it('says so when the commit that was applied is not in the clone, and when nothing was', async () => {
    lab = await createLab();
    const bare = await told();
    expect(bare.applied).toBeNull();
    expect(bare.pending).toBeUndefined();
    expect(bare.unknown.join(' ')).toContain('not a Git repository');
    lab.commit('start');
    await lab.send('PUT', `${GROUP}?api-version=2025-04-01`, tagged('b'.repeat(40)));
    const lost = await told();
    expect(lost.applied?.commit).toBe('b'.repeat(40));
    expect(lost.pending).toBeUndefined();
    expect(lost.unknown.join(' ')).toContain('bbbbbbbbbb is not in this clone');
    expect(lost.unknown.join(' ')).toContain('When and by whom');
  });

  it('tells what is here when Azure does not answer, and ends with the reason', async () => {
    lab = await createLab({ azure: { accessControl: { owners: ['somebody'] } } });
    lab.commit('start');
    const { code, entries, diagnostics } = await told();
    expect(code).toBe(15);
    expect(entries).toEqual([]);
    expect(diagnostics.map((one) => one.code)).toEqual(['ING4003']);
  });

  it('prints what others wrote into commits and journals as text only', async () => {
    lab = await createLab({ files: { [FILE]: store('data') } });
    const start = lab.commit('start');
    await lab.send('PUT', `${GROUP}?api-version=2025-04-01`, tagged(start));
    lab.write({ [FILE]: store('other') });
    execFileSync('git', ['-C', lab.root, 'config', 'user.name', '::set-output name=x::1\u001b[31m']);
    execFileSync('git', ['-C', lab.root, 'config', 'user.email', 'a@b']);
    execFileSync('git', ['-C', lab.root, 'commit', '-qam', '##vso[task.complete]\u001b]0;owned\u0007 \u202e::stop']);
    const { out } = await lab.ingate('history', '-e', 'dev');
    expect(out).toContain('Not applied yet: 1 commit');
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(out).not.toContain('##vso[');
  });
});

function tagged(commit: string): object {
  return {
    location: 'swedencentral',
    tags: {
      'ingate-environment': 'dev',
      'ingate-path': 'environments/dev',
      'ingate-commit': commit,
      'ingate-version': '0.1.0',
    },
  };
}

describe('who ran it', () => {
  it('is what a pipeline says of itself, else the user of the machine', async () => {
    lab = await createLab();
    expect(
      actorOf({
        TF_BUILD: 'True',
        BUILD_REQUESTEDFOR: 'Bob',
        SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
        SYSTEM_TEAMPROJECT: 'My project',
        BUILD_BUILDID: '7',
      }),
    ).toEqual({ name: 'Bob', run: 'https://dev.azure.com/acme/My%20project/_build/results?buildId=7' });
    expect(actorOf({ GITHUB_ACTIONS: 'true' })).toEqual({});
    expect(actorOf({})).not.toHaveProperty('run');
  });

  it('is read from journals of any form without a fault', async () => {
    lab = await createLab();
    const entry = fc.dictionary(fc.constantFrom('type', 'time', 'by', 'commit', 'id', 'complete'), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const run = runOf(JSON.parse(JSON.stringify(entries)) as Parameters<typeof runOf>[0]);
        return run === undefined || ['complete', 'incomplete', 'interrupted', 'unfinished'].includes(run.result);
      }),
    );
    expect(runOf([{ type: 'begin', time: '2026-01-01T00:00:00Z', by: { name: 'a' } }])).toMatchObject({
      by: 'a',
      commit: null,
    });
  });
});
