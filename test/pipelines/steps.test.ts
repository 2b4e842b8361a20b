import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pipelineFiles } from '../../src/cli/init/templates.ts';
import { createLab, GROUP, type Lab } from '../support/lab.ts';
import {
  installIngate,
  readWorkflow,
  repository,
  runStep,
  scriptsOf,
  type Step,
  type StepRun,
} from '../support/pipelines.ts';

const STORE = 'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\n';
const workflows = pipelineFiles('github', ['dev']);

/** Runs a step of a workflow with what the workflow, and here the runner, put into its environment. */
function run(file: string, job: string, name: string, env: Readonly<Record<string, string>> = {}): Promise<StepRun> {
  const workflow = readWorkflow(workflows.get(`.github/workflows/${file}`) ?? '');
  const script = workflow.jobs[job]?.steps?.find((step) => step.name?.startsWith(name))?.run;
  if (script === undefined) throw new Error(`${file} ${job} has no step "${name}"`);
  return runStep(lab.root, script, { ...workflow.env, ENVIRONMENT: 'dev', ...env });
}

const action = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as { runs: { steps: Step[] } };
const actionStep = action.runs.steps.find((step) => step.id === 'ingate')!;

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: { 'environments/dev/data.yaml': STORE } });
  lab.commit('start');
  writeFileSync(join(lab.root, '.gitignore'), '.ingate/\nnode_modules/\n');
  lab.commit('ignore what is installed');
  installIngate(lab.root);
});
afterEach(() => lab.close());

const writes = (): number => lab.azure.requests().filter((one) => !['GET', 'HEAD'].includes(one.method)).length;

describe('the comment of a pull request', () => {
  const scripts = {
    github: readWorkflow(pipelineFiles('github', ['dev', 'qa']).get('.github/workflows/ingate-plan.yml') ?? '').jobs[
      'comment'
    ]?.steps?.find((step) => step.name?.startsWith('Write the one comment')),
    'azure-devops': [
      ...scriptsOf(parse(pipelineFiles('azure-devops', ['dev', 'qa']).get('.azure-pipelines/ingate-plan.yml') ?? '')),
    ]
      .filter((script) => script.includes('ingate comment'))
      .map((run) => ({ run, env: { ENVIRONMENTS: 'dev qa' } }))[0],
  };

  it.each(Object.entries(scripts))('names the environments that have no plan: %s', async (_, step) => {
    const temp = join(lab.root, '.git', 'agent');
    mkdirSync(join(temp, 'plans'), { recursive: true });
    writeFileSync(join(temp, 'plans', 'dev.plan'), '');
    const tools = join(temp, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const env = { RUNNER_TEMP: temp, PIPELINE_WORKSPACE: temp, PATH: `${tools}:${process.env['PATH'] ?? ''}` };
    const ran = await runStep(lab.root, step?.run ?? 'exit 1', { ...(step?.env as object), ...env });
    expect(ran.status, ran.stderr).toBe(0);
    const arguments_ = ran.stdout.split('\n').slice(ran.stdout.split('\n').indexOf('--') + 1);
    expect(arguments_).toEqual(['ingate', 'comment', join(temp, 'plans', 'dev.plan'), '--failed', 'qa', '']);
  });
});

describe('workflows, step by step', () => {
  it('validate, plan, compare and apply exactly the saved plan', async () => {
    const validated = await run('ingate-plan.yml', 'validate', 'Check the files');
    expect(validated.status, validated.stderr).toBe(0);

    const planned = await run('ingate-apply-environment.yml', 'plan', 'Plan');
    expect(planned.status, planned.stderr).toBe(0);
    expect(planned.outputs).toMatchObject({ 'has-changes': 'true', 'has-destroy': 'false', 'has-drift': 'false' });
    const digest = planned.outputs['digest'] ?? '';
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(planned.summary).toContain('StorageAccount/data');
    expect(writes()).toBe(0);

    const compare = (reviewed: string) =>
      run('ingate-apply-environment.yml', 'plan', 'Compare', { REVIEWED: reviewed, MADE: digest });
    expect((await compare(digest)).status).toBe(0);
    expect((await compare('0'.repeat(64))).status).toBe(12);
    expect((await compare('"; touch broken; "')).status).toBe(12);
    expect(existsSync(join(lab.root, 'broken'))).toBe(false);

    const applied = await run('ingate-apply-environment.yml', 'apply', 'Apply', { RUNNER_TEMP: planned.temp });
    expect(applied.status, applied.stderr + applied.stdout).toBe(0);
    expect(existsSync(join(lab.root, '.ingate/journal/dev'))).toBe(true);

    const after = await run('ingate-plan.yml', 'plan', 'Plan');
    expect(after.outputs).toMatchObject({ 'has-changes': 'false' });
    expect(after.summary).toContain('ingate plan');
  });

  it('refuse a saved plan after somebody changed Azure', async () => {
    const planned = await run('ingate-apply-environment.yml', 'plan', 'Plan');
    await lab.send('PUT', `${GROUP}?api-version=2025-04-01`, { location: 'westeurope' });
    const before = writes();
    const applied = await run('ingate-apply-environment.yml', 'apply', 'Apply', { RUNNER_TEMP: planned.temp });
    expect(applied.status).toBe(12);
    expect(writes()).toBe(before);
  });

  it('fail when the plan is refused or the files are wrong', async () => {
    lab.write({ 'environments/dev/data.yaml': STORE.replace('StorageAccount', 'StorageAcount') });
    const planned = await run('ingate-plan.yml', 'plan', 'Plan');
    expect(planned.status).not.toBe(0);
    expect(planned.outputs).toEqual({});
  });

  it.each(['$(touch broken)', '`touch broken`', '"; touch broken; "', '--help\ntouch broken', '../../dev', '-C /'])(
    'take the name of an environment for a name, whatever is in it: %s',
    async (hostile) => {
      const planned = await run('ingate-plan.yml', 'plan', 'Plan', { ENVIRONMENT: hostile });
      expect(planned.status).not.toBe(0);
      expect(existsSync(join(lab.root, 'broken'))).toBe(false);
      expect(planned.outputs).toEqual({});
    },
  );
});

describe('pipelines of Azure DevOps, script by script', () => {
  const files = pipelineFiles('azure-devops', ['dev']);
  const find = (file: string, command: string): string => {
    const scripts = [...scriptsOf(parse(files.get(`.azure-pipelines/${file}`) ?? ''))];
    return scripts.find((script) => script.includes(`ingate ${command}`)) ?? `no script with ${command}`;
  };

  /** Agents run bash without any flag, so that a script has to stop by itself. */
  const agent = (script: string, temp: string): Promise<StepRun> => {
    const env = { ENVIRONMENT: 'dev', AGENT_TEMPDIRECTORY: temp, PIPELINE_WORKSPACE: temp, TF_BUILD: 'True' };
    return runStep(lab.root, script, { ...env, NPM_CONFIG_IGNORE_SCRIPTS: 'true', GITHUB_OUTPUT: '' }, []);
  };

  it('plan for a pull request, and plan and apply after the merge', async () => {
    const temp = join(lab.root, '.git', 'agent');
    mkdirSync(join(temp, 'plan-dev'), { recursive: true });
    const reviewed = await agent(find('ingate-plan.yml', 'plan'), temp);
    expect(reviewed.status, reviewed.stderr).toBe(0);
    expect(reviewed.stdout).toContain(`##vso[task.uploadsummary]${temp}/dev.md`);
    expect(readFileSync(join(temp, 'dev.md'), 'utf8')).toContain('StorageAccount/data');
    expect(existsSync(join(temp, 'plans/dev.plan'))).toBe(true);

    const planned = await agent(find('ingate-apply.yml', 'plan'), temp);
    expect(planned.stdout).toContain('variable=hasChanges;isOutput=true]true');
    renameSync(join(temp, 'dev.plan'), join(temp, 'plan-dev/dev.plan'));
    expect(writes()).toBe(0);
    const applied = await agent(find('ingate-apply.yml', 'apply'), temp);
    expect(applied.status, applied.stderr).toBe(0);
    expect(writes()).toBeGreaterThan(0);
  });

  it('fail when ingate fails', async () => {
    const temp = join(lab.root, '.git', 'agent');
    mkdirSync(temp);
    lab.write({ 'environments/dev/data.yaml': STORE.replace('StorageAccount', 'StorageAcount') });
    for (const file of ['ingate-plan.yml', 'ingate-apply.yml'])
      expect((await agent(find(file, 'plan'), temp)).status, file).toBe(1);
  });
});

describe('the action', () => {
  const defaults = { COMMAND: 'plan', ENVIRONMENT: 'dev', DIRECTORY: '.', VERSION: '', ARGUMENTS: '' };

  function run(inputs: Partial<typeof defaults>): Promise<StepRun> {
    const entries = Object.entries({ ...defaults, ...inputs }).map(([name, value]) => [`INGATE_ACTION_${name}`, value]);
    const own = Object.fromEntries(entries) as Record<string, string>;
    const env = { GITHUB_ACTION_PATH: repository, npm_config_ignore_scripts: 'true', ...own };
    return runStep(lab.root, actionStep.run ?? '', env);
  }

  it('hands each of its inputs over by the environment', () => {
    const inputs = Object.entries(actionStep.env ?? {}).filter(([name]) => name.startsWith('INGATE_ACTION_'));
    expect(inputs.map(([name]) => name)).toEqual(Object.keys(defaults).map((name) => `INGATE_ACTION_${name}`));
    expect(inputs.every(([, value]) => /^\$\{\{ inputs\.[a-z-]+ \}\}$/.test(value))).toBe(true);
    expect(actionStep.env).toMatchObject({ npm_config_ignore_scripts: 'true' });
  });

  it('plans and applies with the installed ingate or an exact version, and tells the outcome', async () => {
    const planned = await run({ ARGUMENTS: '--detailed-exitcode\n--out\n saved plan.plan \n' });
    expect(planned.status, planned.stderr).toBe(0);
    expect(planned.outputs).toMatchObject({ 'exit-code': '2', 'has-changes': 'true', 'has-destroy': 'false' });
    expect(existsSync(join(lab.root, 'saved plan.plan'))).toBe(true);
    const applied = await run({ COMMAND: 'apply', VERSION: '0.1.0', ARGUMENTS: '--yes' });
    expect(applied.status, applied.stderr).toBe(0);
    expect(applied.outputs).toMatchObject({ 'exit-code': '0', 'has-changes': 'true' });
    const again = await run({ ARGUMENTS: '--detailed-exitcode' });
    expect(again.outputs).toMatchObject({ 'exit-code': '0', 'has-changes': 'false' });
  });

  it('fails with the exit code of a command that failed', async () => {
    const refused = await run({ COMMAND: 'apply', ARGUMENTS: '--yes\n--plan-hash\nabc' });
    expect(refused.status).toBe(12);
    expect(refused.outputs['exit-code']).toBe('12');
    expect(writes()).toBe(0);
  });

  it('works in a folder below the workspace', async () => {
    mkdirSync(join(lab.root, 'below'));
    expect((await run({ COMMAND: 'validate', ENVIRONMENT: '', DIRECTORY: 'below' })).status).toBe(0);
  });

  it.each([
    { COMMAND: 'exec' },
    { COMMAND: 'local' },
    { ENVIRONMENT: '--cwd=/' },
    { ENVIRONMENT: 'dev;touch broken' },
    { VERSION: 'latest' },
    { VERSION: '1.0.0 --registry=http://evil.example' },
    { VERSION: 'github:evil/evil' },
    { DIRECTORY: '../..' },
    { DIRECTORY: '/' },
  ])('refuses %j', async (inputs) => {
    const ran = await run(inputs);
    expect(ran.status).toBe(64);
    expect(ran.outputs).toEqual({ 'exit-code': '64' });
  });

  it.each(['$(touch broken)', '; touch broken', '`touch broken`', '| touch broken', '--package=evil', '> broken'])(
    'hands an argument over as it is: %s',
    async (hostile) => {
      const ran = await run({ COMMAND: 'validate', ARGUMENTS: hostile });
      expect(ran.status).toBe(64);
      expect(existsSync(join(lab.root, 'broken'))).toBe(false);
    },
  );

  it('asks for exactly the version that was named', async () => {
    const ran = await run({ VERSION: '9.9.9' });
    expect(ran.status).not.toBe(0);
    expect(ran.stderr).toContain('ingate');
    expect(ran.outputs['has-changes']).toBeUndefined();
  });
});
