import { CognitiveServicesManagementClient } from '@azure/arm-cognitiveservices';
import { ResourceManagementClient } from '@azure/arm-resources';
import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import tls from 'node:tls';
import { ClientAssertionCredential, ClientSecretCredential } from '@azure/identity';
import { createVirtualClock, startLocalAzure, type LocalAzure } from '../../src/index.ts';
import { BY_REQUESTS, QUICK } from './sdk-lab.ts';
import { checkTraffic } from '../support/type-check.ts';

/** Microsoft's own clients, unmodified, over TLS with a certificate that the process trusts. */
const LOCATION = 'swedencentral';

let azure: LocalAzure;
let trusted: string[];
beforeAll(() => {
  trusted = tls.getCACertificates('default');
});
beforeEach(async () => {
  azure = await startLocalAzure({
    tls: true,
    clock: createVirtualClock(Date.now()),
    timing: BY_REQUESTS,
    pageSize: 5,
  });
  tls.setDefaultCACertificates([...trusted, azure.tls?.certificate ?? '']);
});
afterEach(async () => {
  checkTraffic(azure.requests());
  await azure.close();
});
afterAll(() => tls.setDefaultCACertificates(trusted));

function credential(): ClientSecretCredential {
  return new ClientSecretCredential(azure.tenantId, 'a-client', 'a-secret', {
    authorityHost: azure.tls?.url ?? '',
    disableInstanceDiscovery: true,
  });
}

const options = (): { endpoint: string; retryOptions: { maxRetries: number } } => ({
  endpoint: azure.tls?.url ?? '',
  retryOptions: { maxRetries: 0 },
});

function resources(): ResourceManagementClient {
  return new ResourceManagementClient(credential(), azure.subscriptionId, options());
}

function foundry(): CognitiveServicesManagementClient {
  return new CognitiveServicesManagementClient(credential(), azure.subscriptionId, options());
}

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}

describe('@azure/identity', () => {
  it('gets tokens for a secret and for an assertion, which hold what was asked', async () => {
    const secret: AccessToken = await credential().getToken('https://management.azure.com/.default');
    const assertion: TokenCredential = new ClientAssertionCredential(
      azure.tenantId,
      'a-client',
      () => Promise.resolve(`e30.${Buffer.from('{"sub":"s"}').toString('base64url')}.x`),
      { authorityHost: azure.tls?.url ?? '', disableInstanceDiscovery: true },
    );
    const second = await assertion.getToken('https://ai.azure.com/.default');
    const claims = [secret.token, second?.token ?? ''].map(
      (token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>,
    );
    expect(claims.map(({ aud }) => aud)).toEqual(['https://management.azure.com', 'https://ai.azure.com']);
    expect(claims[0]?.['oid']).toBe(claims[1]?.['oid']);
  });
});

describe('@azure/arm-resources', () => {
  it('creates, reads, updates, checks and deletes resource groups', async () => {
    const { resourceGroups } = resources();
    const created = await resourceGroups.createOrUpdate('rg', { location: LOCATION, tags: { env: 'dev' } });
    expect(created).toMatchObject({ name: 'rg', location: LOCATION, properties: { provisioningState: 'Succeeded' } });
    expect((await resourceGroups.update('rg', { tags: { env: 'qa' } })).tags).toEqual({ env: 'qa' });
    expect((await resourceGroups.get('rg')).tags).toEqual({ env: 'qa' });
    expect(await resourceGroups.checkExistence('rg')).toMatchObject({ body: true });
    await resourceGroups.delete('rg', QUICK);
    expect(await resourceGroups.checkExistence('rg')).toMatchObject({ body: false });
  });

  it('reads lists of several pages', async () => {
    const { resourceGroups } = resources();
    const names = Array.from({ length: 12 }, (_, index) => `rg-${index}`);
    for (const name of names) await resourceGroups.createOrUpdate(name, { location: LOCATION });
    expect((await collect(resourceGroups.list())).map(({ name }) => name)).toEqual(names);
    const pages: number[] = [];
    for await (const page of resourceGroups.list().byPage()) pages.push(page.length);
    expect(pages).toEqual([5, 5, 2]);
  });

  it('creates any resource by its id, follows the operation, lists it and deletes it', async () => {
    const client = resources();
    await client.resourceGroups.createOrUpdate('rg', { location: LOCATION });
    const id = `subscriptions/${azure.subscriptionId}/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/env`;
    const environment = await client.resources.createOrUpdateById(
      id,
      '2026-01-01',
      { location: LOCATION, properties: {} },
      QUICK,
    );
    expect(environment.properties).toMatchObject({ provisioningState: 'Succeeded' });
    expect((await client.resources.getById(`/${id}`, '2026-01-01')).name).toBe('env');
    const listed = await collect(client.resources.listByResourceGroup('rg', { filter: "tagName eq 'none'" }));
    expect(listed).toEqual([]);
    expect((await collect(client.resources.list())).map(({ name }) => name)).toEqual(['env']);
    await client.resources.deleteById(id, '2026-01-01', QUICK);
    await expect(client.resources.getById(id, '2026-01-01')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  it('throws errors with the status and code of Azure', async () => {
    const { resourceGroups, providers } = resources();
    await expect(resourceGroups.get('none')).rejects.toMatchObject({ statusCode: 404, code: 'ResourceGroupNotFound' });
    await expect(resourceGroups.createOrUpdate('rg', { location: 'atlantis' })).rejects.toMatchObject({
      statusCode: 400,
      code: 'LocationNotAvailableForResourceGroup',
    });
    await expect(providers.get('Microsoft.Nonsense')).rejects.toMatchObject({ code: 'InvalidResourceNamespace' });
    expect(await providers.get('Microsoft.App')).toMatchObject({ registrationState: 'Registered' });
  });

  it('waits as long as Retry-After says when it is throttled', async () => {
    await azure.close();
    azure = await startLocalAzure({ tls: true, throttling: { reads: { size: 1, refill: 2 } } });
    tls.setDefaultCACertificates([...trusted, azure.tls?.certificate ?? '']);
    const client = new ResourceManagementClient(credential(), azure.subscriptionId, { endpoint: azure.tls?.url ?? '' });
    await collect(client.resourceGroups.list());
    await collect(client.resourceGroups.list());
    const answers = azure.requests().filter(({ path }) => path.endsWith('/resourcegroups'));
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200]);
  });
});

describe('@azure/arm-cognitiveservices', () => {
  const account = {
    kind: 'AIServices',
    sku: { name: 'S0' },
    location: LOCATION,
    identity: { type: 'SystemAssigned' as const },
  };

  beforeEach(async () => {
    await resources().resourceGroups.createOrUpdate('rg', { location: LOCATION });
  });

  it('creates an account with a project and a deployment, and reads what the server filled in', async () => {
    const { accounts, deployments, projects } = foundry();
    const properties = { customSubDomainName: 'contoso', allowProjectManagement: true };
    const created = await accounts.beginCreateAndWait('rg', 'foundry', { ...account, properties }, QUICK);
    expect(created.properties).toMatchObject({ provisioningState: 'Succeeded', customSubDomainName: 'contoso' });
    expect(created.identity?.principalId).toMatch(/^[\da-f-]{36}$/u);
    const project = await projects.beginCreateAndWait(
      'rg',
      'foundry',
      'support',
      { location: LOCATION, identity: { type: 'SystemAssigned' }, properties: {} },
      QUICK,
    );
    expect(project.properties?.endpoints).toHaveProperty('AI Foundry API');
    const deployment = await deployments.beginCreateOrUpdateAndWait(
      'rg',
      'foundry',
      'gpt',
      {
        sku: { name: 'GlobalStandard', capacity: 10 },
        properties: { model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' } },
      },
      QUICK,
    );
    expect(deployment.properties).toMatchObject({ provisioningState: 'Succeeded', model: { name: 'gpt-4o' } });
    expect((await collect(deployments.list('rg', 'foundry'))).map(({ name }) => name)).toEqual(['gpt']);
    expect(await accounts.listKeys('rg', 'foundry')).toMatchObject({ key1: expect.stringMatching(/^\w{30,}$/u) });
    const changed = await accounts.beginUpdateAndWait('rg', 'foundry', { tags: { env: 'dev' } }, QUICK);
    expect(changed.tags).toEqual({ env: 'dev' });
  });

  it('soft-deletes, lists and purges', async () => {
    const { accounts, deletedAccounts } = foundry();
    await accounts.beginCreateAndWait('rg', 'foundry', { ...account, properties: {} }, QUICK);
    await accounts.beginDeleteAndWait('rg', 'foundry', QUICK);
    expect((await collect(deletedAccounts.list())).map(({ name }) => name)).toEqual(['foundry']);
    await deletedAccounts.beginPurgeAndWait(LOCATION, 'rg', 'foundry', QUICK);
    expect(await collect(deletedAccounts.list())).toEqual([]);
  });

  it('throws what Azure says, for requests and for operations that fail', async () => {
    const { accounts, models } = foundry();
    await expect(accounts.get('rg', 'none')).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    azure.faults.add({
      match: { method: 'PUT', path: 'accounts/unlucky' },
      operation: { error: { code: 'InsufficientResources', message: 'No capacity.' } },
    });
    await expect(accounts.beginCreateAndWait('rg', 'unlucky', { ...account, properties: {} }, QUICK)).rejects.toThrow(
      /InsufficientResources.*No capacity\./u,
    );
    expect((await collect(models.list(LOCATION))).length).toBeGreaterThan(5);
  });
});
