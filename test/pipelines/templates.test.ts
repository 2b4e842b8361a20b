import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pipelineFiles } from '../../src/cli/init/templates.ts';
import { HEADER } from '../../src/cli/init/write.ts';
import { createProgram } from '../../src/cli/program.ts';
import { readWorkflow, repository, scriptsOf, type Step } from '../support/pipelines.ts';
import { readActionByGithub, readByGithub } from '../support/workflow-parser.ts';

const github = [...pipelineFiles('github', ['dev', 'qa', 'prod'])];
const azureDevOps = [...pipelineFiles('azure-devops', ['dev', 'qa', 'prod'])];
const action = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as {
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

const workflows = github.map(([name, text]) => ({ name, text, workflow: readWorkflow(text) }));
const named = (suffix: string): string => workflows.find(({ name }) => name.endsWith(suffix))!.text;
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ place: `${name} ${id}`, job, workflow })),
);
const steps = [
  ...jobs.flatMap(({ place, job }) => (job.steps ?? []).map((step) => ({ place, step }))),
  ...action.runs.steps.map((step) => ({ place: 'action.yml', step })),
];

describe('workflows for GitHub', () => {
  it.each(workflows)("$name is read by GitHub's own parser without errors", async ({ name, text }) => {
    const { errors, jobs: count } = await readByGithub(name, text);
    expect(errors).toEqual([]);
    expect(count).toBeGreaterThan(0);
  });

  it('would not be read with a mistake in them', async () => {
    const text = named('plan.yml');
    for (const wrong of [
      text.replace('runs-on: ubuntu-24.04', 'runs_on: ubuntu-24.04'),
      text.replace('matrix.environment }}.plan', 'matrix.environment ) }}.plan'),
      text.replace('needs: validate', 'needs: missing'),
    ])
      expect((await readByGithub('wrong.yml', wrong)).errors).not.toEqual([]);
  });

  it('pin every action by a full commit, with its version beside it', () => {
    const uses = [...workflows.map(({ text }) => text), readFileSync(join(repository, 'action.yml'), 'utf8')]
      .flatMap((text) => [...text.matchAll(/^\s*-?\s*uses: (.*)$/gm)])
      .map((match) => match[1] ?? '')
      .filter((target) => !target.startsWith('./'));
    expect(uses.length).toBeGreaterThan(15);
    expect(uses.filter((target) => !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(target))).toEqual([]);
    const commits = Map.groupBy(new Set(uses), (target) => target.split('@')[0]);
    expect([...commits].filter(([, all]) => all.length > 1)).toEqual([]);
  });

  it('start without any permission and give each job its own', () => {
    expect(workflows.filter(({ workflow }) => JSON.stringify(workflow.permissions) !== '{}')).toEqual([]);
    expect(jobs.filter(({ job }) => job.permissions === undefined).map(({ place }) => place)).toEqual([]);
    const writing = jobs.flatMap(({ place, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([name, level]) => level === 'write' && name !== 'id-token')
        .map(([name]) => `${place.split('/').at(-1)}: ${name}`),
    );
    expect(writing).toEqual([
      'ingate-plan.yml comment: pull-requests',
      'ingate-drift.yml drift: issues',
      'ingate-promote.yml promote: contents',
      'ingate-promote.yml promote: pull-requests',
    ]);
  });

  it('have an end, and never two runs on one environment', () => {
    const endless = jobs.filter(({ job }) => job.uses === undefined && !(Number(job['timeout-minutes']) > 0));
    expect(endless.map(({ place }) => place)).toEqual([]);
    const apply = readWorkflow(named('apply-environment.yml'));
    expect(apply.concurrency).toEqual({
      group: 'ingate-apply-${{ inputs.environment }}',
      'cancel-in-progress': false,
    });
    expect(readWorkflow(named('drift.yml')).concurrency?.['cancel-in-progress']).toBe(false);
  });

  it('run nothing with an identity that came from a fork', () => {
    for (const { text, workflow } of workflows) {
      expect(text).not.toContain('pull_request_target');
      expect(workflow.on).not.toHaveProperty('workflow_run');
      expect(text).not.toMatch(/client-secret|creds:|secrets\./);
      expect(workflow.on).not.toHaveProperty('issue_comment');
    }
    const plan = readWorkflow(named('plan.yml'));
    const own = 'github.event.pull_request.head.repo.full_name == github.repository';
    expect(plan.jobs['validate']).toMatchObject({ permissions: { contents: 'read' } });
    expect(JSON.stringify(plan.jobs['validate'])).not.toMatch(/azure\/login|GITHUB_TOKEN|secrets/);
    expect(plan.jobs['plan']?.if).toContain(own);
    expect(JSON.stringify(plan.jobs['comment'])).not.toContain('checkout');
  });

  it('have no expression in a script, so that no value becomes a command', () => {
    expect(steps.filter(({ step }) => step.run?.includes('${{')).map(({ place }) => place)).toEqual([]);
    const scripts = steps.flatMap(({ step }) => step.run ?? []);
    expect(scripts.filter((script) => /\beval\b|curl|\bsh -c/.test(script))).toEqual([]);
  });

  it('keep no credentials in the work tree but where a branch is pushed, and cache nothing', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    const keeping = checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false);
    expect(keeping.map(({ place }) => place)).toEqual(['.github/workflows/ingate-promote.yml promote']);
    const nodes = steps.filter(({ step }) => step.uses?.startsWith('actions/setup-node@'));
    expect(nodes.every(({ step }) => step.with?.['package-manager-cache'] === false)).toBe(true);
    expect(steps.some(({ step }) => step.uses?.startsWith('actions/cache@'))).toBe(false);
  });

  it('install packages without running their code, and sign in as nobody else', () => {
    const running = workflows.filter(({ workflow }) => JSON.stringify(workflow.jobs).includes('npx '));
    expect(running.length).toBe(5);
    for (const { workflow } of running) {
      expect(workflow.env).toMatchObject({
        npm_config_ignore_scripts: 'true',
        AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential',
      });
    }
  });

  it('change nothing from a branch that was not merged', () => {
    const apply = readWorkflow(named('ingate-apply.yml'));
    expect(apply.on).toMatchObject({ push: { branches: ['main'] } });
    expect(apply.jobs['one']?.if).toContain('github.ref_name == github.event.repository.default_branch');
    const promote = readWorkflow(named('promote.yml'));
    expect(promote.jobs['promote']?.if).toContain('github.ref_name == github.event.repository.default_branch');
  });

  it('quote every variable in scripts', () => {
    const loose = steps.flatMap(
      ({ place, step }) =>
        (step.run ?? '')
          .replaceAll(/"[^"]*"/g, '')
          .match(/\$[A-Za-z_{]\w*/g)
          ?.map((name) => `${place}: ${name}`) ?? [],
    );
    expect(loose).toEqual([]);
  });
});

describe('the action', () => {
  it("is read by GitHub's own parser without errors", () => {
    expect(action.runs.using).toBe('composite');
    const text = readFileSync(join(repository, 'action.yml'), 'utf8');
    expect(readActionByGithub(text)).toEqual([]);
    expect(readActionByGithub(text.replace('shell: bash', 'sell: bash'))).not.toEqual([]);
  });
});

describe('pipelines for Azure DevOps', () => {
  it.each(azureDevOps)('%s is YAML with an end for every job, and no macro in a script', (_, text) => {
    const pipeline = parse(text) as object;
    expect(pipeline).toHaveProperty('variables.INGATE_VERSION');
    const jobCount = [...text.matchAll(/^\s*- (?:job|deployment): /gm)].length;
    expect(jobCount).toBeGreaterThan(0);
    expect([...text.matchAll(/timeoutInMinutes: \d+/g)].length).toBe(jobCount);
    const scripts = [...scriptsOf(pipeline)];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => /\$\(|\$\{\{/.test(script))).toEqual([]);
    expect(
      scripts.filter((script) => /\n./.test(script.replaceAll('\\\n', '')) && !script.startsWith('set -e')),
    ).toEqual([]);
    expect(text).not.toMatch(/servicePrincipalKey|addSpnToEnvironment/);
  });
});

describe('every pipeline', () => {
  const all = [...github, ...azureDevOps];

  it.each(all)('%s says who wrote it and has nothing left to fill in', (_, text) => {
    expect(text.split('\n')[0]).toBe(`# ${HEADER}`);
    expect(text).not.toContain('__');
  });

  it.each(all)('%s has scripts that bash can read', (_, text) => {
    for (const script of scriptsOf(parse(text)))
      expect(() => execFileSync('bash', ['-n'], { input: script, stdio: 'pipe' }), script).not.toThrow();
  });

  it('calls commands with options that they have', () => {
    const io = {
      env: {},
      cwd: '.',
      interactive: false,
      print: () => undefined,
      say: () => undefined,
      write: () => undefined,
      ask: () => Promise.reject(new Error('Nobody is there')),
      holdSignals: () => ({ stop: new AbortController().signal, kill: new AbortController().signal }),
    };
    const program = createProgram(io, () => undefined);
    const calls = all
      .flatMap(([, text]) => [...text.replaceAll(/\\\n\s*/g, ' ').matchAll(/-- ingate ([a-z]+)( [a-z]+)?(.*)$/gm)])
      .map((match) => ({
        name: match[1] ?? '',
        inner: match[2]?.trim(),
        options: match[3]?.match(/(?<= )--[a-z-]+/g) ?? [],
      }));
    expect(new Set(calls.map(({ name }) => name))).toEqual(
      new Set(['validate', 'plan', 'apply', 'drift', 'comment', 'evidence', 'promote', 'rollout']),
    );
    const wrong = calls.flatMap(({ name, inner, options }) => {
      const outer = program.commands.find((one) => one.name() === name);
      const command = outer?.commands.find((one) => one.name() === inner) ?? outer;
      const known = new Set(command?.options.map((option) => option.long));
      return command ? options.filter((option) => !known.has(option)).map((option) => `${name} ${option}`) : [];
    });
    expect(wrong).toEqual([]);
  });
});
