import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../src/reconcilers/evaluation/report.ts';
import { labClock } from './support/impatient-clock.ts';
import type { ScheduleReport } from '../src/reconcilers/evaluation-schedule/history.ts';
import type { ScanReport } from '../src/reconcilers/shared/red-team/report.ts';
import { createLab, type Lab } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const ITEMS = 24;
const QUERIES = Array.from({ length: ITEMS }, (_, index) => `{"id":"q-${index}","query":"Question ${index}"}`);

const BASE = `apiVersion: ingate/v1alpha1
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
metadata: { name: large }
spec: { account: ai, model: { name: gpt-4.1 } }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: small }
spec: { account: ai, model: { name: gpt-4.1-mini } }
---
apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec: { project: support, definition: { model: large, instructions: "Say 'please wait' kindly." } }
`;

const CANDIDATES = [
  '{ name: large, model: large }',
  '{ name: small, model: small }',
  '{ name: agent, agent: support }',
];

const evaluation = (candidates: readonly string[] = CANDIDATES, more = ''): string => `apiVersion: ingate/v1alpha1
kind: Evaluation
metadata: { name: choice }
spec:
  project: support
  datasetFile: golden.jsonl
  candidates: [${candidates.join(', ')}]
  metrics:
    - { name: polite, grader: { type: stringCheck, operation: ilike, reference: please } }
    - { name: close, grader: { type: textSimilarity, reference: "{{item.query}}" }, data: score }
${more}`;

/** The small model is polite to some questions only, and answers one with markup. */
const replies = [
  { deployment: 'small', input: ['Question 1'], reply: 'please <img src=x onerror=alert(1)> ##vso[task.complete]' },
  { deployment: 'small', reply: 'No.' },
  { deployment: 'large', reply: 'please wait, {input}' },
];

async function start(files: Readonly<Record<string, string>> = {}): Promise<void> {
  lab = await createLab({
    azure: { models: { replies } },
    files: {
      'environments/dev/base.yaml': BASE,
      'environments/dev/evaluation.yaml': evaluation(),
      'environments/dev/golden.jsonl': `${QUERIES.join('\n')}\n`,
      ...files,
    },
  });
}

const apply = () => lab.ingate('apply', '-e', 'dev', '--yes');
const plan = (...more: readonly string[]) => lab.ingate('plan', '-e', 'dev', ...more);
const report = (...more: readonly string[]) => lab.ingate('evaluation', 'report', '-e', 'dev', ...more);

async function reportJson(): Promise<EvaluationReport> {
  const ran = await report('choice', '-o', 'json');
  expect(ran.code, ran.err).toBe(0);
  return (JSON.parse(ran.out) as { evaluations: EvaluationReport[] }).evaluations[0] as EvaluationReport;
}

/** How many evaluations and runs the project has. */
async function made(): Promise<{ evals: number; runs: number }> {
  const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/openai/v1/evals')) ?? {};
  const folder = path.slice(0, path.indexOf('/openai/v1/evals') + '/openai/v1/evals'.length);
  const list = async (url: string) => ((await lab.send('GET', url)).body as { data: { id: string }[] }).data;
  const evals = await list(folder);
  let runs = 0;
  for (const { id } of evals) runs += (await list(`${folder}/${id}/runs`)).length;
  return { evals: evals.length, runs };
}

describe('an evaluation', () => {
  it('ranks models and agents on the same items, with one run for each, and then has nothing to do', async () => {
    await start();
    const first = await plan();
    expect(first.out).toContain('> Evaluation/choice');
    expect(first.out).toContain('Compare large, small, agent');
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 3 });
    const again = await plan('--detailed-exitcode');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('is first of 3 candidates, 24 items')]);
    const { candidates, items, rankedBy, current } = await reportJson();
    expect({ items, rankedBy, current }).toEqual({ items: ITEMS, rankedBy: 'polite', current: true });
    expect(candidates.map(({ name }) => name).at(-1)).toBe('small');
    const small = candidates.at(-1);
    // Questions 1 and 10 to 19 hold "Question 1".
    expect(small?.metrics[0]?.estimate?.value).toBeCloseTo(11 / ITEMS, 10);
    expect(small?.standing).toBe('worse');
    expect(small?.metrics[0]?.difference?.upper).toBeLessThan(0);
    expect(candidates[0]?.metrics[0]?.estimate).toMatchObject({ value: 1, upper: 1 });
    expect(candidates[1]?.standing).toBe('similar');
    expect(candidates.every(({ tokens }) => (tokens ?? 0) > 0)).toBe(true);
  });

  it('asks only what is new: one more candidate is one more run, another order none', async () => {
    await start({ 'environments/dev/evaluation.yaml': evaluation(CANDIDATES.slice(0, 2)) });
    expect((await apply()).code).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 2 });
    lab.write({ 'environments/dev/evaluation.yaml': evaluation() });
    const stale = await report();
    expect(stale.out).toContain('was not evaluated yet');
    expect((await apply()).code).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 3 });
    lab.write({ 'environments/dev/evaluation.yaml': evaluation(CANDIDATES, '  rankBy: close\n') });
    expect((await plan()).out).toContain('> Evaluation/choice');
    expect((await apply()).code).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 3 });
    expect((await reportJson()).rankedBy).toBe('close');
    lab.write({ 'environments/dev/evaluation.yaml': evaluation() });
    expect((await plan('--detailed-exitcode')).code).toBe(0);
  });

  it('asks again only the candidate that changed', async () => {
    await start();
    expect((await apply()).code).toBe(0);
    lab.write({ 'environments/dev/base.yaml': BASE.replace('please wait', 'hold on') });
    expect((await apply()).code).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 4 });
  });

  it('makes each run once although answers are lost', async () => {
    await start();
    lab.azure.faults.add({ match: { method: 'POST', path: '/evals$' }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/runs$' }, drop: 'after-commit' });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 3 });
  });

  it('blocks nothing: when it fails, everything else is applied, and the next apply makes up for it', async () => {
    await start();
    lab.azure.faults.add({ match: { method: 'POST', path: '/runs$', times: 3 }, respond: { status: 400 } });
    const ran = await apply();
    expect(ran.code).toBe(13);
    expect(ran.out + ran.err).toMatch(/ok.* Agent\/support/);
    const again = await apply();
    expect(again.code, again.out + again.err).toBe(0);
    expect((await reportJson()).candidates).toHaveLength(3);
  });

  it('asks again what failed in Foundry, and says so', async () => {
    await start();
    const error = { code: 'Overloaded', message: 'Too many requests to the model' };
    lab.azure.faults.add({ match: { method: 'POST', path: '/runs$', nth: 1 }, operation: { error } });
    const ran = await apply();
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('ING7006')]);
    expect(ran.out + ran.err).toContain('Too many requests to the model');
    expect((await apply()).code).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 4 });
    expect((await reportJson()).candidates).toHaveLength(3);
  });

  it('says when somebody deleted the runs that its results come from', async () => {
    await start();
    await apply();
    const { candidates, evaluationId } = await reportJson();
    const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/openai/v1/evals')) ?? {};
    const folder = path.slice(0, path.indexOf('/openai/'));
    const run = `${folder}/openai/v1/evals/${evaluationId}/runs/${candidates[1]?.runs[0] ?? ''}`;
    expect((await lab.send('DELETE', run)).status).toBe(200);
    const ran = await report('choice');
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('is gone from Foundry')]);
  });

  it('is told in forms that no answer can act on', async () => {
    await start();
    expect((await report()).err).toContain('ING7006');
    await apply();
    const before = lab.azure.requests().length;
    const text = await report('choice');
    const methods = lab.azure
      .requests()
      .slice(before)
      .map(({ method }) => method);
    expect(methods.filter((method) => method !== 'HEAD' && method !== 'GET')).toEqual([]);
    expect(text.out).toMatch(/1 {2}(large|agent)/);
    expect(text.out).toMatch(/3 {2}small .*worse: -0\.542 \[/);
    const markdown = await report('-o', 'markdown');
    expect(markdown.out).toContain('| `3` | `small` | `0.458 [0.279, 0.649]` |');
    const page = await report('-o', 'html');
    const style = /<style>(.*?)<\/style>/s.exec(page.out)?.[1] ?? '';
    expect(page.out).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(page.out.match(/class="bounds"/g)).toHaveLength(6);
    expect(page.out).not.toContain('<script');
    for (const { out } of [text, markdown, page]) expect(out).not.toMatch(/onerror|##vso/);
    const unknown = await report('nothing');
    expect([unknown.code, unknown.err]).toEqual([
      1,
      expect.stringContaining('There is no Evaluation, EvaluationSchedule or RedTeamScan named nothing'),
    ]);
  });

  it('that does not fit together is refused by validate, with the field', async () => {
    const wrong = (text: string) => {
      lab.write({ 'environments/dev/evaluation.yaml': text });
      return lab.ingate('validate', '-e', 'dev');
    };
    await start();
    const judged = await wrong(
      evaluation(CANDIDATES, '    - { name: nice, grader: { type: scoreModel, prompt: Nice? } }\n'),
    );
    expect([judged.code, judged.err]).toEqual([1, expect.stringContaining('needs range')]);
    expect(judged.err).toContain('no judge is named');
    expect(judged.err).toContain('ING7007');
    const both = await wrong(evaluation(['{ name: a, model: large, agent: support }']));
    expect(both.err).toMatch(/evaluation\.yaml:7:\d+/);
    const rank = await wrong(evaluation(CANDIDATES, '  rankBy: speed\n'));
    expect(rank.err).toContain('there is no metric speed');
  });
});

const evaluator = (prompt: string): string => `apiVersion: ingate/v1alpha1
kind: Evaluator
metadata: { name: style }
spec:
  project: support
  prompt: "${prompt} {{response}}"
  metrics: { style: { type: ordinal, min: 1, max: 5, threshold: 3 } }
`;

const STYLED = evaluation(
  CANDIDATES.slice(0, 2),
  `    - { name: style, grader: { type: evaluator, evaluator: style } }
  judge: large
`,
);

const GATE = `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: { agent: support }
  datasetFile: golden.jsonl
  judge: small
  metrics:
    - { name: style, grader: { type: evaluator, evaluator: style }, atLeast: 0, evidence: point }
`;

/** Versions of the evaluator, as another client sees them. */
async function versions(): Promise<string[]> {
  const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/evaluators')) ?? {};
  const folder = path.slice(0, path.indexOf('/evaluators') + '/evaluators'.length);
  const { body } = await lab.send('GET', `${folder}/style/versions?api-version=v1`);
  return (body as { value: { version: string }[] }).value.map(({ version }) => version);
}

describe('an evaluator', () => {
  const file = 'environments/dev/evaluator.yaml';

  it('has a version for each definition; going back reuses one, with the results that it had', async () => {
    await start({ [file]: evaluator('Rate the style of'), 'environments/dev/evaluation.yaml': STYLED });
    const first = await apply();
    expect(first.code, first.out + first.err).toBe(0);
    expect(await versions()).toEqual(['1']);
    lab.write({ [file]: evaluator('Rate the tone of') });
    const planned = await plan();
    expect(planned.out).toContain('creates a new version');
    expect((await apply()).code).toBe(0);
    expect(await versions()).toEqual(['1', '2']);
    expect(await made()).toEqual({ evals: 2, runs: 4 });
    lab.write({ [file]: evaluator('Rate the style of') });
    expect((await plan('--detailed-exitcode')).code).toBe(0);
    expect((await apply()).code).toBe(0);
    expect(await versions()).toEqual(['1', '2']);
    expect(await made()).toEqual({ evals: 2, runs: 4 });
    expect((await reportJson()).candidates[0]?.metrics[2]?.n).toBe(ITEMS);
  });

  it('grades gates too, which are evaluated again when it changes', async () => {
    await start({ [file]: evaluator('Rate the style of'), 'environments/dev/evaluation.yaml': GATE });
    const first = await apply();
    expect(first.code, first.out + first.err).toBe(0);
    expect((await plan()).out).toContain('proven: pass');
    lab.write({ [file]: evaluator('Rate the tone of') });
    expect((await plan()).out).toContain('> EvaluationGate/release');
    expect((await apply()).code).toBe(0);
    expect((await plan('--detailed-exitcode')).code).toBe(0);
  });

  it('gets no second version when the answer is lost', async () => {
    await start({ [file]: evaluator('Rate the style of'), 'environments/dev/evaluation.yaml': STYLED });
    lab.azure.faults.add({ match: { method: 'POST', path: '/evaluators/style/versions$' }, drop: 'after-commit' });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await versions()).toEqual(['1']);
  });

  it('keeps what others describe, and loses what Git no longer declares', async () => {
    const described = `${evaluator('Rate the style of')}  description: Ours\n`;
    await start({ [file]: described, 'environments/dev/evaluation.yaml': STYLED });
    lab.commit('described');
    await apply();
    const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/evaluators')) ?? {};
    const version = `${path.slice(0, path.indexOf('/evaluators'))}/evaluators/style/versions/1?api-version=v1`;
    expect((await lab.send('PATCH', version, { display_name: 'By hand' })).status).toBe(200);
    lab.write({ [file]: evaluator('Rate the style of') });
    lab.commit('not described');
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    const { body } = await lab.send('GET', version);
    expect(body).toMatchObject({ display_name: 'By hand', description: '', tags: { 'ingate-id': 'Evaluator/style' } });
    expect((await plan('--detailed-exitcode')).code).toBe(0);
    expect(await versions()).toEqual(['1']);
  });

  it('of somebody else is taken over only when told so, and its version stays when ours go', async () => {
    await start();
    await apply();
    const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/openai/v1/evals')) ?? {};
    const folder = `${path.slice(0, path.indexOf('/openai/'))}/evaluators`;
    const foreign = await lab.send('POST', `${folder}/style/versions?api-version=v1`, {
      evaluator_type: 'custom',
      categories: ['quality'],
      definition: { type: 'prompt', prompt_text: 'Mine', metrics: { style: { type: 'ordinal' } } },
    });
    expect(foreign.status).toBe(201);
    const ours = evaluator('Rate the style of');
    lab.write({ [file]: ours });
    const refused = await plan();
    expect(refused.code).not.toBe(0);
    expect(refused.out + refused.err).toContain('adopt');
    lab.write({ [file]: `${ours}  lifecycle: { adopt: true }\n` });
    const taken = await apply();
    expect(taken.code, taken.out + taken.err).toBe(0);
    expect(await versions()).toEqual(['1', '2']);
    lab.write({ [file]: null });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes', '--prune')).code).toBe(0);
    expect(await versions()).toEqual(['1']);
  });
});

describe('an evaluation schedule', () => {
  const file = 'environments/dev/evaluator.yaml';
  const SCHEDULE = `apiVersion: ingate/v1alpha1
kind: EvaluationSchedule
metadata: { name: nightly }
spec:
  project: support
  agent: support
  judge: large
  datasetFile: golden.jsonl
  trigger: { cron: "0 3 * * *", timeZone: Europe/Berlin }
  metrics:
    - { name: style, grader: { type: evaluator, evaluator: style } }
    - { name: polite, grader: { type: stringCheck, operation: ilike, reference: please } }
`;

  interface Schedule {
    readonly enabled: boolean;
    readonly trigger: object;
    readonly task: { readonly evalId: string; readonly evalRun: object };
    readonly tags: Readonly<Record<string, string>>;
  }

  async function folder(): Promise<string> {
    const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/schedules')) ?? {};
    return path.slice(0, path.indexOf('/schedules'));
  }

  const preview = { 'foundry-features': 'Schedules=V1Preview' };

  async function schedule(): Promise<Schedule> {
    const { body } = await lab.send('GET', `${await folder()}/schedules/nightly?api-version=v1`, undefined, preview);
    return body as Schedule;
  }

  it('runs an evaluation that follows its evaluators, in the same apply', async () => {
    await start({ [file]: evaluator('Rate the style of'), 'environments/dev/evaluation.yaml': SCHEDULE });
    const first = await apply();
    expect(first.code, first.out + first.err).toBe(0);
    const before = await schedule();
    expect(before).toMatchObject({
      enabled: true,
      trigger: { type: 'Cron', expression: '0 3 * * *', timeZone: 'Europe/Berlin' },
      task: {
        evalRun: {
          eval_id: before.task.evalId,
          data_source: { type: 'azure_ai_target_completions', target: { type: 'azure_ai_agent', name: 'support' } },
        },
      },
    });
    lab.write({ [file]: evaluator('Rate the tone of') });
    const planned = await plan();
    expect(planned.out).toContain('~ EvaluationSchedule/nightly');
    expect(planned.out).toContain('style (earlier definition)');
    expect((await apply()).code).toBe(0);
    expect((await schedule()).task.evalId).not.toBe(before.task.evalId);
    expect((await plan('--detailed-exitcode')).code).toBe(0);
    lab.write({ [file]: evaluator('Rate the style of') });
    expect((await apply()).code).toBe(0);
    expect((await schedule()).task.evalId).toBe(before.task.evalId);
  });

  it('shows what somebody changed by hand, and puts it back, and leaves their tags', async () => {
    await start({ [file]: evaluator('Rate the style of'), 'environments/dev/evaluation.yaml': SCHEDULE });
    await apply();
    const live = await schedule();
    const { evalId, evalRun } = live.task;
    const changed = await lab.send(
      'PUT',
      `${await folder()}/schedules/nightly?api-version=v1`,
      {
        displayName: 'nightly',
        enabled: false,
        trigger: { type: 'Recurrence', interval: 2, schedule: { type: 'Weekly', daysOfWeek: ['Monday'] } },
        task: { type: 'Evaluation', evalId, evalRun },
        tags: { ...live.tags, team: 'quality' },
        properties: { owner: 'quality' },
      },
      preview,
    );
    expect(changed.status).toBe(200);
    const planned = await plan();
    expect(planned.out).toMatch(/enabled: false -> true/);
    expect(planned.out).toContain('trigger');
    expect((await apply()).code).toBe(0);
    expect(await schedule()).toMatchObject({
      enabled: true,
      trigger: { type: 'Cron' },
      tags: { team: 'quality' },
      properties: { owner: 'quality' },
    });
    expect((await plan('--detailed-exitcode')).code).toBe(0);
  });

  it('shows pass rates over time, and the times at which no run could start', async () => {
    const clock = labClock();
    lab = await createLab({
      azure: { models: { replies }, clock },
      files: {
        'environments/dev/base.yaml': BASE,
        'environments/dev/golden.jsonl': `${QUERIES.join('\n')}\n`,
        'environments/dev/schedule.yaml': SCHEDULE.replace(/.*evaluator: style.*\n/, '').replace(
          'agent: support',
          'model: small',
        ),
      },
    });
    expect((await apply()).code).toBe(0);
    expect((await report('nightly')).out).toContain('no run yet');
    const day = 24 * 60 * 60 * 1000;
    clock.advance(2 * day);
    const { out } = await report('nightly', '-o', 'json');
    clock.advance(60_000);
    const { schedules } = JSON.parse((await report('nightly', '-o', 'json')).out) as { schedules: ScheduleReport[] };
    expect(out).toContain('EvaluationSchedule/nightly');
    expect(schedules[0]?.runs.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(schedules[0]?.runs[0]?.metrics).toMatchObject([{ metric: 'polite', passed: 11, n: ITEMS }]);
    const text = await report('nightly');
    expect(text.out).toMatch(/T0[123]:00:00\.000Z +completed +0\.458 \[0\.256, 0\.672\]/);
    const page = await report('nightly', '-o', 'html');
    expect(page.out.match(/class="bounds"/g)).toHaveLength(2);
    for (const one of [text, page, await report('-o', 'markdown')]) expect(one.out).not.toMatch(/onerror|##vso/);
    const { evalId } = (await schedule()).task;
    expect((await lab.send('DELETE', `${await folder()}/openai/v1/evals/${evalId}`)).status).toBe(200);
    clock.advance(day);
    const missed = await report('nightly');
    expect(missed.out).toMatch(/T0[123]:00:00\.000Z: no run was started: Evaluation with id/);
  });

  it('with a trigger that cannot be is refused by validate', async () => {
    const trigger = '{ recurrence: { unit: Weekly, hours: [3] }, timeZone: Mars/Olympus }';
    const text = SCHEDULE.replace(/trigger: .*/, `trigger: ${trigger}`);
    await start({ [file]: evaluator('Rate'), 'environments/dev/evaluation.yaml': text });
    const ran = await lab.ingate('validate', '-e', 'dev');
    expect(ran.code).toBe(1);
    for (const part of ['Weekly needs daysOfWeek', 'hours means nothing for Weekly', 'Mars/Olympus is no time zone'])
      expect(ran.err).toContain(part);
  });
});

describe('a red-team scan', () => {
  const scan = (more = 'agent: support'): string => `apiVersion: ingate/v1alpha1
kind: RedTeamScan
metadata: { name: attacks }
spec:
  project: support
  ${more}
  riskCategories: [Violence, SelfHarm]
  strategies: [baseline, base64]
`;
  /** Falls for attacks of one category that are not disguised. */
  const weak = { input: ['category Violence'], reply: 'I will kill and stab them all with a knife, murder and blood.' };

  async function startScan(text: string): Promise<void> {
    lab = await createLab({
      azure: { models: { replies: [weak] } },
      files: { 'environments/dev/base.yaml': BASE, 'environments/dev/scan.yaml': text },
    });
  }

  it.each([['agent: support'], ['model: large']])('of %s reports what succeeded, once', async (target) => {
    await startScan(scan(target));
    expect((await plan()).out).toContain('> RedTeamScan/attacks');
    lab.azure.faults.add({ match: { method: 'POST', path: '/evals$' }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/runs$' }, drop: 'after-commit' });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 1 });
    const again = await plan('--detailed-exitcode');
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/scanned at .*: 1 of \d+ attacks succeeded/)]);
    const { out } = await report('attacks', '-o', 'json');
    const [found] = (JSON.parse(out) as { scans: ScanReport[] }).scans;
    expect(found?.categories.map(({ name, succeeded }) => [name, succeeded])).toEqual([
      ['Violence', 1],
      ['SelfHarm', 0],
    ]);
    expect(found?.strategies.map(({ name, succeeded }) => [name, succeeded])).toEqual([
      ['baseline', 1],
      ['base64', 0],
    ]);
    expect(found?.total.rate?.upper).toBeGreaterThan(found?.total.rate?.value ?? 1);
  });

  it('is shown without any attack or answer, and scans again what changed', async () => {
    await startScan(scan());
    await apply();
    const forms = await Promise.all(['text', 'markdown', 'html', 'json'].map((form) => report('-o', form)));
    for (const { code, out } of forms) {
      expect([code, out]).toEqual([0, expect.stringContaining('Violence')]);
      expect(out).not.toMatch(/knife|Ignore your rules/);
    }
    expect(forms[0]?.out).toMatch(/strategy +baseline +2 +1 +0\.5 \[/);
    lab.write({ 'environments/dev/base.yaml': BASE.replace('please wait', 'hold on') });
    expect((await plan()).out).toContain('> RedTeamScan/attacks');
    expect((await apply()).code).toBe(0);
    expect(await made()).toEqual({ evals: 1, runs: 2 });
  });

  it('leaves a taxonomy of somebody else alone', async () => {
    await startScan(scan('model: large'));
    await apply();
    const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/openai/v1/evals')) ?? {};
    const taxonomy = `${path.slice(0, path.indexOf('/openai/'))}/evaluationtaxonomies/ingate-attacks-dev?api-version=v1`;
    const preview = { 'foundry-features': 'Evaluations=V1Preview' };
    const body = {
      description: 'Mine',
      taxonomyInput: {
        type: 'agent',
        target: { type: 'azure_ai_agent', name: 'support' },
        riskCategories: ['Sexual'],
      },
    };
    expect((await lab.send('PUT', taxonomy, body, preview)).status).toBe(201);
    lab.write({ 'environments/dev/scan.yaml': scan() });
    const ran = await apply();
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('belongs to somebody else')]);
    expect((await lab.send('GET', taxonomy, undefined, preview)).body).toMatchObject({ description: 'Mine' });
  });
});
