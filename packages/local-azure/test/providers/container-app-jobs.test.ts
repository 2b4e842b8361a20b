import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, type Clock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let environment: string;
let job: string;
let clock: Clock;
const version = '?api-version=2026-01-01';

beforeEach(async () => {
  clock = createVirtualClock(Date.UTC(2026, 0, 1, 2, 30));
  bench = await startBench({ clock, timing: { operationMs: 0, jobMs: 60_000 } });
  const group = await bench.group();
  environment = await create(bench, 'Microsoft.App/managedEnvironments', group);
  job = `${group}/Microsoft.App/jobs/score`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

interface Wanted {
  readonly configuration?: object;
  readonly env?: readonly object[];
}

function put({ configuration = {}, env = [] }: Wanted = {}): Promise<Answer> {
  return bench.put(job + version, {
    location: 'swedencentral',
    properties: {
      environmentId: environment,
      configuration: { triggerType: 'Manual', replicaTimeout: 600, ...configuration },
      template: { containers: [{ name: 'score', image: 'contoso.azurecr.io/score:1', env }] },
    },
  });
}

function start(body?: object): Promise<Answer> {
  return bench.send('POST', `${job}/start${version}`, body);
}

async function executions(): Promise<string[]> {
  const { body } = await bench.get(`${job}/executions${version}`);
  return body.value.map((one: { properties: { status: string } }) => one.properties.status);
}

describe('jobs of Container Apps', () => {
  it('run when they are started, and end well after their time', async () => {
    await put();
    const time = (): string => new Date(clock.now()).toISOString().replace('Z', '0000Z');
    const startTime = time();
    const started = await start();
    expect(started.status).toBe(200);
    expect(started.body.name).toMatch(/^score-/);
    expect(await executions()).toEqual(['Running']);
    clock.advance(60_000);
    const { body } = await bench.get(`${job}/executions/${started.body.name}${version}`);
    expect(body.properties).toMatchObject({ status: 'Succeeded', startTime, endTime: time() });
  });

  it('end badly when they take too long or are meant to fail', async () => {
    await put({ configuration: { replicaTimeout: 30 } });
    await start();
    clock.advance(30_000);
    expect(await executions()).toEqual(['Failed']);
    await put({ env: [{ name: 'LOCAL_FAIL', value: '1' }] });
    await start();
    clock.advance(60_000);
    expect(await executions()).toEqual(['Failed', 'Failed']);
  });

  it('take containers for one execution, and leave the job as it is', async () => {
    await put();
    const containers = [{ name: 'score', image: 'contoso.azurecr.io/score:2' }];
    const { body } = await start({ containers });
    const execution = await bench.get(`${job}/executions/${body.name}${version}`);
    expect(execution.body.properties.template.containers[0].image).toBe('contoso.azurecr.io/score:2');
    const { body: after } = await bench.get(job + version);
    expect(after.properties.template.containers[0].image).toBe('contoso.azurecr.io/score:1');
  });

  it('stop, one by one and all together', async () => {
    await put();
    const first = await start();
    await start();
    await bench.send('POST', `${job}/executions/${first.body.name}/stop${version}`);
    expect(await executions()).toEqual(['Stopped', 'Running']);
    await bench.send('POST', `${job}/stop${version}`);
    clock.advance(120_000);
    expect(await executions()).toEqual(['Stopped', 'Stopped']);
  });

  it('start by themselves when their schedule says so', async () => {
    await put({ configuration: { triggerType: 'Schedule', scheduleTriggerConfig: { cronExpression: '0 3 * * *' } } });
    clock.advance(20 * 60_000);
    expect(await executions()).toEqual([]);
    clock.advance(Date.UTC(2026, 0, 1, 3) - clock.now());
    expect(await executions()).toEqual(['Running']);
    clock.advance(24 * 60 * 60_000);
    expect(await executions()).toHaveLength(2);
    await put({ configuration: { triggerType: 'Schedule', scheduleTriggerConfig: { cronExpression: '0 5 * * *' } } });
    clock.advance(60 * 60_000);
    expect(await executions()).toHaveLength(2);
  });

  it('refuse a trigger without its configuration, another trigger, and a secret that is not there', async () => {
    const missing = await put({ configuration: { triggerType: 'Schedule' } });
    expect([missing.status, missing.body.error.code]).toEqual([400, 'InvalidJobTriggerConfiguration']);
    const secret = await put({ env: [{ name: 'TOKEN', secretRef: 'gone' }] });
    expect([secret.status, secret.body.error.code]).toEqual([400, 'ContainerAppSecretRefNotFound']);
    await put();
    const other = await put({
      configuration: { triggerType: 'Schedule', scheduleTriggerConfig: { cronExpression: '0 5 * * *' } },
    });
    expect([other.status, other.body.error.code]).toEqual([400, 'ContainerAppJobPropertyCannotBeChanged']);
  });
});
