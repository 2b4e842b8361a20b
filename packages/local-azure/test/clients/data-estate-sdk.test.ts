import tls from 'node:tls';
import { StorageManagementClient, type StorageAccountCreateParameters } from '@azure/arm-storage';
import type { TokenCredential } from '@azure/core-auth';
import { RestError } from '@azure/core-rest-pipeline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, startLocalAzure, type LocalAzure } from '../../src/index.ts';
import { BY_REQUESTS, QUICK } from './sdk-lab.ts';
import { checkTraffic } from '../support/type-check.ts';

/** Microsoft's own client of storage accounts, unmodified, over TLS. */
let azure: LocalAzure;
let client: StorageManagementClient;
let trusted: string[];

const ACCOUNT: StorageAccountCreateParameters = {
  location: 'swedencentral',
  kind: 'StorageV2',
  sku: { name: 'Standard_LRS' },
  minimumTlsVersion: 'TLS1_2',
};
const credential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

beforeAll(() => {
  trusted = tls.getCACertificates('default');
});
beforeEach(async () => {
  azure = await startLocalAzure({
    tls: true,
    clock: createVirtualClock(Date.now()),
    timing: BY_REQUESTS,
    pageSize: 2,
  });
  tls.setDefaultCACertificates([...trusted, azure.tls?.certificate ?? '']);
  const endpoint = azure.tls?.url ?? '';
  client = new StorageManagementClient(credential, azure.subscriptionId, { endpoint, retryOptions: { maxRetries: 0 } });
  await group('rg');
});
afterEach(async () => {
  checkTraffic(azure.requests());
  await azure.close();
});
afterAll(() => tls.setDefaultCACertificates(trusted));

async function group(name: string): Promise<void> {
  await fetch(`${azure.url}/subscriptions/${azure.subscriptionId}/resourceGroups/${name}?api-version=2025-04-01`, {
    method: 'PUT',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({ location: 'swedencentral' }),
  });
}

async function create(name: string, resourceGroup = 'rg'): Promise<string | undefined> {
  const account = await client.storageAccounts.create(resourceGroup, name, ACCOUNT, QUICK);
  return account.name;
}

async function names(pages: AsyncIterable<{ readonly name?: string }>): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const each of pages) found.push(each.name);
  return found;
}

async function refusal(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RestError) return [error.statusCode, error.code];
    throw error;
  }
  return 'accepted';
}

describe('@azure/arm-storage', () => {
  it('creates an account by polling, and reads it', async () => {
    const created = await client.storageAccounts.create(
      'rg',
      'ingatedata',
      { ...ACCOUNT, tags: { env: 'dev' } },
      QUICK,
    );
    expect(created).toMatchObject({
      name: 'ingatedata',
      type: 'Microsoft.Storage/storageAccounts',
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS', tier: 'Standard' },
      provisioningState: 'Succeeded',
      accessTier: 'Hot',
      tags: { env: 'dev' },
    });
    expect(created.creationTime).toBeInstanceOf(Date);
    const polls = azure.requests().filter(({ path }) => path.includes('/asyncoperations/'));
    expect(polls.length).toBeGreaterThan(1);
    expect(polls.map(({ status }) => status).slice(0, -1)).not.toContain(200);
    const read = await client.storageAccounts.getProperties('rg', 'ingatedata');
    expect(read).toEqual(created);
  });

  it('updates what it names, and replaces tags as a whole', async () => {
    await client.storageAccounts.create('rg', 'ingatedata', { ...ACCOUNT, tags: { env: 'dev', team: 'a' } }, QUICK);
    const updated = await client.storageAccounts.update('rg', 'ingatedata', {
      tags: { env: 'qa' },
      accessTier: 'Cool',
    });
    expect(updated).toMatchObject({ accessTier: 'Cool', minimumTlsVersion: 'TLS1_2' });
    expect(updated.tags).toEqual({ env: 'qa' });
    const again = await client.storageAccounts.create('rg', 'ingatedata', { ...ACCOUNT, tags: { a: 'b' } }, QUICK);
    expect(again.accessTier).toBe('Cool');
    expect(again.tags).toEqual({ a: 'b' });
  });

  it('lists page by page, by group and by subscription', async () => {
    await group('other');
    for (const name of ['ingate1', 'ingate2', 'ingate3', 'ingate4', 'ingate5']) await create(name);
    await create('ingate6', 'other');
    expect(await names(client.storageAccounts.listByResourceGroup('rg'))).toEqual([
      'ingate1',
      'ingate2',
      'ingate3',
      'ingate4',
      'ingate5',
    ]);
    expect(await names(client.storageAccounts.list())).toHaveLength(6);
    const pages: number[] = [];
    for await (const page of client.storageAccounts.listByResourceGroup('rg').byPage()) pages.push(page.length);
    expect(pages).toEqual([2, 2, 1]);
  });

  it('deletes, once and again', async () => {
    await create('ingatedata');
    await client.storageAccounts.delete('rg', 'ingatedata');
    expect(await refusal(client.storageAccounts.getProperties('rg', 'ingatedata'))).toEqual([404, 'ResourceNotFound']);
    await client.storageAccounts.delete('rg', 'ingatedata');
    expect(await names(client.storageAccounts.list())).toEqual([]);
  });

  it('is told why, in terms that it understands', async () => {
    await create('ingatedata');
    await group('other');
    const wrong = { ...ACCOUNT, sku: { name: 'Standard_XRS' } };
    expect([
      await refusal(client.storageAccounts.create('rg', 'Not-Valid', ACCOUNT, QUICK)),
      await refusal(client.storageAccounts.create('other', 'ingatedata', ACCOUNT, QUICK)),
      await refusal(client.storageAccounts.create('rg', 'ingatedata', { ...ACCOUNT, isHnsEnabled: true }, QUICK)),
      await refusal(client.storageAccounts.create('rg', 'another', wrong, QUICK)),
      await refusal(client.storageAccounts.create('none', 'another', ACCOUNT, QUICK)),
      await refusal(client.storageAccounts.update('rg', 'another', {})),
    ]).toEqual([
      [400, 'AccountNameInvalid'],
      [409, 'StorageAccountAlreadyTaken'],
      [400, 'AccountPropertyCannotBeUpdated'],
      [400, 'InvalidRequestContent'],
      [404, 'ResourceGroupNotFound'],
      [404, 'ResourceNotFound'],
    ]);
    const taken = await client.storageAccounts.checkNameAvailability({
      name: 'ingatedata',
      type: 'Microsoft.Storage/storageAccounts',
    });
    expect(taken).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
    expect((await client.storageAccounts.listKeys('rg', 'ingatedata')).keys).toHaveLength(2);
  });

  it('sees an operation fail', async () => {
    azure.faults.add({
      name: 'no capacity',
      match: { method: 'PUT', path: 'storageAccounts' },
      operation: { error: { code: 'NoCapacity', message: 'no capacity in the region' } },
    });
    expect(await refusal(create('ingatedata'))).toEqual([409, 'NoCapacity']);
  });

  it('works below an account: settings, containers, lifecycle rules', async () => {
    await create('ingatedata');
    const service = await client.blobServices.setServiceProperties('rg', 'ingatedata', { isVersioningEnabled: true });
    expect(service.isVersioningEnabled).toBe(true);
    for (const name of ['evals', 'logs', 'traces'])
      await client.blobContainers.create('rg', 'ingatedata', name, { metadata: { purpose: name } });
    expect(await names(client.blobContainers.list('rg', 'ingatedata'))).toEqual(['evals', 'logs', 'traces']);
    const updated = await client.blobContainers.update('rg', 'ingatedata', 'evals', { metadata: { purpose: 'x' } });
    expect(updated.metadata).toEqual({ purpose: 'x' });
    await client.blobContainers.delete('rg', 'ingatedata', 'logs');
    expect(await refusal(client.blobContainers.get('rg', 'ingatedata', 'logs'))).toEqual([404, 'ContainerNotFound']);
    const policy = await client.managementPolicies.createOrUpdate('rg', 'ingatedata', 'default', {
      policy: {
        rules: [
          {
            name: 'cool',
            type: 'Lifecycle',
            definition: {
              actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 30 } } },
              filters: { blobTypes: ['blockBlob'] },
            },
          },
        ],
      },
    });
    expect(policy.policy?.rules).toMatchObject([{ name: 'cool', enabled: true }]);
  });
});
