import { ContainerAppsAPIClient, type ContainerApp, type Job } from '@azure/arm-appcontainers';
import { ResourceManagementClient } from '@azure/arm-resources';
import { RestError } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, credential, eventually, QUICK, startSdkBench, type SdkBench } from './sdk-client.ts';

/** Microsoft's own client of Container Apps, unmodified, over TLS. */
let bench: SdkBench;
let client: ContainerAppsAPIClient;
let environmentId: string;
const LOCATION = 'swedencentral';

beforeEach(async () => {
  bench = await startSdkBench({ pageSize: 2 });
  const { azure, options } = bench;
  const groups = new ResourceManagementClient(credential, azure.subscriptionId, options);
  await groups.resourceGroups.createOrUpdate('rg', { location: LOCATION });
  client = new ContainerAppsAPIClient(credential, azure.subscriptionId, options);
  const environment = await client.managedEnvironments.createOrUpdate('rg', 'env', { location: LOCATION }, QUICK);
  environmentId = environment.id ?? '';
});
afterEach(() => bench.close());

function appOf(
  suffix: string,
  image: string,
  traffic?: NonNullable<NonNullable<ContainerApp['configuration']>['ingress']>['traffic'],
): ContainerApp {
  return {
    location: LOCATION,
    environmentId,
    configuration: {
      activeRevisionsMode: 'Multiple',
      ingress: { external: true, targetPort: 8080, ...(traffic ? { traffic } : {}) },
      secrets: [{ name: 'token', value: 'canary-secret' }],
    },
    template: {
      revisionSuffix: suffix,
      containers: [{ name: 'api', image }],
      scale: { minReplicas: 1, maxReplicas: 2 },
    },
  };
}

async function refusal(work: PromiseLike<unknown>): Promise<[number | undefined, string | undefined]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RestError) return [error.statusCode, error.code];
    throw error;
  }
  throw new Error('It was not refused');
}

describe('@azure/arm-appcontainers', () => {
  it('creates an app, waits, reads it and its secrets, changes it and deletes it', async () => {
    const created = await client.containerApps.createOrUpdate(
      'rg',
      'api',
      appOf('v1', 'contoso.azurecr.io/api:1'),
      QUICK,
    );
    expect(created.provisioningState).toBe('Succeeded');
    expect(created.configuration?.ingress?.fqdn).toMatch(/^api\..*azurecontainerapps\.io$/);
    expect(created.configuration?.secrets?.[0]?.value).toBeUndefined();
    const secrets = await client.containerApps.listSecrets('rg', 'api');
    expect(secrets.value).toMatchObject([{ name: 'token', value: 'canary-secret' }]);
    const patched = await client.containerApps.update(
      'rg',
      'api',
      { location: LOCATION, tags: { team: 'support' } },
      QUICK,
    );
    expect(patched.tags).toEqual({ team: 'support' });
    await client.containerApps.delete('rg', 'api', QUICK);
    expect(await refusal(client.containerApps.get('rg', 'api'))).toEqual([404, 'ResourceNotFound']);
    await client.containerApps.delete('rg', 'api', QUICK);
  });

  it('lists through pages, in the group and in the subscription', async () => {
    for (const name of ['one', 'two', 'three']) {
      await client.containerApps.createOrUpdate('rg', name, appOf('v1', 'contoso.azurecr.io/api:1'), QUICK);
    }
    const inGroup = await collect(client.containerApps.listByResourceGroup('rg'));
    expect(new Set(inGroup.map(({ name }) => name))).toEqual(new Set(['one', 'two', 'three']));
    expect(inGroup).toHaveLength(3);
    expect(await collect(client.containerApps.listBySubscription())).toHaveLength(3);
    expect(await collect(client.managedEnvironments.listByResourceGroup('rg'))).toHaveLength(1);
  });

  it('moves traffic between revisions, and switches them off and on', async () => {
    await client.containerApps.createOrUpdate('rg', 'api', appOf('v1', 'contoso.azurecr.io/api:1'), QUICK);
    await eventually(
      () => client.containerAppsRevisions.getRevision('rg', 'api', 'api--v1'),
      ({ healthState }) => healthState === 'Healthy',
    );
    const traffic = [
      { revisionName: 'api--v1', weight: 90, label: 'stable' },
      { revisionName: 'api--v2', weight: 10, label: 'candidate' },
    ];
    await client.containerApps.createOrUpdate(
      'rg',
      'api',
      appOf(
        'v2',
        'contoso.azurecr.io/api:2',
        traffic.slice(0, 1).map((rule) => ({ ...rule, weight: 100 })),
      ),
      QUICK,
    );
    const candidate = await eventually(
      () => client.containerAppsRevisions.getRevision('rg', 'api', 'api--v2'),
      ({ healthState }) => healthState === 'Healthy',
    );
    expect([candidate.active, candidate.trafficWeight, candidate.replicas]).toEqual([true, 0, 1]);
    await client.containerApps.update(
      'rg',
      'api',
      { location: LOCATION, configuration: { ingress: { traffic } } },
      QUICK,
    );
    const weights = (await collect(client.containerAppsRevisions.listRevisions('rg', 'api'))).map((one) => [
      one.name,
      one.trafficWeight,
    ]);
    expect(weights).toEqual([
      ['api--v1', 90],
      ['api--v2', 10],
    ]);
    await client.containerAppsRevisions.deactivateRevision('rg', 'api', 'api--v2');
    expect((await client.containerAppsRevisions.getRevision('rg', 'api', 'api--v2')).active).toBe(false);
    await client.containerAppsRevisions.activateRevision('rg', 'api', 'api--v2');
    await client.containerAppsRevisions.restartRevision('rg', 'api', 'api--v1');
    expect((await client.containerAppsRevisions.getRevision('rg', 'api', 'api--v2')).active).toBe(true);
    const stopped = await client.containerApps.stop('rg', 'api', QUICK);
    expect(stopped.runningStatus).toBe('Stopped');
    expect((await client.containerApps.start('rg', 'api', QUICK)).runningStatus).toBe('Running');
  });

  it('is told what is wrong by Azure’s codes', async () => {
    const wrong = appOf('v1', 'contoso.azurecr.io/api:1', [{ revisionName: 'api--gone', weight: 60 }]);
    const [status, code] = await refusal(client.containerApps.createOrUpdate('rg', 'api', wrong, QUICK));
    expect(status).toBe(400);
    expect(code).toMatch(/Traffic/);
    expect(await refusal(client.containerAppsRevisions.getRevision('rg', 'none', 'none--v1'))).toEqual([
      404,
      'RevisionNotFound',
    ]);
  });

  it('starts jobs, follows executions to their end, and stops one', async () => {
    const job: Job = {
      location: LOCATION,
      environmentId,
      configuration: {
        triggerType: 'Manual',
        replicaTimeout: 600,
        manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
      },
      template: { containers: [{ name: 'score', image: 'contoso.azurecr.io/score:1' }] },
    };
    await client.jobs.createOrUpdate('rg', 'score', job, QUICK);
    const started = await client.jobs.start('rg', 'score', QUICK);
    expect(started.name).toMatch(/^score-/);
    const ended = await eventually(
      () => client.jobExecution('rg', 'score', started.name ?? ''),
      ({ status }) => status !== 'Running',
    );
    expect(ended.status).toBe('Succeeded');
    expect(await collect(client.jobsExecutions.list('rg', 'score'))).toHaveLength(1);
    await client.jobs.delete('rg', 'score', QUICK);
    expect(await collect(client.jobs.listByResourceGroup('rg'))).toEqual([]);
  });
});
