import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
let environment: string;
let app: string;
const clock = createVirtualClock();
const version = '?api-version=2026-01-01';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000, revisionMs: 5000 } });
  group = await bench.group();
  environment = await create(bench, 'Microsoft.App/managedEnvironments', group);
  app = `${group}/Microsoft.App/containerApps/api`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

interface Wanted {
  readonly suffix?: string;
  readonly image?: string;
  readonly mode?: 'Single' | 'Multiple';
  readonly traffic?: readonly object[];
}

function put({ suffix, image = 'contoso.azurecr.io/api:1', mode = 'Multiple', traffic }: Wanted): Promise<Answer> {
  const ingress = { external: true, targetPort: 8080, ...(traffic ? { traffic } : {}) };
  const template = {
    ...(suffix === undefined ? {} : { revisionSuffix: suffix }),
    containers: [{ name: 'api', image }],
  };
  const properties = { environmentId: environment, configuration: { activeRevisionsMode: mode, ingress }, template };
  return bench.put(app + version, { location: 'swedencentral', properties });
}

/** Puts and waits for the end of the operation, not for the revision. */
async function settled(wanted: Wanted): Promise<Answer> {
  const answer = await put(wanted);
  expect(answer.status).toBeLessThan(300);
  clock.advance(1000);
  return answer;
}

interface Revision {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

async function revisions(...fields: readonly string[]): Promise<unknown[][]> {
  const { body } = await bench.get(`${app}/revisions${version}`);
  return body.value.map((revision: Revision) => [revision.name, ...fields.map((field) => revision.properties[field])]);
}

async function properties(): Promise<Record<string, unknown>> {
  return (await bench.get(app + version)).body.properties;
}

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

describe('revisions', () => {
  it('are made by another template, not by another configuration', async () => {
    await settled({ suffix: 'v1' });
    await settled({ suffix: 'v1' });
    expect(await revisions()).toEqual([['api--v1']]);
    await bench.send('PATCH', app + version, { properties: { configuration: { maxInactiveRevisions: 5 } } });
    clock.advance(1000);
    expect(await revisions()).toEqual([['api--v1']]);
    await settled({ suffix: 'v2', image: 'contoso.azurecr.io/api:2' });
    expect(await revisions()).toEqual([['api--v1'], ['api--v2']]);
    expect(await properties()).toMatchObject({ latestRevisionName: 'api--v2', template: { revisionSuffix: 'v2' } });
  });

  it('get a suffix made up when none is given', async () => {
    await settled({});
    const [[name]] = (await revisions()) as [[string]];
    expect(name).toMatch(/^api--[0-9a-z]{7}$/u);
    expect((await properties())['latestRevisionFqdn']).toMatch(
      new RegExp(`^${name}\\.env-.*\\.swedencentral\\.azurecontainerapps\\.io$`, 'u'),
    );
  });

  it('cannot take the suffix of another template', async () => {
    await settled({ suffix: 'v1' });
    const answer = await put({ suffix: 'v1', image: 'contoso.azurecr.io/api:2' });
    expect(refusal(answer)).toEqual([400, 'InvalidParameterValueInContainerTemplate']);
    expect(answer.body.error.message).toContain('template.revisionsuffix');
    expect((await put({ suffix: 'Not Valid' })).body.error.code).toBe('ContainerAppInvalidRevisionName');
  });

  it('become healthy after a while, by the clock', async () => {
    await put({ suffix: 'v1' });
    expect(await revisions('healthState', 'runningState', 'provisioningState')).toEqual([
      ['api--v1', 'None', 'Activating', 'Provisioning'],
    ]);
    clock.advance(5000);
    expect(await revisions('healthState', 'runningState', 'provisioningState')).toEqual([
      ['api--v1', 'Healthy', 'ScaledToZero', 'Provisioned'],
    ]);
    expect((await properties())['latestReadyRevisionName']).toBe('api--v1');
  });

  it('stay unhealthy where the image says so, and are never the latest ready one', async () => {
    await settled({ suffix: 'v1' });
    clock.advance(5000);
    await settled({ suffix: 'v2', image: 'contoso.azurecr.io/api:unhealthy' });
    clock.advance(5000);
    expect(await revisions('healthState', 'trafficWeight')).toEqual([
      ['api--v1', 'Healthy', 100],
      ['api--v2', 'Unhealthy', 0],
    ]);
    expect(await properties()).toMatchObject({ latestRevisionName: 'api--v2', latestReadyRevisionName: 'api--v1' });
  });

  it('are replaced in Single mode, once the new one is ready', async () => {
    await settled({ suffix: 'v1', mode: 'Single' });
    clock.advance(5000);
    await settled({ suffix: 'v2', mode: 'Single', image: 'contoso.azurecr.io/api:2' });
    expect(await revisions('active')).toEqual([
      ['api--v1', true],
      ['api--v2', true],
    ]);
    clock.advance(5000);
    expect(await revisions('active', 'trafficWeight')).toEqual([
      ['api--v1', false, 0],
      ['api--v2', true, 100],
    ]);
  });

  it('are listed whole, never by a filter', async () => {
    await settled({ suffix: 'v1' });
    expect(refusal(await bench.get(`${app}/revisions${version}&$filter=active`))).toEqual([501, 'NotImplemented']);
  });

  it('are activated, deactivated and restarted, with 200', async () => {
    await settled({ suffix: 'v1' });
    const one = `${app}/revisions/api--v1`;
    expect((await bench.send('POST', `${one}/deactivate${version}`)).status).toBe(200);
    expect(await revisions('active', 'runningState')).toEqual([['api--v1', false, 'Stopped']]);
    expect((await bench.send('POST', `${one}/activate${version}`)).status).toBe(200);
    clock.advance(5000);
    expect(await revisions('active', 'healthState')).toEqual([['api--v1', true, 'Healthy']]);
    expect((await bench.send('POST', `${one}/restart${version}`)).status).toBe(200);
    expect(refusal(await bench.send('POST', `${app}/revisions/api--none/activate${version}`))).toEqual([
      404,
      'RevisionNotFound',
    ]);
  });
});

describe('traffic', () => {
  const split = [
    { revisionName: 'api--v1', weight: 90, label: 'stable' },
    { revisionName: 'api--v2', weight: 10, label: 'canary' },
  ];

  it('goes to revisions by weight', async () => {
    await settled({ suffix: 'v1' });
    await settled({ suffix: 'v2', image: 'contoso.azurecr.io/api:2', traffic: split });
    expect(await revisions('trafficWeight')).toEqual([
      ['api--v1', 90],
      ['api--v2', 10],
    ]);
  });

  it('may go to an inactive revision', async () => {
    await settled({ suffix: 'v1' });
    await settled({ suffix: 'v2', image: 'contoso.azurecr.io/api:2' });
    await bench.send('POST', `${app}/revisions/api--v1/deactivate${version}`);
    const answer = await put({
      suffix: 'v2',
      image: 'contoso.azurecr.io/api:2',
      traffic: [{ revisionName: 'api--v1', weight: 100 }],
    });
    expect(answer.status).toBe(200);
  });

  it('sums to 100, names what exists, and labels once', async () => {
    await settled({ suffix: 'v1' });
    const wrong = async (...traffic: readonly object[]): Promise<string> =>
      refusal(await put({ suffix: 'v1', traffic }))[1];
    expect(await wrong({ latestRevision: true, weight: 90 })).toBe('ContainerAppInvalidTrafficWeight');
    expect(await wrong({ revisionName: 'api--none', weight: 100 })).toBe('ContainerAppRevisionNotFound');
    const twice = await wrong(
      { latestRevision: true, weight: 50, label: 'a' },
      { revisionName: 'api--v1', weight: 50, label: 'a' },
    );
    expect(twice).toBe('ContainerAppDuplicateTrafficLabel');
  });
});

describe('apps', () => {
  it('are busy while an operation goes on', async () => {
    await put({ suffix: 'v1' });
    expect(refusal(await put({ suffix: 'v2' }))).toEqual([409, 'ContainerAppOperationInProgress']);
    expect(refusal(await bench.send('POST', `${app}/revisions/api--v1/deactivate${version}`))).toEqual([
      409,
      'ContainerAppOperationInProgress',
    ]);
    clock.advance(1000);
    expect((await put({ suffix: 'v2' })).status).toBe(200);
  });

  it('are refused what Azure refuses', async () => {
    const base = { location: 'swedencentral' };
    const container = { name: 'api', image: 'x' };
    const wrong = async (change: object): Promise<string> =>
      refusal(await bench.put(app + version, { ...base, properties: { environmentId: environment, ...change } }))[1];
    expect(await wrong({ template: { containers: [] } })).toBe('InvalidParameterValueInContainerTemplate');
    expect(await wrong({ template: { containers: [container, container] } })).toBe(
      'InvalidParameterValueInContainerTemplate',
    );
    expect(await wrong({ template: { containers: [{ ...container, resources: { cpu: 0.3, memory: '1Gi' } }] } })).toBe(
      'ContainerAppInvalidResourceTotal',
    );
    const unknownSecret = { ...container, env: [{ name: 'A', secretRef: 'none' }] };
    expect(await wrong({ template: { containers: [unknownSecret] } })).toBe('ContainerAppSecretRefNotFound');
    expect(await wrong({ configuration: { secrets: [{ name: 'a' }] }, template: { containers: [container] } })).toBe(
      'ContainerAppSecretInvalid',
    );
    expect(await wrong({ environmentId: `${environment}-none`, template: { containers: [container] } })).toBe(
      'InvalidEnvironmentId',
    );
    const name = `${group}/Microsoft.App/containerApps/Not_Valid${version}`;
    expect(refusal(await bench.put(name, { ...base, properties: { template: {} } }))[1]).toBe(
      'ContainerAppInvalidName',
    );
  });

  it('wait for their environment', async () => {
    const young = `${group}/Microsoft.App/managedEnvironments/young`;
    await bench.put(young + version, { location: 'swedencentral', properties: {} });
    const template = { containers: [{ name: 'api', image: 'x' }] };
    const answer = await bench.put(app + version, {
      location: 'swedencentral',
      properties: { environmentId: young, template },
    });
    expect(refusal(answer)).toEqual([409, 'ManagedEnvironmentNotReadyForAppCreation']);
  });

  it('show the region by its display name, ids in lower case and much as null', async () => {
    const { body, headers } = await put({ suffix: 'v1' });
    expect(body.location).toBe('Sweden Central');
    expect(body.id).toContain('/Microsoft.App/containerapps/api');
    expect(body.properties.configuration).toMatchObject({ secrets: null, registries: null, dapr: null });
    expect(body.properties.configuration.ingress).toMatchObject({
      transport: 'Auto',
      traffic: [{ weight: 100, latestRevision: true }],
    });
    expect(body.properties.template.containers[0].resources).toEqual({
      cpu: 0.5,
      memory: '1Gi',
      ephemeralStorage: '2Gi',
    });
    expect(body.identity).toEqual({ type: 'None' });
    expect(body.properties.managedEnvironmentId).toBe(body.properties.environmentId);
    expect(headers.get('api-supported-versions')).toContain('2026-01-01');
  });

  it('keep their environment from being deleted', async () => {
    await settled({ suffix: 'v1' });
    expect(refusal(await bench.send('DELETE', environment + version))).toEqual([
      409,
      'ManagedEnvironmentHasContainerApps',
    ]);
    await bench.send('DELETE', app + version);
    clock.advance(1000);
    expect((await bench.send('DELETE', environment + version)).status).toBe(202);
  });

  it('stop and start', async () => {
    await settled({ suffix: 'v1' });
    expect((await bench.send('POST', `${app}/stop${version}`)).status).toBe(202);
    clock.advance(1000);
    expect((await properties())['runningStatus']).toBe('Stopped');
    expect((await bench.send('POST', `${app}/start${version}`)).status).toBe(202);
  });
});
