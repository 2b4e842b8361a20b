import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '@ingate/local-azure';
import type { Clock } from '../src/azure/clock.ts';
import { impatientClock } from './support/impatient-clock.ts';
import { createLab, GROUP, SUBSCRIPTION, type Lab, type Ran } from './support/lab.ts';

const ENVIRONMENT = `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: dev }
spec:
  cloud: local
  subscriptionId: ${SUBSCRIPTION}
  resourceGroup: rg-test
  location: swedencentral
  lock: { storageAccount: state, container: locks }
---
apiVersion: ingate/v1alpha1
kind: StorageAccount
metadata: { name: state }
spec:
  containers: [{ name: locks }]
---
apiVersion: ingate/v1alpha1
kind: ContainerEnvironment
metadata: { name: apps }
spec: {}
`;

const CANARY = `
    strategy: canary
    steps:
      - setWeight: 20
      - analysis: errors
      - setWeight: 50
      - pause: { duration: 10m }
    smokeTests: [{ path: /healthz }]
    analysis:
      - name: errors
        window: 5m
        initialDelay: 1m
        minRequests: 20
        metrics: [{ name: error-rate, source: azureMonitor, bad: [5xx], atMost: 0.05, maxIncrease: 0.02 }]
    scaleDownDelay: 15m`;

function app(image: string, rollout: string, env: Readonly<Record<string, string>> = {}): string {
  const variables = Object.entries(env).map(([name, value]) => `        - { name: ${name}, value: "${value}" }`);
  return `apiVersion: ingate/v1alpha1
kind: ContainerApp
metadata: { name: api }
spec:
  environment: apps
  ingress: { external: true, targetPort: 8080 }
  containers:
    - name: api
      image: mcr.example.com/api:${image}
${variables.length > 0 ? `      env:\n${variables.join('\n')}\n` : ''}  scale: { minReplicas: 1, maxReplicas: 3 }
  rollout:${rollout}
`;
}

const APP = `${GROUP}/providers/Microsoft.App/containerApps/api-dev`;
const API = 'api-version=2026-01-01';
const MINUTE = 60_000;
const clock = createVirtualClock();

let lab: Lab;
let commits = 0;
/** Whether time passes in Azure while a command waits. */
let passing = false;
const waiting = impatientClock();
const commandClock: Clock = {
  now: () => waiting.now(),
  sleep(milliseconds, signal) {
    if (passing) clock.advance(milliseconds);
    return waiting.sleep(milliseconds, signal);
  },
};
beforeEach(async () => {
  passing = false;
  clock.advance(MINUTE);
  lab = await createLab({
    files: { 'environments/dev/environment.yaml': ENVIRONMENT },
    azure: { clock, timing: { operationMs: 0, registrationMs: 0, revisionMs: 0, metricsIngestionMs: 0 } },
    clock: commandClock,
  });
});
afterEach(() => lab.close());

const FILE = 'environments/dev/api.yaml';

/** Commits the app, each time later than before. */
function release(image: string, rollout = CANARY, env: Readonly<Record<string, string>> = {}): void {
  clock.advance(1_000);
  lab.write({ [FILE]: app(image, rollout, env) });
  lab.commit(`release ${image} ${++commits}`);
}

const apply = (): Promise<Ran> => lab.ingate('apply', '-e', 'dev', '--yes');
const rollout = (...args: readonly string[]): Promise<Ran> => {
  const [command = '', ...rest] = args;
  return lab.ingate('rollout', command, ...rest, '-e', 'dev');
};

async function applied(): Promise<string> {
  const ran = await apply();
  expect(ran.code, ran.out + ran.err).toBe(0);
  return ran.out + ran.err;
}

interface Seen {
  readonly traffic: readonly string[];
  /** Active revisions, oldest first. */
  readonly active: readonly string[];
  readonly all: number;
}

/** Images instead of hashes, so that tests can be read. */
async function seen(): Promise<Seen> {
  const { body } = await lab.send('GET', `${APP}?${API}`);
  const list = await lab.send('GET', `${APP}/revisions?${API}`);
  const { value } = list.body as {
    value: { name: string; properties: { active: boolean; template: { containers: { image: string }[] } } }[];
  };
  const imageOf = (name: string): string =>
    value.find((one) => one.name === name)?.properties.template.containers[0]?.image.split(':')[1] ?? name;
  const { traffic } = (
    body as {
      properties: {
        configuration: { ingress: { traffic: { revisionName?: string; weight: number; label?: string }[] } };
      };
    }
  ).properties.configuration.ingress;
  return {
    traffic: traffic.map(({ revisionName, weight, label }) =>
      `${revisionName === undefined ? 'latest' : imageOf(revisionName)} ${weight} ${label ?? ''}`.trim(),
    ),
    active: value.filter(({ properties }) => properties.active).map(({ name }) => imageOf(name)),
    all: value.length,
  };
}

async function requests(count: number): Promise<void> {
  const { body } = await lab.send('GET', `${APP}?${API}`);
  const { fqdn } = (body as { properties: { configuration: { ingress: { fqdn: string } } } }).properties.configuration
    .ingress;
  for (let index = 0; index < count; index++) await fetch(`${lab.azure.url}/apps/${fqdn}/`);
}

const writes = (): number =>
  lab.azure
    .requests()
    .filter(
      ({ method, url }) => !['GET', 'HEAD'].includes(method) && !url.includes('/locks/') && !url.includes('/apps/'),
    ).length;

describe('a canary', () => {
  it('skips its steps the first time, then moves traffic step by step, and writes nothing when it is over', async () => {
    release('v1');
    await applied();
    expect(await seen()).toEqual({ traffic: ['v1 100 stable'], active: ['v1'], all: 1 });

    release('v2');
    expect(await applied()).toContain('20 %');
    expect(await seen()).toEqual({ traffic: ['v1 80 stable', 'v2 20 candidate'], active: ['v1', 'v2'], all: 2 });
    const plan = await lab.ingate('plan', '-e', 'dev');
    expect(plan.out).toMatch(/rollout of [0-9a-f]{10}: step 2 of 4, 20 %/);
    expect((await lab.ingate('drift', '-e', 'dev')).out).toContain('No drift.');

    await requests(200);
    clock.advance(7 * MINUTE);
    expect((await rollout('tick')).out).toContain('gives api-dev--');
    expect((await seen()).traffic).toEqual(['v1 50 stable', 'v2 50 candidate']);
    clock.advance(11 * MINUTE);
    expect((await rollout('tick')).code).toBe(0);
    expect(await seen()).toMatchObject({ traffic: ['v2 100 stable', 'v1 0 previous'], active: ['v1', 'v2'] });
    clock.advance(16 * MINUTE);
    await applied();
    expect(await seen()).toEqual({ traffic: ['v2 100 stable'], active: ['v2'], all: 2 });

    const before = writes();
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes.');
    await rollout('tick');
    await applied();
    expect(writes()).toBe(before);
  });

  it('is given up when it serves errors, says why, and is not tried again by itself', async () => {
    release('v1');
    await applied();
    release('v2', CANARY, { LOCAL_ERROR_RATE: '0.3' });
    lab.write({
      [FILE]: app('v2', CANARY.replace('smokeTests: [{ path: /healthz }]', ''), { LOCAL_ERROR_RATE: '0.3' }),
    });
    lab.commit('without smoke tests');
    await applied();
    await requests(300);
    clock.advance(7 * MINUTE);
    const ticked = await rollout('tick');
    expect(ticked.code).toBe(13);
    expect(ticked.err).toContain('ING8010');
    expect(await seen()).toMatchObject({ traffic: ['v1 100 stable'], active: ['v1', 'v2'] });
    const status = await rollout('status');
    expect(status.out).toMatch(/given up.*\n.*error-rate is 0\.\d+, more than 0\.05/);
    const before = writes();
    const again = await apply();
    expect([again.code, writes()]).toEqual([13, before]);
    expect((await lab.ingate('drift', '-e', 'dev')).out).toContain('No drift.');

    clock.advance(6 * MINUTE);
    await rollout('tick');
    expect((await seen()).active).toEqual(['v1']);
    release('v3');
    await applied();
    expect((await seen()).traffic).toEqual(['v1 80 stable', 'v3 20 candidate']);
  });

  it('gets no traffic when a smoke test fails, or when it never becomes healthy', async () => {
    release('v1');
    await applied();
    release('v2', CANARY, { LOCAL_STATUS: '503' });
    const failed = await apply();
    expect(failed.code).toBe(13);
    expect(failed.out + failed.err).toContain('GET /healthz: status 503 instead of 200');
    expect((await seen()).traffic).toEqual(['v1 100 stable']);
    release('unhealthy', CANARY.replace('scaleDownDelay', 'progressDeadline: 1s\n    scaleDownDelay'));
    clock.advance(2 * MINUTE);
    passing = true;
    const sick = await apply();
    expect(sick.code).toBe(13);
    expect((await seen()).traffic).toEqual(['v1 100 stable']);
  });

  it('goes back by git revert without a new revision and without steps', async () => {
    release('v1');
    await applied();
    release('v2', '\n    strategy: blueGreen\n    scaleDownDelay: 30s');
    await applied();
    clock.advance(MINUTE);
    await rollout('tick');
    expect(await seen()).toEqual({ traffic: ['v2 100 stable'], active: ['v2'], all: 2 });
    release('v1');
    await applied();
    expect(await seen()).toMatchObject({ traffic: ['v1 100 stable', 'v2 0 previous'], all: 2 });
  });
});

describe('blue/green', () => {
  const GREEN = '\n    strategy: blueGreen\n    autoPromote: false\n    scaleDownDelay: 1h';

  it('waits for somebody, can be paused, promoted and undone', async () => {
    release('v1', GREEN);
    await applied();
    release('v2', GREEN);
    await applied();
    expect((await seen()).traffic).toEqual(['v1 100 stable', 'v2 0 candidate']);
    expect((await rollout('status')).out).toContain('under way');
    expect((await rollout('pause', 'api')).code).toBe(0);
    expect((await rollout('status')).out).toContain('paused');
    expect((await rollout('promote', 'api')).code).toBe(0);
    expect((await rollout('promote', 'ContainerApp/api')).code).toBe(0);
    expect((await seen()).traffic).toEqual(['v2 100 stable', 'v1 0 previous']);
    expect((await rollout('undo', 'api')).code).toBe(0);
    expect((await seen()).traffic).toEqual(['v1 100 stable']);
    expect((await apply()).code).toBe(13);
    expect((await seen()).traffic).toEqual(['v1 100 stable']);
    expect((await rollout('retry', 'api')).code).toBe(0);
    expect((await rollout('abort', 'api')).code).toBe(0);
    expect((await rollout('abort', 'api')).err).toContain('ING8016');
    expect((await rollout('status', 'nothing')).err).toContain('ING8016');
  });

  it('is needed with a lock', async () => {
    lab.write({ 'environments/dev/environment.yaml': ENVIRONMENT.replace(/ {2}lock:.*\n/, '') });
    release('v1', GREEN);
    expect(await apply()).toMatchObject({ code: 1, err: expect.stringContaining('ING6405') });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes', '--no-lock')).code).toBe(0);
  });
});

describe('measurements', () => {
  const LOGS = `---
apiVersion: ingate/v1alpha1
kind: LogWorkspace
metadata: { name: logs }
`;
  const QUERY =
    "ContainerAppConsoleLogs_CL | where RevisionName_s == '{revision}' and Log_s has '\"status\":500' | count";
  const watched = (metric: string): string => `
    strategy: blueGreen
    postPromotion: after
    scaleDownDelay: 1h
    analysis:
      - name: after
        window: 5m
        initialDelay: 1m
        minRequests: 20
        metrics: [${metric}]`;
  const SHARE = '{ name: errors, source: azureMonitor, bad: [5xx], atMost: 0.05 }';
  const LINES = `{ name: failures, source: logAnalytics, workspace: logs, query: ${JSON.stringify(QUERY)}, atMost: 3 }`;

  it.each([
    ['platform metrics', SHARE],
    ['a query of logs', LINES],
  ])('after the promotion by %s take the traffic back when it is worse', async (_, metric) => {
    lab.write({
      'environments/dev/environment.yaml':
        ENVIRONMENT.replace('spec: {}', 'spec: { logs: { destination: log-analytics, workspace: logs } }') + LOGS,
    });
    release('v1', watched(metric));
    await applied();
    release('v2', watched(metric), { LOCAL_ERROR_RATE: '0.4' });
    await applied();
    expect((await seen()).traffic).toEqual(['v2 100 stable', 'v1 0 previous']);
    await requests(100);
    clock.advance(7 * MINUTE);
    const ticked = await rollout('tick');
    expect([ticked.code, ticked.err]).toEqual([13, expect.stringContaining('ING8010')]);
    expect((await seen()).traffic).toEqual(['v1 100 stable']);
  });

  it('without enough requests are no success: somebody has to look', async () => {
    release('v1', watched(SHARE));
    await applied();
    release('v2', watched(SHARE));
    await applied();
    clock.advance(60 * MINUTE);
    const ticked = await rollout('tick');
    expect([ticked.code, ticked.err]).toEqual([13, expect.stringContaining('ING8014')]);
    expect((await seen()).traffic).toEqual(['v2 100 stable', 'v1 0 previous']);
    expect((await rollout('promote', 'api')).code).toBe(0);
  });
});

describe('a gate of a container app', () => {
  const GATE = `---
apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: answers }
spec:
  project: support
  target: { containerApp: api }
  request: { path: /chat, body: { q: "{{item.query}}" } }
  dataset: |
${Array.from({ length: 30 }, (_, index) => `    {"id":"q${index}","query":"Question ${index}"}`).join('\n')}
  metrics:
    - { name: polite, grader: { type: contains, values: [please] }, atLeast: 0.8, maxDrop: 0.1 }
`;

  it('asks the candidate before it has traffic: worse is held back, better is rolled out', async () => {
    const GREEN = '\n    strategy: blueGreen\n    scaleDownDelay: 1h';
    const publish = (image: string, answer: string): void => {
      clock.advance(2_000);
      lab.write({ [FILE]: app(image, GREEN, { LOCAL_BODY: answer }) + GATE });
      lab.commit(image);
    };
    publish('v1', 'Yes, please.');
    await applied();
    publish('v2', 'No.');
    const worse = await apply();
    expect(worse.code, worse.out + worse.err).toBe(10);
    expect((await seen()).traffic).toEqual(['v1 100 stable', 'v2 0 candidate']);
    publish('v3', 'Certainly, please.');
    await applied();
    expect((await seen()).traffic).toEqual(['v3 100 stable', 'v1 0 previous']);
    const before = writes();
    await applied();
    expect(writes()).toBe(before);
  });
});
