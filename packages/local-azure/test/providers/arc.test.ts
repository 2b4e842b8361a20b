import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
const clock = createVirtualClock();
beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  group = await bench.group();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

const CLUSTER = 'Microsoft.Kubernetes/connectedClusters';
const EXTENSION = 'Microsoft.KubernetesConfiguration/extensions';
const LOCATION = 'Microsoft.ExtendedLocation/customLocations';
const ENVIRONMENT = 'Microsoft.App/connectedEnvironments';

/** The sample of a type with members of `properties` changed. */
function changed(type: string, properties: Record<string, unknown>): { url: string; body: Record<string, unknown> } {
  const { url, body } = placed(sampleOf(type), group);
  const whole = body as { properties: Record<string, unknown> };
  return { url, body: { ...whole, properties: { ...whole.properties, ...properties } } };
}

describe('clusters', () => {
  it('are connected once they are provisioned', async () => {
    const { url, body } = placed(sampleOf(CLUSTER), group);
    const created = await bench.put(url, body);
    expect(created.body.properties).toMatchObject({
      provisioningState: 'Provisioning',
      connectivityStatus: 'Connecting',
      arcAgentProfile: { agentAutoUpgrade: 'Enabled' },
    });
    const operation = created.headers.get('azure-asyncoperation') ?? '';
    clock.advance(1000);
    expect((await bench.get(operation.replace(bench.azure.url, ''))).body.status).toBe('Succeeded');
    const { properties } = (await bench.get(url)).body;
    expect(properties).toMatchObject({ provisioningState: 'Succeeded', connectivityStatus: 'Connected' });
    expect(properties.kubernetesVersion).toMatch(/^1\./u);
  });

  it('keep their certificate, and have no credentials', async () => {
    const path = await create(bench, CLUSTER, group);
    const other = changed(CLUSTER, { agentPublicKeyCertificate: 'TUlJRA==' });
    expect((await bench.put(other.url, other.body)).status).toBe(409);
    const credential = await bench.send('POST', `${path}/listClusterUserCredential?api-version=2026-05-01`, {});
    expect([credential.status, credential.body.error.code]).toEqual([501, 'NotImplemented']);
  });
});

describe('extensions', () => {
  it('never tell the values of protected settings', async () => {
    const path = await create(bench, EXTENSION, group);
    const { body } = await bench.get(`${path}?api-version=2025-03-01`);
    expect(JSON.stringify(body)).not.toContain('canary-secret');
    expect(body.properties.configurationProtectedSettings).toEqual({
      'logProcessor.appLogs.logAnalyticsConfig.sharedKey': '',
    });
  });

  it('are pinned to a version or upgrade themselves', async () => {
    await create(bench, CLUSTER, group);
    const both = changed(EXTENSION, { version: '1.0.0' });
    expect((await bench.put(both.url, both.body)).status).toBe(400);
    const pinned = changed(EXTENSION, { version: '1.0.0', autoUpgradeMinorVersion: false });
    expect((await bench.put(pinned.url, pinned.body)).body.properties.currentVersion).toBe('1.0.0');
  });

  it('change by a PATCH that goes on after its answer', async () => {
    const path = await create(bench, EXTENSION, group);
    const url = `${path}?api-version=2025-03-01`;
    const patched = await bench.send('PATCH', url, {
      properties: { configurationSettings: { appsNamespace: 'other' } },
    });
    expect([patched.status, patched.body]).toEqual([202, undefined]);
    expect(patched.headers.get('location')).toBeTruthy();
    clock.advance(1000);
    expect((await bench.get(url)).body.properties).toMatchObject({
      provisioningState: 'Succeeded',
      configurationSettings: { appsNamespace: 'other' },
    });
    const moved = await bench.send('PATCH', url, { properties: { extensionType: 'microsoft.flux' } });
    expect(moved.status).toBe(409);
  });

  it('are installed on clusters only', async () => {
    const vault = await create(bench, 'Microsoft.KeyVault/vaults', group);
    const { body } = placed(sampleOf(EXTENSION), group);
    const url = `${vault}/providers/${EXTENSION}/flux?api-version=2025-03-01`;
    expect((await bench.put(url, body)).status).toBe(400);
  });
});

describe('custom locations', () => {
  it('need an extension of their host that is ready', async () => {
    await create(bench, CLUSTER, group);
    const extension = placed(sampleOf(EXTENSION), group);
    const { url, body } = placed(sampleOf(LOCATION), group);
    expect((await bench.put(url, body)).body.error.code).toBe('ClusterExtensionNotFound');
    await bench.put(extension.url, extension.body);
    expect((await bench.put(url, body)).status).toBe(409);
    clock.advance(1000);
    const created = await bench.put(url, body);
    expect([created.status, created.body.properties.authentication]).toEqual([201, {}]);
  });

  it('have a namespace of their own, which stays', async () => {
    await create(bench, LOCATION, group);
    const { url, body } = placed(sampleOf(LOCATION), group);
    expect((await bench.put(url.replace('factory-floor', 'second'), body)).body.error.code).toBe('NamespaceInUse');
    const renamed = changed(LOCATION, { namespace: 'other' });
    expect((await bench.put(renamed.url, renamed.body)).status).toBe(409);
  });
});

describe('connected environments', () => {
  it('live in a custom location and stay there', async () => {
    const { url, body } = placed(sampleOf(ENVIRONMENT), group);
    const early = await bench.put(url, body);
    expect([early.status, early.body.error.code]).toEqual([400, 'InvalidCustomLocation']);
    await create(bench, ENVIRONMENT, group);
    const { properties, extendedLocation } = (await bench.get(url)).body;
    expect(properties.defaultDomain).toMatch(/\.k4apps\.io$/u);
    expect(extendedLocation.type).toBe('CustomLocation');
    const elsewhere = { name: `${extendedLocation.name}-2`, type: 'CustomLocation' };
    expect((await bench.put(url, { ...(body as object), extendedLocation: elsewhere })).status).toBe(400);
  });

  it('hold what they are built on', async () => {
    await create(bench, ENVIRONMENT, group);
    for (const type of [CLUSTER, EXTENSION, LOCATION]) {
      const refused = await bench.send('DELETE', placed(sampleOf(type), group).url);
      expect([type, refused.status]).toEqual([type, 409]);
    }
    const emptied = await bench.send('DELETE', `${group.replace('/providers', '')}?api-version=2025-04-01`);
    expect(emptied.status).toBe(202);
    clock.advance(5000);
    expect((await bench.get(placed(sampleOf(CLUSTER), group).url)).status).toBe(404);
  });
});

describe('apps in a connected environment', () => {
  const APP = 'Microsoft.App/containerApps';

  it('say where they are, and have no managed identity', async () => {
    const environmentId = await create(bench, ENVIRONMENT, group);
    const name = placed(sampleOf(LOCATION), group).path;
    const { url, body } = changed(APP, { environmentId });
    const here = { ...body, location: 'westeurope', extendedLocation: { name, type: 'CustomLocation' } };
    expect((await bench.put(url, { ...here, extendedLocation: undefined })).body.error.code).toBe(
      'InvalidExtendedLocation',
    );
    const identity = { type: 'SystemAssigned' };
    expect((await bench.put(url, { ...here, identity })).body.error.code).toBe('ManagedIdentityNotSupported');
    const created = await bench.put(url, here);
    expect(created.status).toBe(201);
    expect(created.body.properties.environmentId).toBe(environmentId);
    expect(created.body.properties.configuration.ingress.fqdn).toMatch(/^api\.edge-.*\.k4apps\.io$/u);
    clock.advance(1000);
    const held = await bench.send('DELETE', placed(sampleOf(ENVIRONMENT), group).url);
    expect(held.status).toBe(409);
  });

  it('are in no custom location elsewhere, and in environments only', async () => {
    await create(bench, 'Microsoft.App/managedEnvironments', group);
    const { url, body } = placed(sampleOf(APP), group);
    const place = { name: placed(sampleOf(LOCATION), group).path, type: 'CustomLocation' };
    const misplaced = await bench.put(url, { ...(body as object), extendedLocation: place });
    expect(misplaced.body.error.code).toBe('InvalidExtendedLocation');
    const vault = await create(bench, 'Microsoft.KeyVault/vaults', group);
    const odd = changed(APP, { environmentId: vault });
    expect((await bench.put(odd.url, odd.body)).body.error.code).toBe('InvalidEnvironmentId');
  });
});
