import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EnvironmentStatus } from '../../src/cli/status/document.ts';
import { createLab, type Lab } from '../support/lab.ts';
import { APP, APP_VERSION, callApp, estate, filesOf, projectOf, startEstate } from './estate.ts';

let lab: Lab;
afterEach(() => lab.close());

type Told = EnvironmentStatus & { readonly exit: number };

async function told(...args: readonly string[]): Promise<Told> {
  const { code, out, err } = await lab.ingate('status', 'dev', '-o', 'json', ...args);
  expect(out, err).not.toBe('');
  return { ...(JSON.parse(out) as EnvironmentStatus), exit: code };
}

/** A second version of the agent, with a tenth of the requests. */
async function canary(): Promise<void> {
  lab.write({ 'environments/dev/estate.yaml': estate({ instructions: "Say 'hello' gladly." }) });
  const { code, err } = await lab.ingate('apply', '-e', 'dev', '--yes');
  expect(code, err).toBe(0);
  const rules = [
    { type: 'FixedRatio', agent_version: '1', traffic_percentage: 90 },
    { type: 'FixedRatio', agent_version: '2', traffic_percentage: 10 },
  ];
  const patch = { agent_endpoint: { version_selector: { version_selection_rules: rules } } };
  const headers = { 'content-type': 'application/merge-patch+json' };
  const path = `${await projectOf(lab)}/agents/support?api-version=v1`;
  expect((await lab.send('PATCH', path, patch, headers)).status).toBe(200);
}

describe('ingate status', () => {
  it('tells what was applied, versions, revisions, gates, jobs, alerts and the last day, and only reads', async () => {
    lab = await startEstate({ env: { LOCAL_STATUS: '503' } });
    await callApp(lab, 5);
    const before = lab.azure.requests().length;
    const seen = await told();
    const requests = lab.azure.requests().slice(before);
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    const lists = requests.map(({ path, url }) => url ?? path).filter((path) => !path.includes('Insights/metrics'));
    expect(new Set(lists).size).toBe(lists.length);

    expect(seen.exit).toBe(0);
    expect(seen.diagnostics).toEqual([]);
    expect(seen.missing).toEqual([]);
    expect(seen.applied?.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(Date.parse(seen.applied?.time ?? '')).toBeLessThanOrEqual(Date.now());
    expect(seen.agents).toMatchObject([
      { id: 'Agent/support', latest: '1', traffic: [{ version: '1', percent: 100 }] },
    ]);
    expect(seen.apps).toMatchObject([
      {
        id: 'ContainerApp/api',
        state: 'Running',
        inactive: 0,
        revisions: [{ percent: 100, health: 'Healthy', active: true }],
      },
    ]);
    expect(seen.gates).toMatchObject([{ id: 'EvaluationGate/release', last: { verdict: 'pass', items: 40 } }]);
    expect(seen.gates[0]).not.toHaveProperty('due');
    expect(seen.jobs).toEqual([{ id: 'ContainerJob/nightly', name: 'nightly-dev', trigger: 'Manual' }]);
    expect(seen.alerts).toMatchObject([
      { rule: 'MetricAlert/api-errors', severity: 1, target: 'ContainerApp/api', state: 'New' },
    ]);
    const [app, models] = seen.metrics;
    expect(app).toMatchObject({ id: 'ContainerApp/api', requests: { value: 5 }, errors: { value: 5 } });
    expect(app?.requests.points).toHaveLength(24);
    expect(app?.requests.points.at(-1)).toBe(5);
    expect(models).toMatchObject({ id: 'FoundryAccount/ai' });
  });

  it('counts requests and tokens of models', async () => {
    lab = await startEstate();
    for (let call = 0; call < 3; call += 1)
      expect((await lab.ingate('invoke', 'dev', 'ModelDeployment/chat', '--input', 'Hello there')).code).toBe(0);
    const { metrics } = await told();
    const models = metrics.find(({ id }) => id === 'FoundryAccount/ai');
    expect(models).toMatchObject({ requests: { value: 3 }, errors: { value: 0 } });
    expect(models?.inputTokens?.value).toBeGreaterThan(0);
    expect(models?.outputTokens?.value).toBeGreaterThan(0);
  });

  it('tells the shares of an agent with two versions, and executions of a job', async () => {
    lab = await startEstate();
    await canary();
    await lab.send('POST', `${APP.replace('containerApps/api-dev', 'jobs/nightly-dev')}/start${APP_VERSION}`);
    const seen = await told();
    expect(seen.agents[0]).toMatchObject({
      latest: '2',
      traffic: [
        { version: '1', percent: 90 },
        { version: '2', percent: 10 },
      ],
    });
    expect(seen.jobs[0]?.last).toMatchObject({
      status: expect.stringMatching(/Running|Succeeded|Processing/) as string,
    });
    const text = (await lab.ingate('status', 'dev')).out;
    expect(text).toContain('version 1 90 %, version 2 10 %');
    expect(text).toMatch(/release +pass {2}just now, 40 items/);
  });

  it('tells revisions with their labels, and of a rollout as the tags of the app do', async () => {
    lab = await startEstate();
    const revision = (await told()).apps[0]?.revisions?.[0]?.name ?? '';
    const entered = Math.floor(lab.azure.clock.now() / 1000) - 600;
    const patch = {
      tags: { 'ingate-rollout': `v1;abcdef0123;2;${entered};7`, 'ingate-aborted': '0123456789,ba98765432' },
      properties: {
        template: { revisionSuffix: 'gabcdef0123', containers: [{ name: 'api', image: 'x/api:unhealthy' }] },
        configuration: {
          ingress: {
            external: true,
            targetPort: 8080,
            traffic: [{ revisionName: revision, weight: 100, label: 'stable' }],
          },
        },
      },
    };
    expect((await lab.send('PATCH', APP + APP_VERSION, patch)).status).toBeLessThan(300);
    lab.azure.clock.advance(60_000);
    const seen = await told();
    expect(seen.apps[0]).toMatchObject({
      rollout: { candidate: 'abcdef0123', step: '2', since: new Date(entered * 1000).toISOString() },
      aborted: ['0123456789', 'ba98765432'],
      revisions: [
        { name: 'api-dev--gabcdef0123', percent: 0, labels: [], health: 'Unhealthy' },
        { name: revision, percent: 100, labels: ['stable'], health: 'Healthy' },
      ],
    });
    const { out } = await lab.ingate('status', 'dev');
    expect(out).toContain('rollout of abcdef0123: step 2, entered 10 min ago');
    expect(out).toContain('given up: 0123456789, ba98765432');
  });

  it('says what is missing, and that a gate was never evaluated', async () => {
    lab = await createLab({ files: filesOf() });
    const seen = await told();
    expect(seen.exit).toBe(0);
    expect(seen).not.toHaveProperty('applied');
    expect(seen.missing.map(({ id, why }) => `${id} ${why}`)).toEqual(
      expect.arrayContaining(['Agent/support absent', 'ContainerApp/api absent', 'ContainerJob/nightly absent']),
    );
    expect((await lab.ingate('status', 'dev')).out).toContain('release                   never evaluated');
  });

  it('tells of a source that fails, and of all others', async () => {
    lab = await startEstate();
    const refuse = (path: string): void => {
      const body = { error: { code: 'AuthorizationFailed', message: 'You may not look.' } };
      lab.azure.faults.add({ match: { method: 'GET', path }, respond: { status: 403, body } });
    };
    refuse('AlertsManagement/alerts');
    refuse('/revisions$');
    refuse('resourceGroups/rg-test$');
    const seen = await told();
    expect(seen.exit).toBe(15);
    expect(seen.diagnostics.map(({ code }) => code)).toEqual(['ING4003', 'ING4003', 'ING4003']);
    expect(seen.applied).toBeNull();
    expect(seen.alerts).toBeNull();
    expect(seen.apps).toMatchObject([{ id: 'ContainerApp/api', state: 'Running', revisions: null }]);
    expect(seen.agents).toHaveLength(1);
    const { out, err } = await lab.ingate('status', 'dev');
    expect(out).toMatch(/Alerts firing\n +not known/);
    expect(out).toContain('revisions not known');
    expect(out).toContain('Applied: not known');
    expect(err).toContain('AuthorizationFailed: You may not look.');
  });

  it('meets passing faults again', async () => {
    lab = await startEstate();
    const times = 1;
    lab.azure.faults.add({ match: { path: '/revisions$', nth: 1, times }, respond: { status: 503, body: {} } });
    lab.azure.faults.add({ match: { path: 'Insights/metrics$', nth: 1, times }, drop: 'before-commit' });
    lab.azure.faults.add({ match: { path: 'AlertsManagement/alerts$', nth: 1, times }, malformed: 'html' });
    const seen = await told();
    expect(seen.diagnostics).toEqual([]);
    expect([seen.exit, seen.metrics.length, seen.apps[0]?.revisions?.length]).toEqual([0, 2, 1]);
  });

  it('tells of a metric that Azure Monitor could not read', async () => {
    lab = await startEstate();
    const metric = { id: 'x', type: 'x', name: { value: 'Requests' }, unit: 'Count', timeseries: [] };
    const value = [{ ...metric, errorCode: 'InternalServerError', errorMessage: 'Try later.' }];
    const body = { cost: 0, timespan: 'x', interval: 'PT1H', value };
    lab.azure.faults.add({ match: { path: 'containerApps.*Insights/metrics$' }, respond: { status: 200, body } });
    const seen = await told();
    expect(seen.diagnostics.map(({ message }) => message)).toEqual(['InternalServerError: Requests: Try later.']);
    expect(seen.metrics.map(({ id }) => id)).toEqual(['FoundryAccount/ai']);
  });

  it('does not take what it could not read for missing', async () => {
    lab = await startEstate();
    lab.azure.faults.add({ match: { method: 'GET', path: '/agents$' }, respond: { status: 403, body: {} } });
    const { missing, agents } = await told();
    expect(agents).toEqual([]);
    expect(missing).toEqual([{ id: 'Agent/support', why: 'unknown' }]);
  });

  it('waits for a slow source as long as it is told to, and no longer', async () => {
    lab = await startEstate();
    const asked = () => lab.azure.requests().filter(({ path }) => !path.includes('Insights/metrics'));
    const before = asked().length;
    await told();
    const others = asked().length - before;
    lab.azure.faults.add({ match: { method: 'GET', path: 'Insights/metrics' }, delayMs: 20_000 });
    const deadline = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
    const known = asked().length;
    // The time is over as soon as everything else has its answer.
    const answered = lab.azure.until(() => asked().length >= known + others).then(() => deadline.abort());
    const [seen] = await Promise.all([told('--timeout', '2'), answered]);
    expect(timeout.mock.calls).toContainEqual([2000]);
    timeout.mockRestore();
    expect(seen.metrics).toEqual([]);
    expect(seen.apps).toHaveLength(1);
    expect(seen.diagnostics.map(({ message }) => message)).toContain('Network: No answer within 2 seconds');
  });

  it('looks again until it is interrupted', async () => {
    lab = await startEstate();
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const args = [main, 'status', 'dev', '--watch', '1', '-o', 'json', '--cwd', lab.root];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > 2) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    const looks = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as EnvironmentStatus);
    expect(looks.length).toBeGreaterThanOrEqual(2);
    expect(looks[0]?.at).not.toBe(looks[1]?.at);
  });

  it('refuses a page that changes', async () => {
    lab = await createLab();
    const ran = await lab.ingate('status', 'dev', '-o', 'html', '--watch');
    expect([ran.code, ran.err]).toEqual([64, expect.stringContaining('ING6340')]);
  });
});
