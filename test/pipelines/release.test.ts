import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWorkflow, repository, scriptsOf } from '../support/pipelines.ts';
import { readByGithub } from '../support/workflow-parser.ts';

const text = readFileSync(join(repository, '.github', 'workflows', 'release.yml'), 'utf8');
const workflow = readWorkflow(text);
const jobs = workflow.jobs as typeof workflow.jobs & Readonly<Record<string, { readonly needs?: string | string[] }>>;
const scriptsIn = (job: string): string => [...scriptsOf(jobs[job])].join('\n');

describe('the release workflow', () => {
  it("is read by GitHub's own parser without errors, and would not be with a mistake in it", async () => {
    expect(await readByGithub('release.yml', text)).toEqual({ errors: [], jobs: 3 });
    for (const wrong of [text.replace('runs-on:', 'runs_on:'), text.replace('needs: build', 'needs: missing')])
      expect((await readByGithub('wrong.yml', wrong)).errors).not.toEqual([]);
  });

  it('starts with a tag of a version and with nothing else', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
    expect(scriptsIn('build')).toContain('test "$TAG" = "v$(jq --raw-output .version package.json)"');
    expect(scriptsIn('build')).toContain('git merge-base --is-ancestor HEAD origin/main');
  });

  it('builds, then tests, then publishes what was built and tested', () => {
    expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
      ['build', undefined],
      ['test', 'build'],
      ['publish', ['build', 'test']],
    ]);
    expect(scriptsIn('test')).toContain('npm run check');
    for (const job of ['test', 'publish']) expect(scriptsIn(job)).toContain('sha256sum --check SHA256SUMS');
    expect(scriptsIn('publish')).toMatch(/npm publish --provenance .*--ignore-scripts \.\/package\/ingate-\*\.tgz/);
    expect(jobs['publish']?.steps?.some(({ uses }) => uses?.startsWith('actions/checkout'))).toBe(false);
  });

  it('asks whether packages are signed before their code runs', () => {
    const build = scriptsIn('build');
    const order = ['npm ci --ignore-scripts', 'npm audit signatures', 'node scripts/build.ts'].map((one) =>
      build.indexOf(one),
    );
    expect(order.every((at, index) => at >= 0 && at > (order[index - 1] ?? -1))).toBe(true);
  });

  it('has the least permissions, and only the job that publishes can say who it is', () => {
    expect(workflow.permissions).toEqual({});
    expect(Object.entries(jobs).map(([name, { permissions }]) => [name, permissions])).toEqual([
      ['build', { contents: 'read' }],
      ['test', { contents: 'read' }],
      ['publish', { contents: 'read', 'id-token': 'write' }],
    ]);
    expect(jobs['publish']?.environment).toBe('npm');
    expect(text).not.toMatch(/secrets\./);
    const checkouts = Object.values(jobs).flatMap(({ steps = [] }) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout')),
    );
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false));
  });

  it('pins every action by a full commit that the templates use too, and has no expression in a script', () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, target = '']) => target);
    expect(uses.filter((target) => !/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(target))).toEqual([]);
    const templates = ['plan.yml', 'apply-environment.yml'].map((name) =>
      readFileSync(join(repository, 'templates', 'github', name), 'utf8'),
    );
    expect(uses.filter((target) => !templates.some((template) => template.includes(target)))).toEqual([]);
    for (const script of scriptsOf(workflow)) expect(script).not.toContain('${{');
    for (const { 'timeout-minutes': minutes } of Object.values(jobs)) expect(minutes).toBeGreaterThan(0);
  });
});
