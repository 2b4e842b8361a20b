import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator } from 'emulate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipelineFiles } from '../../src/cli/init/templates.ts';
import { parse } from 'yaml';
import { startAzureRepos } from '../promotion/azure-repos.ts';
import { createEstate, LASTING_BASE, type Estate } from '../promotion/estate.ts';
import { MACHINE_TIME } from '../support/impatient-clock.ts';
import { installIngate, readWorkflow, runStep, scriptsOf, type StepRun } from '../support/pipelines.ts';

const LOGIN = 'ingate-bot';
let github: Emulator;
let estate: Estate;
let folder = '';

beforeEach(async () => {
  const seed = {
    tokens: { 'token-of-the-bot': { login: LOGIN, scopes: ['repo'] } },
    github: { users: [{ login: LOGIN }], repos: [{ owner: LOGIN, name: 'estate', auto_init: true }] },
  };
  github = await createEmulator({ service: 'github', port: 0, seed });
  folder = mkdtempSync(join(tmpdir(), 'ingate-origin-'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(folder, 'origin')]);
  estate = await createEstate({ 'environments/base/base.yaml': LASTING_BASE }, {}, MACHINE_TIME);
  installIngate(estate.root);
  estate.write({ '.gitignore': '.ingate/\nnode_modules/\n' });
  estate.git('commit', '-qam', 'packages are not committed');
  estate.git('remote', 'add', 'origin', join(folder, 'origin'));
  estate.git('push', '--quiet', 'origin', 'main');
  // The `gh` of a runner, as far as the workflow asks it: one run that left evidence.
  mkdirSync(join(folder, 'bin'));
  const gh = `#!/bin/bash
if [ "$1" = api ]; then echo 7; echo 7; exit 0; fi
[ "$*" = "run download 7 --name evidence-dev --dir $7" ] || exit 1
[ ! -e "$7" ] || exit 1
mkdir -p "${estate.root}/.ingate/evidence" "$(dirname "$7")" && cp -r "${estate.root}/.ingate/evidence" "$7"
`;
  writeFileSync(join(folder, 'bin', 'gh'), gh, { mode: 0o755 });
});
afterEach(async () => {
  await estate.close();
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

const workflow = readWorkflow(
  pipelineFiles('github', ['dev', 'qa', 'prod']).get('.github/workflows/ingate-promote.yml') ?? '',
);
const scripts = (workflow.jobs['promote']?.steps ?? []).flatMap(({ run }) => run ?? []);

async function run(inputs: Readonly<Record<string, string>>): Promise<StepRun> {
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    RUNNER_TEMP: mkdtempSync(join(folder, 'runner-')),
    GITHUB_REPOSITORY: `${LOGIN}/estate`,
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: 'token-of-the-bot',
    RELEASE: 'support',
    FROM: 'dev',
    TO: 'qa',
    ID: '',
    ROLLBACK: 'false',
    ...inputs,
  };
  for (const script of scripts.slice(0, -1)) {
    const taken = await runStep(estate.root, script, env);
    expect(taken.status, taken.stderr).toBe(0);
  }
  return runStep(estate.root, scripts.at(-1) ?? '', env);
}

describe('the workflow that promotes', () => {
  it('opens one pull request with the evidence of earlier runs, and takes inputs for nothing but texts', async () => {
    await estate.ok('apply', '-e', 'dev', '--yes');
    const none = await run({});
    expect([none.status, none.stderr]).toEqual([11, expect.stringContaining('ING8200')]);
    await estate.ok('evidence', 'sign', '-e', 'dev');
    const made = await run({});
    expect([made.status, made.stdout], made.stderr).toEqual([0, expect.stringContaining(': created')]);
    const author = execFileSync(
      'git',
      ['-C', join(folder, 'origin'), 'log', '-1', '--format=%an', '--all', '--author-date-order'],
      { encoding: 'utf8' },
    );
    expect(author).not.toBe('');
    const again = await run({});
    expect([again.status, again.stdout], again.stderr).toEqual([0, expect.stringContaining(': unchanged')]);
    for (const hostile of ['$(touch broken)', '; touch broken', '--offline', '../../x'])
      expect((await run({ RELEASE: hostile })).status).not.toBe(0);
    expect(estate.git('status', '--porcelain')).toBe('');
    const back = await run({ ROLLBACK: 'true', ID: '0123456789ab' });
    expect([back.status, back.stderr]).toEqual([1, expect.stringContaining('ING8101')]);
  });
});

describe('the pipeline of Azure DevOps that promotes', () => {
  const [script = ''] = scriptsOf(
    parse(pipelineFiles('azure-devops', ['dev', 'qa', 'prod']).get('.azure-pipelines/ingate-promote.yml') ?? ''),
  );

  it('opens one pull request in Azure Repos, and takes parameters for nothing but texts', async () => {
    const repos = await startAzureRepos();
    const temp = mkdtempSync(join(folder, 'agent-'));
    const agent = (parameters: Readonly<Record<string, string>> = {}): Promise<StepRun> => {
      const told = { RELEASE: 'support', FROM: 'dev', TO: 'qa', ID: '-', ROLLBACK: 'False', ...parameters };
      const variables = {
        TF_BUILD: 'True',
        GITHUB_ACTIONS: '',
        AGENT_TEMPDIRECTORY: temp,
        SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: repos.collection,
        SYSTEM_TEAMPROJECT: 'p',
        BUILD_REPOSITORY_ID: 'r',
        SYSTEM_ACCESSTOKEN: 'token-of-the-build',
        NPM_CONFIG_IGNORE_SCRIPTS: 'true',
      };
      return runStep(estate.root, script, { ...variables, ...told }, []);
    };
    try {
      await estate.ok('apply', '-e', 'dev', '--yes');
      const none = await agent();
      expect([none.status, none.stderr]).toEqual([11, expect.stringContaining('ING8200')]);
      await estate.ok('evidence', 'sign', '-e', 'dev');
      cpSync(join(estate.root, '.ingate', 'evidence'), join(temp, 'evidence'), { recursive: true });
      rmSync(join(estate.root, '.ingate', 'evidence'), { recursive: true });
      const made = await agent();
      expect([made.status, made.stdout], made.stderr).toEqual([0, expect.stringContaining(': created')]);
      expect(made.stdout + made.stderr).not.toContain('token-of-the-build');
      expect(repos.pullRequests).toMatchObject([
        { targetRefName: 'refs/heads/main', title: expect.stringContaining('qa') },
      ]);
      const again = await agent();
      expect([again.status, again.stdout], again.stderr).toEqual([0, expect.stringContaining(': unchanged')]);
      expect(repos.pullRequests).toHaveLength(1);
      for (const hostile of ['$(touch broken)', '; touch broken', '--offline', '../../x'])
        expect((await agent({ RELEASE: hostile })).status).not.toBe(0);
      expect(estate.git('status', '--porcelain')).toBe('');
      const back = await agent({ ROLLBACK: 'True', ID: '0123456789ab' });
      expect([back.status, back.stderr]).toEqual([1, expect.stringContaining('ING8101')]);
    } finally {
      repos.close();
    }
  });
});
