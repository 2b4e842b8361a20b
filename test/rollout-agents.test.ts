import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '@ingate/local-azure';
import { createLab, SUBSCRIPTION, type Lab, type Ran } from './support/lab.ts';

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
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai, description: Support }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-4.1 } }
---
apiVersion: ingate/v1alpha1
kind: LogWorkspace
metadata: { name: logs }
`;
const CANARY = `
    strategy: canary
    steps: [{ setWeight: 20 }, { pause: { duration: 10m } }, { setWeight: 50 }, { pause: {} }]`;
const FILE = 'environments/dev/agent.yaml';
const MINUTE = 60_000;
const clock = createVirtualClock();

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({
    files: { 'environments/dev/environment.yaml': ENVIRONMENT },
    azure: { clock, timing: { operationMs: 0, registrationMs: 0 } },
  });
});
afterEach(() => lab.close());

function release(instructions: string, rollout = CANARY): void {
  clock.advance(2_000);
  lab.write({
    [FILE]: `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  definition: { model: chat, instructions: "${instructions}" }
  rollout:${rollout}
`,
  });
  lab.commit(`release ${instructions}`);
}

const apply = (): Promise<Ran> => lab.ingate('apply', '-e', 'dev', '--yes');
const rollout = (command: string, ...more: readonly string[]): Promise<Ran> =>
  lab.ingate('rollout', command, ...more, '-e', 'dev');

async function applied(): Promise<string> {
  const ran = await apply();
  expect(ran.code, ran.out + ran.err).toBe(0);
  return ran.out + ran.err;
}

async function agentPath(): Promise<string> {
  const posted = lab.azure.requests().find(({ path }) => path.endsWith('/agents/support'));
  return posted?.path ?? '';
}

/** Versions and their shares, such as `1 80, 2 20`, and how many versions there are. */
async function seen(): Promise<string> {
  const path = await agentPath();
  const { body } = await lab.send('GET', `${path}?api-version=v1`);
  const { agent_endpoint: endpoint } = body as {
    agent_endpoint?: {
      version_selector?: { version_selection_rules: { agent_version: string; traffic_percentage: number }[] };
    };
  };
  const list = await lab.send('GET', `${path}/versions?api-version=v1&limit=100`);
  const rules = endpoint?.version_selector?.version_selection_rules ?? [];
  const shares = rules.map((rule) => `${rule.agent_version} ${rule.traffic_percentage}`).join(', ');
  return `${shares || 'latest'} of ${(list.body as { data: unknown[] }).data.length}`;
}

const writes = (): number =>
  lab.azure.requests().filter(({ method, url }) => !['GET', 'HEAD'].includes(method) && !url.includes('/locks/'))
    .length;

describe('a canary of an agent', () => {
  it('moves traffic version by version, can be promoted by hand, and goes back without a new version', async () => {
    release('one');
    await applied();
    expect(await seen()).toBe('latest of 1');

    release('two');
    expect(await applied()).toContain('20 %');
    expect(await seen()).toBe('1 80, 2 20 of 2');
    const plan = await lab.ingate('plan', '-e', 'dev');
    expect(plan.out).toMatch(/rollout of [0-9a-f]{10}: step 2 of 4, 20 %, waits until/);
    expect((await lab.ingate('drift', '-e', 'dev')).out).toContain('No drift.');

    clock.advance(11 * MINUTE);
    expect((await rollout('tick')).code).toBe(0);
    expect(await seen()).toBe('1 50, 2 50 of 2');
    expect((await rollout('status')).out).toContain('step 4 of 4, 50 %');
    expect((await rollout('promote', 'support')).code).toBe(0);
    expect(await seen()).toBe('2 100 of 2');
    const before = writes();
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes.');
    await applied();
    expect((await rollout('tick')).code).toBe(0);
    expect(writes()).toBe(before);

    release('one');
    await applied();
    expect(await seen()).toBe('1 100 of 2');
  });

  it('is given up by hand and not tried again until somebody says so', async () => {
    release('one');
    await applied();
    release('two');
    await applied();
    expect((await rollout('abort', 'support')).code).toBe(0);
    expect(await seen()).toBe('1 100 of 2');
    const before = writes();
    const again = await apply();
    expect([again.code, again.out + again.err]).toEqual([13, expect.stringContaining('ING8010')]);
    expect(writes()).toBe(before);
    expect((await rollout('retry', 'support')).code).toBe(0);
    expect(await seen()).toBe('1 80, 2 20 of 2');
  });

  it('ends the same when answers are lost, and weights that somebody changed are put back', async () => {
    release('one');
    await applied();
    release('two');
    for (const nth of [1, 3])
      lab.azure.faults.add({ match: { method: 'PATCH', path: 'agents/support', nth }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'PATCH', path: 'tags/default', nth: 2 }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: 'agents/support/versions' }, drop: 'after-commit' });
    await apply();
    lab.azure.faults.clear();
    await applied();
    expect(await seen()).toBe('1 80, 2 20 of 2');
    const rules = [
      { type: 'FixedRatio', agent_version: '1', traffic_percentage: 40 },
      { type: 'FixedRatio', agent_version: '2', traffic_percentage: 60 },
    ];
    const endpoint = { agent_endpoint: { version_selector: { version_selection_rules: rules } } };
    await lab.send('PATCH', `${await agentPath()}?api-version=v1`, endpoint, {
      'content-type': 'application/merge-patch+json',
    });
    expect((await rollout('tick')).out).toContain('puts the traffic back to 20 %');
    expect(await seen()).toBe('1 80, 2 20 of 2');
  });

  it('has no smoke tests and no platform metrics', async () => {
    release('one', `${CANARY}\n    smokeTests: [{ path: / }]`);
    expect((await lab.ingate('validate', '-e', 'dev')).err).toContain('ING8015');
  });
});
