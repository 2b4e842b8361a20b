import { ContainerAppsAPIClient, type ContainerApp, type TrafficWeight } from '@azure/arm-appcontainers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalAzure } from '../../src/index.ts';
import { addGroup, clientOptions, collect, CREDENTIAL, namesOf, QUICK, refusalOf, startForSdk } from './sdk-lab.ts';
import { checkTraffic } from '../support/type-check.ts';

/** @azure/arm-appcontainers 4.0.0, unmodified, over TLS. */
let azure: LocalAzure;
let client: ContainerAppsAPIClient;
let environmentId: string;

const LOCATION = 'swedencentral';

beforeEach(async () => {
  azure = await startForSdk({ timing: { revisionMs: 40, jobMs: 40 } });
  client = new ContainerAppsAPIClient(CREDENTIAL, azure.subscriptionId, clientOptions(azure));
  environmentId = (await environment('env')) ?? '';
});
afterEach(async () => {
  checkTraffic(azure.requests());
  await azure.close();
});

async function environment(name: string): Promise<string | undefined> {
  return (await client.managedEnvironments.createOrUpdate('rg', name, { location: LOCATION }, QUICK)).id;
}

interface Wanted {
  readonly suffix?: string;
  readonly traffic?: TrafficWeight[];
  readonly mode?: 'Single' | 'Multiple';
  readonly change?: Partial<ContainerApp>;
}

function bodyOf({ suffix = 'v1', traffic, mode = 'Multiple', change = {} }: Wanted = {}): ContainerApp {
  return {
    location: LOCATION,
    environmentId,
    configuration: {
      activeRevisionsMode: mode,
      ingress: { external: true, targetPort: 8080, ...(traffic ? { traffic } : {}) },
      secrets: [{ name: 'key', value: 'canary-secret' }],
    },
    template: {
      revisionSuffix: suffix,
      containers: [
        { name: 'api', image: `contoso.azurecr.io/api:${suffix}`, env: [{ name: 'KEY', secretRef: 'key' }] },
      ],
    },
    ...change,
  };
}

async function write(wanted: Wanted = {}, name = 'api', group = 'rg'): Promise<ContainerApp> {
  return await client.containerApps.createOrUpdate(group, name, bodyOf(wanted), QUICK);
}

async function healthy(revision: string): Promise<void> {
  azure.clock.advance(40);
  expect((await client.containerAppsRevisions.getRevision('rg', 'api', revision)).healthState).toBe('Healthy');
}

async function ask(host: string | undefined): Promise<[number, string | null]> {
  const response = await fetch(`${azure.url}/apps/${host ?? ''}/`);
  return [response.status, response.headers.get('x-local-azure-revision')];
}

describe('container apps', () => {
  it('are created by polling, and read', async () => {
    const created = await write({ change: { tags: { env: 'dev' } } });
    expect(created).toMatchObject({
      name: 'api',
      type: 'Microsoft.App/containerApps',
      provisioningState: 'Succeeded',
      runningStatus: 'Running',
      latestRevisionName: 'api--v1',
      tags: { env: 'dev' },
      environmentId,
      configuration: { ingress: { traffic: [{ latestRevision: true, weight: 100 }] } },
    });
    expect(created.systemData?.createdAt).toBeInstanceOf(Date);
    expect(JSON.stringify(created)).not.toContain('canary-secret');
    const polls = azure.requests().filter(({ path }) => path.includes('containerappOperationStatuses'));
    expect(polls.length).toBeGreaterThan(1);
    expect((await client.containerApps.get('rg', 'api')).latestRevisionFqdn).toMatch(/^api--v1\./u);
    expect(await client.containerApps.listSecrets('rg', 'api')).toMatchObject({
      value: [{ name: 'key', value: 'canary-secret' }],
    });
  });

  it('are updated with what is named', async () => {
    await write();
    const traffic = [{ revisionName: 'api--v1', weight: 100, label: 'stable' }];
    const updated = await client.containerApps.update(
      'rg',
      'api',
      { location: LOCATION, tags: { env: 'qa' }, configuration: { ingress: { traffic } } },
      QUICK,
    );
    expect(updated).toMatchObject({ tags: { env: 'qa' }, configuration: { ingress: { targetPort: 8080, traffic } } });
    expect((await collect(client.containerAppsRevisions.listRevisions('rg', 'api'))).map(({ name }) => name)).toEqual([
      'api--v1',
    ]);
  });

  it('are listed page by page, by group and by subscription', async () => {
    await addGroup(azure, 'other');
    for (const name of ['app1', 'app2', 'app3', 'app4', 'app5']) await write({}, name);
    await write({}, 'app6', 'other');
    expect(await namesOf(client.containerApps.listByResourceGroup('rg'))).toEqual([
      'app1',
      'app2',
      'app3',
      'app4',
      'app5',
    ]);
    expect(await namesOf(client.containerApps.listBySubscription())).toHaveLength(6);
    const pages: number[] = [];
    for await (const page of client.containerApps.listByResourceGroup('rg').byPage()) pages.push(page.length);
    expect(pages).toEqual([2, 2, 1]);
  });

  it('are stopped, started and deleted', async () => {
    const { configuration } = await write();
    await healthy('api--v1');
    const fqdn = configuration?.ingress?.fqdn;
    expect((await client.containerApps.stop('rg', 'api', QUICK)).runningStatus).toBe('Stopped');
    expect(await ask(fqdn)).toEqual([404, null]);
    expect((await client.containerApps.start('rg', 'api', QUICK)).runningStatus).toBe('Running');
    await healthy('api--v1');
    expect(await ask(fqdn)).toEqual([200, 'api--v1']);
    await client.containerApps.delete('rg', 'api', QUICK);
    expect(await refusalOf(client.containerApps.get('rg', 'api'))).toEqual([404, 'ResourceNotFound']);
    await client.containerApps.delete('rg', 'api', QUICK);
  });

  it('tell why they are refused', async () => {
    await write();
    const container = { name: 'api', image: 'contoso.azurecr.io/api:2' };
    const busy = client.containerApps.update('rg', 'api', { location: LOCATION, tags: { a: 'b' } }, QUICK);
    await busy.submitted();
    expect([
      await refusalOf(client.containerApps.createOrUpdate('rg', 'api', bodyOf(), QUICK)),
      await refusalOf(write({}, 'Not_Valid')),
      await refusalOf(write({ change: { environmentId: `${environmentId}x` } }, 'other')),
      await refusalOf(write({ traffic: [{ latestRevision: true, weight: 90 }] }, 'other')),
      await refusalOf(client.containerApps.get('none', 'api')),
      await refusalOf(client.containerAppsRevisions.getRevision('rg', 'api', 'api--none')),
    ]).toEqual([
      [409, 'ContainerAppOperationInProgress'],
      [400, 'ContainerAppInvalidName'],
      [400, 'InvalidEnvironmentId'],
      [400, 'ContainerAppInvalidTrafficWeight'],
      [404, 'ResourceGroupNotFound'],
      [404, 'RevisionNotFound'],
    ]);
    await busy;
    const taken = bodyOf({ change: { template: { revisionSuffix: 'v1', containers: [container] } } });
    expect(await refusalOf(client.containerApps.createOrUpdate('rg', 'api', taken, QUICK))).toEqual([
      400,
      'InvalidParameterValueInContainerTemplate',
    ]);
  });

  it('see an operation fail', async () => {
    azure.faults.add({
      match: { method: 'PUT', path: 'containerApps/unlucky' },
      operation: { error: { code: 'ContainerAppOperationError', message: 'No capacity.' } },
    });
    await expect(write({}, 'unlucky')).rejects.toThrow(/No capacity\./u);
  });
});

describe('revisions', () => {
  it('are released as a canary: created, tried by label, given traffic, deactivated', async () => {
    const stable = { revisionName: 'api--v1', weight: 100, label: 'stable' };
    const { configuration } = await write();
    const fqdn = configuration?.ingress?.fqdn ?? '';
    await healthy('api--v1');
    await write({ suffix: 'v2', traffic: [stable, { revisionName: 'api--v2', weight: 0, label: 'candidate' }] });
    await healthy('api--v2');
    expect(await ask(fqdn.replace('api.', 'api---candidate.'))).toEqual([200, 'api--v2']);
    expect(await ask(fqdn)).toEqual([200, 'api--v1']);
    const half = [
      { ...stable, weight: 50 },
      { revisionName: 'api--v2', weight: 50, label: 'candidate' },
    ];
    await write({ suffix: 'v2', traffic: half });
    const answers: (string | null)[] = [];
    for (let index = 0; index < 100; index += 1) answers.push((await ask(fqdn))[1]);
    expect(answers.filter((revision) => revision === 'api--v1')).toHaveLength(50);
    expect(answers.filter((revision) => revision === 'api--v2')).toHaveLength(50);
    await write({ suffix: 'v2', traffic: [{ revisionName: 'api--v2', weight: 100, label: 'stable' }] });
    await client.containerAppsRevisions.deactivateRevision('rg', 'api', 'api--v1');
    const revisions = await collect(client.containerAppsRevisions.listRevisions('rg', 'api'));
    expect(revisions.map(({ name, active, trafficWeight }) => [name, active, trafficWeight])).toEqual([
      ['api--v1', false, 0],
      ['api--v2', true, 100],
    ]);
    await client.containerAppsRevisions.activateRevision('rg', 'api', 'api--v1');
    await client.containerAppsRevisions.restartRevision('rg', 'api', 'api--v2');
    await healthy('api--v1');
    await healthy('api--v2');
  });

  it('replace each other in Single mode', async () => {
    await write({ mode: 'Single' });
    await healthy('api--v1');
    await write({ mode: 'Single', suffix: 'v2' });
    await healthy('api--v2');
    const { active, lastActiveTime } = await client.containerAppsRevisions.getRevision('rg', 'api', 'api--v1');
    expect(active).toBe(false);
    expect(lastActiveTime).toBeInstanceOf(Date);
  });
});

describe('jobs', () => {
  const job = (image: string): Parameters<typeof client.jobs.createOrUpdate>[2] => ({
    location: LOCATION,
    environmentId,
    configuration: { triggerType: 'Manual', replicaTimeout: 600, secrets: [{ name: 'key', value: 'canary-secret' }] },
    template: { containers: [{ name: 'score', image }] },
  });

  async function ended(name: string): Promise<(string | undefined)[]> {
    azure.clock.advance(40);
    return (await collect(client.jobsExecutions.list('rg', name))).map(({ status }) => status);
  }

  it('are written, started, and run to an end', async () => {
    const created = await client.jobs.createOrUpdate('rg', 'score', job('contoso.azurecr.io/score:1'), QUICK);
    expect(created).toMatchObject({ provisioningState: 'Succeeded', configuration: { triggerType: 'Manual' } });
    const { name } = await client.jobs.start('rg', 'score', QUICK);
    expect(name).toMatch(/^score-/u);
    expect(await ended('score')).toEqual(['Succeeded']);
    expect(await client.jobs.listSecrets('rg', 'score')).toMatchObject({ value: [{ name: 'key' }] });
    const execution = await client.jobExecution('rg', 'score', name ?? '');
    expect(execution.startTime).toBeInstanceOf(Date);
    const changed = await client.jobs.update('rg', 'score', { tags: { env: 'qa' } }, QUICK);
    expect(changed.tags).toEqual({ env: 'qa' });
    expect(await namesOf(client.jobs.listBySubscription())).toEqual(['score']);
    await client.jobs.delete('rg', 'score', QUICK);
    expect(await namesOf(client.jobs.listByResourceGroup('rg'))).toEqual([]);
  });

  it('fail and are stopped', async () => {
    await client.jobs.createOrUpdate('rg', 'bad', job('contoso.azurecr.io/score:unhealthy'), QUICK);
    await client.jobs.start('rg', 'bad', QUICK);
    expect(await ended('bad')).toEqual(['Failed']);
    azure.faults.add({ match: { method: 'POST', path: 'jobs/long/start' }, operation: { stuck: true } });
    await client.jobs.createOrUpdate('rg', 'long', job('contoso.azurecr.io/score:1'), QUICK);
    const { name = '' } = await client.jobs.start('rg', 'long', QUICK);
    await client.jobs.start('rg', 'long', QUICK);
    await client.jobs.stopExecution('rg', 'long', name, QUICK);
    await client.jobs.stopMultipleExecutions('rg', 'long', QUICK);
    expect(await ended('long')).toEqual(['Stopped', 'Stopped']);
  });
});
