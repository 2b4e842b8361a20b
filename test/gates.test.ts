import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import reportSchema from '../schema/gate-report.schema.json' with { type: 'json' };
import { runAnswering } from './support/answering.ts';
import { createLab, type Lab, type Ran } from './support/lab.ts';

/** This machine's clock, so much later. */
function dateLater(milliseconds: number): typeof Date {
  return new Proxy(Date, {
    construct: (target, args: readonly unknown[], own) =>
      Reflect.construct(target, args.length === 0 ? [target.now() + milliseconds] : args, own) as Date,
    get: (target, name) =>
      name === 'now' ? () => target.now() + milliseconds : (Reflect.get(target, name) as unknown),
  });
}

let lab: Lab;

const QUERIES = Array.from(
  { length: 40 },
  (_, index) => `{"id":"q-${index}","query":"Question ${index}: where is my order?"}`,
);

const agent = (instructions: string): string => `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  definition: { model: chat, instructions: "${instructions}" }
`;

const GATE = `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: { agent: support }
  datasetFile: golden.jsonl
  metrics:
    - { name: polite, grader: { type: contains, values: ["please"], ignoreCase: true }, atLeast: 0.8, maxDrop: 0.1 }
`;

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
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-4.1 } }
`;

beforeEach(async () => {
  lab = await createLab({
    files: {
      'environments/dev/base.yaml': BASE,
      'environments/dev/agent.yaml': agent("Say 'please wait' kindly."),
      'environments/dev/gate.yaml': GATE,
      'environments/dev/golden.jsonl': `${QUERIES.join('\n')}\n`,
    },
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await lab.close();
});

const apply = (...more: readonly string[]) => lab.ingate('apply', '-e', 'dev', '--yes', ...more);
const plan = (...more: readonly string[]) => lab.ingate('plan', '-e', 'dev', ...more);

interface Foundry {
  readonly versions: readonly string[];
  readonly drafts: number;
  readonly serving: string;
  readonly evals: number;
  readonly runs: number;
}

/** What stands in the project. */
async function foundry(): Promise<Foundry> {
  const account = lab.azure.requests().find(({ path }) => /\/api\/projects\//.test(path));
  const project = /^(.*\/api\/projects\/[^/]+)/.exec(account?.path ?? '')?.[1] ?? '';
  const get = async (path: string, headers = {}) =>
    (await lab.send('GET', `${project}/${path}`, undefined, headers)).body as { data: Record<string, never>[] };
  const found = await get('agents/support/versions?api-version=v1&include_drafts=true', {
    'foundry-features': 'DraftAgents=V1Preview',
  });
  const versions = (found.data ?? []) as unknown as { version: string; draft: boolean }[];
  const body = (await lab.send('GET', `${project}/agents/support?api-version=v1`)).body as {
    agent_endpoint?: { version_selector?: { version_selection_rules?: { agent_version: string }[] } };
    versions?: { latest?: { version: string } };
  };
  const rules = body.agent_endpoint?.version_selector?.version_selection_rules ?? [];
  const evals = (await get('openai/v1/evals')).data as unknown as { id: string }[];
  let runs = 0;
  for (const { id } of evals) runs += (await get(`openai/v1/evals/${id}/runs`)).data.length;
  return {
    versions: versions.filter((one) => !one.draft).map((one) => one.version),
    drafts: versions.filter((one) => one.draft).length,
    serving: rules[0]?.agent_version ?? body.versions?.latest?.version ?? '',
    evals: evals.length,
    runs,
  };
}

describe('an evaluation gate', () => {
  it('is passed by a first version, which serves only then; the second run does nothing', async () => {
    const first = await plan();
    expect(first.out).toContain('> EvaluationGate/release');
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await foundry()).toEqual({ versions: ['1'], drafts: 0, serving: '1', evals: 1, runs: 1 });
    const again = await plan('--detailed-exitcode');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('proven: pass')]);
    expect((await apply()).code).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['1'], evals: 1, runs: 1 });
  });

  it('holds back a worse prompt: exit 10, traffic untouched, and no second evaluation of the same content', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Answer 'no idea' always.") });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(10);
    expect(ran.out + ran.err).toContain('ING7001');
    const held = await foundry();
    expect(held).toMatchObject({ versions: ['2', '1'], serving: '1', evals: 1, runs: 2 });
    const report = JSON.parse(
      readFileSync(`${lab.root}/.ingate/reports/EvaluationGate-release.json`, 'utf8'),
    ) as Record<string, unknown>;
    expect(report).toMatchObject({ verdict: 'fail', items: 40, gate: 'EvaluationGate/release' });
    expect(JSON.stringify(report)).not.toContain('no idea');
    const again = await apply();
    expect(again.code).toBe(10);
    expect(await foundry()).toEqual(held);
    expect((await plan()).out).toContain('it is not evaluated again');
  });

  it('lets a better prompt through, and going back makes no version and no run', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Say 'please be patient' kindly.") });
    const better = await apply();
    expect(better.code, better.out + better.err).toBe(0);
    const moved = await foundry();
    expect(moved).toMatchObject({ versions: ['2', '1'], serving: '2' });
    lab.write({ 'environments/dev/agent.yaml': agent("Say 'please wait' kindly.") });
    const back = await apply();
    expect(back.code, back.out + back.err).toBe(0);
    expect(await foundry()).toEqual({ ...moved, serving: '1' });
    expect((await plan('--detailed-exitcode')).code).toBe(0);
  });

  it('makes each thing once although answers are lost', async () => {
    lab.azure.faults.add({ match: { method: 'POST', path: '/versions$' }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/evals$' }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/runs$' }, drop: 'after-commit' });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['1'], drafts: 0, evals: 1, runs: 1 });
  });

  it('counts for some days; then the same content is evaluated anew, not read again', async () => {
    await apply();
    vi.stubGlobal('Date', dateLater(15 * 86_400_000));
    try {
      expect((await plan()).out).toContain('has expired');
      const ran = await apply();
      expect(ran.code, ran.out + ran.err).toBe(0);
      expect(await foundry()).toMatchObject({ versions: ['1'], serving: '1', evals: 1, runs: 2 });
      expect((await plan('--detailed-exitcode')).code).toBe(0);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('moves traffic once although answers about it are lost', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Say 'please be patient' kindly.") });
    lab.azure.faults.add({ match: { method: 'POST', path: '/versions$' }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/runs$' }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/evals/[^/]+$' }, drop: 'after-commit' });
    for (const nth of [1, 2])
      lab.azure.faults.add({ match: { method: 'PATCH', path: 'agents/support', nth }, drop: 'after-commit' });
    for (let left = 4; left > 0 && (await apply()).code !== 0; left--);
    expect(await foundry()).toEqual({ versions: ['2', '1'], drafts: 0, serving: '2', evals: 1, runs: 2 });
    const writes = lab.azure.requests().filter(({ method }) => method !== 'GET').length;
    expect((await apply()).code).toBe(0);
    expect(lab.azure.requests().filter(({ method }) => method !== 'GET').length).toBe(writes);
  });

  it('does not judge what somebody changed after the plan was made', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Say 'please be patient' kindly.") });
    const before = await foundry();
    const project = /^(.*\/api\/projects\/[^/]+)/.exec(
      lab.azure.requests().find(({ path }) => /\/api\/projects\//.test(path))?.path ?? '',
    )?.[1];
    const byHand = { definition: { kind: 'prompt', model: 'chat', instructions: 'By hand.' } };
    const ran = await runAnswering(['apply', '-e', 'dev', '--cwd', lab.root], () =>
      lab.send('POST', `${project ?? ''}/agents/support/versions?api-version=v1`, byHand),
    );
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('ING5004')]);
    expect(await foundry()).toMatchObject({ runs: before.runs, versions: ['2', '1'] });
  });

  it('leaves no draft behind when a run dies while it removes them', async () => {
    lab.azure.faults.add({ match: { method: 'DELETE', path: 'versions/draft-' }, respond: { status: 403 } });
    expect((await apply()).code).toBe(13);
    expect((await foundry()).drafts).toBe(1);
    lab.azure.faults.clear();
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['1'], drafts: 0, serving: '1', runs: 1 });
  });

  it('leaves no candidate behind that was passed over when a run dies while it removes them', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Answer 'no idea' always.") });
    expect((await apply()).code).toBe(10);
    lab.write({ 'environments/dev/agent.yaml': agent("Say 'please be patient' kindly.") });
    lab.azure.faults.add({ match: { method: 'DELETE', path: 'versions/2' }, respond: { status: 403 } });
    expect((await apply()).code).toBe(13);
    lab.azure.faults.clear();
    expect((await apply()).code).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['3', '1'], serving: '3' });
  });

  it('that nothing could pass is refused by validate', async () => {
    lab.write({ 'environments/dev/golden.jsonl': '{"id":"1","query":"a"}\n{"id":"1","query":"b"}\n' });
    const twice = await lab.ingate('validate', '-e', 'dev');
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('ING7005')]);
    lab.write({ 'environments/dev/golden.jsonl': '{"id":"1","query":"a"}\n' });
    const few = await lab.ingate('validate', '-e', 'dev');
    expect([few.code, few.err]).toEqual([1, expect.stringContaining('needs 11 items that all pass')]);
  });

  it('has reports for people and programs, and tells how many items it needs', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Answer 'no idea' always.") });
    await apply();
    const text = await lab.ingate('gate', 'report', '-e', 'dev');
    expect([text.code, text.out]).toEqual([
      10,
      expect.stringContaining('FAIL  support version 2 against support version 1'),
    ]);
    const junit = await lab.ingate('gate', 'report', 'release', '-e', 'dev', '-o', 'junit');
    expect(junit.out).toContain(
      '<testsuite name="dev EvaluationGate/release" tests="2" failures="2" errors="0" skipped="0">',
    );
    const markdown = await lab.ingate('gate', 'report', '-e', 'dev', '-o', 'markdown');
    expect(markdown.out).toContain('| `polite` regression | 1 | 0 |');
    expect(markdown.out + text.out + junit.out).not.toContain('no idea');
    const power = await lab.ingate('gate', 'power', '-e', 'dev');
    expect(power.out).toContain('polite at least 0.8: 37 of 40 items have to pass');
    expect(power.out).toContain('(seen in the last run)');
  });

  it('is not needed to go back: rollback makes no version', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent("Say 'please be patient' kindly.") });
    await apply();
    const before = await foundry();
    const back = await lab.ingate('rollback', 'support', '-e', 'dev');
    expect(back.code, back.out + back.err).toBe(0);
    expect(await foundry()).toEqual({ ...before, serving: '1' });
    expect((await lab.ingate('rollback', 'support', '-e', 'dev')).code).toBe(1);
    const forth = await lab.ingate('rollback', 'support', '-e', 'dev', '--to', '2');
    expect(forth.code).toBe(0);
    expect(await foundry()).toEqual(before);
  });

  it('on a model deployment comes after it, and before the agents that use it', async () => {
    const gate = GATE.replace('{ agent: support }', '{ model: chat }').replace(', maxDrop: 0.1', '');
    lab.write({ 'environments/dev/gate.yaml': gate });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(10);
    expect(ran.out + ran.err).toMatch(/Agent\/support: waits for EvaluationGate\/release/);
    expect(ran.out + ran.err).toMatch(/ok.* ModelDeployment\/chat/);
  });
});

describe('ingate gate run', () => {
  it('evaluates without letting anything serve, keeps the verdict, and evaluates anew only when told to', async () => {
    const gate = (...more: readonly string[]) => lab.ingate('gate', 'run', '-e', 'dev', ...more);
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent('Say please, and thank you.') });
    const ran = await gate('release');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['2', '1'], serving: '1', runs: 2 });
    const again = await gate();
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('proven: pass')]);
    expect(await foundry()).toMatchObject({ serving: '1', runs: 2 });
    expect((await gate('--no-cache')).code).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['2', '1'], serving: '1', runs: 4 });
    expect((await apply()).code).toBe(0);
    expect(await foundry()).toMatchObject({ versions: ['2', '1'], serving: '2', runs: 4 });
    expect((await gate('nothing')).err).toContain('There is no gate nothing');
    const anew = await plan('--detailed-exitcode');
    expect(anew.code).toBe(0);
    expect((await apply('--no-cache')).out).toContain('asked for anew');
  });

  it('has reports that fit their schema, with distributions and what Foundry says, as a page as well', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent('Be brief.') });
    expect((await apply()).code).toBe(10);
    const report = (output: string): Promise<Ran> => lab.ingate('gate', 'report', '-e', 'dev', '-o', output);
    const { gates } = JSON.parse((await report('json')).out) as { gates: Record<string, never>[] };
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(reportSchema);
    expect(validate(gates[0]), JSON.stringify(validate.errors)).toBe(true);
    expect(gates[0]).toMatchObject({
      verdict: 'fail',
      distributions: [
        { metric: 'polite', arm: 'candidate', counts: [40, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { metric: 'polite', arm: 'baseline', counts: [0, 0, 0, 0, 0, 0, 0, 0, 0, 40] },
      ],
      usage: {
        candidate: { answers: 40, reused: 0, inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
        baseline: { answers: 40, reused: 40 },
      },
      foundry: { comparisons: [{ metric: expect.any(String), effect: expect.any(String) }] },
    });
    const { gateSha256 = 'none' } = (gates[0]?.['evidence'] ?? {}) as { gateSha256?: string };
    for (const output of ['text', 'markdown', 'html']) {
      const { out } = await report(output);
      expect(out).toContain('baseline: 40 answers, 40 of them reused from earlier runs');
      expect(out).toContain(`digests: gate ${gateSha256.slice(0, output === 'html' ? 64 : 12)}, items`);
    }
    const page = (await report('html')).out;
    expect(page).toContain('EvaluationGate/release: fail');
    expect(page).toContain('polite regression');
    expect(page).not.toMatch(/<script|https?:|where is my order/);
    const insights = lab.azure.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/insights'));
    expect(insights.length).toBe(1);
  });

  it('is told in the comment of the pull request', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent('Be brief.') });
    await lab.ingate('gate', 'run', '-e', 'dev');
    const file = `${lab.root}/dev.plan`;
    await plan('--out', file);
    const report = `${lab.root}/.ingate/reports/EvaluationGate-release.json`;
    const { out } = await lab.ingate('comment', file, '--gates', report, '--dry-run');
    expect(out).toContain('### `EvaluationGate/release`: FAIL');
    expect(out).toMatch(/Passed before, fail now: `q-/);
    expect(out).not.toContain('where is my order');
    lab.write({ 'dev.json': '{"verdict": "<b>pass</b>"}' });
    expect((await lab.ingate('comment', file, '--gates', `${lab.root}/dev.json`, '--dry-run')).err).toContain(
      'ING6207',
    );
  });

  it('leaves no candidate behind that was passed over', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent('Be brief.') });
    expect((await apply()).code).toBe(10);
    expect(await foundry()).toMatchObject({ versions: ['2', '1'], serving: '1' });
    lab.write({ 'environments/dev/agent.yaml': agent('Say please, always.') });
    const better = await apply();
    expect(better.out + better.err).toContain('removing version 2, which never served');
    expect(await foundry()).toMatchObject({ versions: ['3', '1'], serving: '3' });
  });

  it('ends with 10 when the candidate is worse', async () => {
    await apply();
    lab.write({ 'environments/dev/agent.yaml': agent('Be brief.') });
    expect((await lab.ingate('gate', 'run', '-e', 'dev')).code).toBe(10);
    expect(await foundry()).toMatchObject({ serving: '1' });
  });

  it('can limit tokens and money, and refuses what a target does not tell', async () => {
    const metrics = (...list: readonly string[]): string =>
      GATE.replace(/ {4}- \{ name: polite.*\n/, list.map((one) => `    - ${one}\n`).join(''));
    const cheap = '{ name: cheap, grader: { type: cost, most: 0.01, inputPrice: 2, outputPrice: 8 }, atLeast: 0.8 }';
    const short = '{ name: short, grader: { type: tokens, most: 2 }, atLeast: 0.8 }';
    lab.write({ 'environments/dev/gate.yaml': metrics(cheap) });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    lab.write({
      'environments/dev/gate.yaml': metrics(cheap, short),
      'environments/dev/agent.yaml': agent('Say please.'),
    });
    const refused = await apply();
    expect([refused.code, refused.out + refused.err]).toEqual([10, expect.stringContaining('short absolute')]);
    lab.write({
      'environments/dev/gate.yaml': metrics('{ name: fast, grader: { type: latency, most: 9 }, atLeast: 0.8 }'),
    });
    expect((await lab.ingate('validate', '-e', 'dev')).err).toContain(
      'an agent does not tell the latency of an answer',
    );
  });

  it('can have the candidate attacked, once, and holds back what gives in too often', async () => {
    const attacked = (rate: number): string =>
      `${GATE}  redTeam: { riskCategories: [Violence], strategies: [base64], maxSuccessRate: ${rate} }\n`;
    lab.write({ 'environments/dev/gate.yaml': attacked(1) });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    const { gates } = JSON.parse((await lab.ingate('gate', 'report', '-e', 'dev', '-o', 'json')).out) as {
      gates: { checks: { metric: string; verdict: string; n: number }[] }[];
    };
    const check = gates[0]?.checks.find(({ metric }) => metric === 'attackSuccessRate');
    expect(check).toMatchObject({ verdict: 'pass' });
    expect(check?.n).toBeGreaterThan(0);
    const { runs } = await foundry();
    lab.write({ 'environments/dev/gate.yaml': attacked(0.0001) });
    const strict = await apply();
    expect([strict.code, strict.out + strict.err]).toEqual([10, expect.stringContaining('attackSuccessRate')]);
    expect((await foundry()).runs).toBe(runs);
  });

  it('sends no more than it may', async () => {
    lab.write({ 'environments/dev/gate.yaml': `${GATE}  maxRequests: 79\n` });
    expect((await lab.ingate('validate', '-e', 'dev')).err).toContain('80 requests are needed, and 79 are allowed');
  });
});
