import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ pageSize: 3 });
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';

async function identities(count: number, group: string, tags: Readonly<Record<string, string>> = {}): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await bench.put(`${group}/${type}/app-${index}?api-version=2024-11-30`, { location: 'westus', tags });
  }
}

/** All pages of a list; every link must be absolute and not empty. */
async function pages(path: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { status, body } = await bench.get(next);
    expect(status).toBe(200);
    found.push(body.value.map((item: { name: string }) => item.name));
    const link: string | undefined = body.nextLink;
    expect(link ?? `${bench.azure.url}/subscriptions/`).toContain(`${bench.azure.url}/subscriptions/`);
    next = link?.slice(bench.azure.url.length);
  }
  return found;
}

describe('pages', () => {
  it('of a resource group, of a subscription, and of everything hold each item once', async () => {
    await identities(4, await bench.group('one'));
    await identities(3, await bench.group('two'));
    const group = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/one/providers/${type}?api-version=2024-11-30`;
    expect((await pages(group)).map((page) => page.length)).toEqual([3, 1]);
    const all = `/subscriptions/${bench.azure.subscriptionId}/providers/${type}?api-version=2024-11-30`;
    expect((await pages(all)).map((page) => page.length)).toEqual([3, 3, 1]);
    const resources = `/subscriptions/${bench.azure.subscriptionId}/resources?api-version=2025-04-01`;
    expect((await pages(resources)).flat()).toHaveLength(7);
  });

  it('end without a link when the last one is full', async () => {
    await identities(3, await bench.group());
    const { body } = await bench.get(`/subscriptions/{s}/providers/${type}?api-version=2024-11-30`);
    expect(Object.keys(body)).toEqual(['value']);
  });

  it('stay apart when items come and go between them', async () => {
    const group = await bench.group();
    await identities(5, group);
    const first = await bench.get(`${group}/${type}?api-version=2024-11-30`);
    await bench.send('DELETE', `${group}/${type}/app-0?api-version=2024-11-30`);
    const second = await bench.get(first.body.nextLink.slice(bench.azure.url.length));
    expect(second.body.value.map((item: { name: string }) => item.name)).toEqual(['app-3', 'app-4']);
  });

  it('link to the host and scheme that the client used', async () => {
    await identities(4, await bench.group());
    const path = `/subscriptions/${bench.azure.subscriptionId}/providers/${type}?api-version=2024-11-30`;
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'management.local.test' };
    const { body } = await bench.send('GET', path, undefined, { headers });
    expect(body.nextLink).toMatch(/^https:\/\/management\.local\.test\/subscriptions\/.*%24skiptoken=/u);
  });

  it('are as small as $top asks', async () => {
    await identities(3, await bench.group());
    expect((await bench.get('/subscriptions/{s}/resources?api-version=2025-04-01&$top=2')).body.value).toHaveLength(2);
  });

  it('refuse a token that is not theirs', async () => {
    const { status, body } = await bench.get('/subscriptions/{s}/resources?api-version=2025-04-01&$skiptoken=abc');
    expect([status, body.error.code]).toEqual([400, 'InvalidSkipToken']);
  });
});

describe('/resources', () => {
  async function names(filter: string): Promise<string[]> {
    const { body } = await bench.get(
      `/subscriptions/{s}/resources?api-version=2025-04-01&$filter=${encodeURIComponent(filter)}`,
    );
    return body.value.map((item: { name: string }) => item.name);
  }

  beforeEach(async () => {
    const group = await bench.group('one');
    await bench.put(`${group}/${type}/api?api-version=2024-11-30`, {
      location: 'westus',
      tags: { env: 'dev', Team: 'support' },
    });
    await bench.put(`${group}/${type}/web?api-version=2024-11-30`, { location: 'eastus', tags: { ENV: 'qa' } });
    await bench.put(`${group}/Microsoft.OperationalInsights/workspaces/logs?api-version=2026-03-01`, {
      location: 'westus',
      tags: { env: 'dev' },
    });
    await bench.group('two');
  });

  it('filters by tag, with the names of tags in any casing and the values exactly', async () => {
    expect(await names("tagName eq 'env'")).toEqual(['api', 'web', 'logs']);
    expect(await names("tagname eq 'env' and tagvalue eq 'dev'")).toEqual(['api', 'logs']);
    expect(await names("tagName eq 'env' and tagValue eq 'DEV'")).toEqual([]);
    expect(await names("startswith(tagName,'te')")).toEqual(['api']);
  });

  it('filters by type, group, location and name', async () => {
    expect(await names(`resourceType eq '${type.toUpperCase()}'`)).toEqual(['api', 'web']);
    expect(
      await names(`resourceType eq '${type}' or resourceType eq 'Microsoft.OperationalInsights/workspaces'`),
    ).toHaveLength(3);
    expect(await names("resourceGroup eq 'ONE' and location eq 'eastus'")).toEqual(['web']);
    expect(await names("name ne 'api'")).toEqual(['web', 'logs']);
    expect(await names("substringof('og', name)")).toEqual(['logs']);
  });

  it('refuses what it does not understand', async () => {
    const answer = await bench.get(
      '/subscriptions/{s}/resources?api-version=2025-04-01&$filter=color%20eq%20%27red%27',
    );
    expect([answer.status, answer.body.error.code]).toEqual([400, 'InvalidFilterInQueryString']);
  });

  it('of a group are filtered by tag and carry their tags, but no properties', async () => {
    const filter = encodeURIComponent("tagName eq 'env' and tagValue eq 'dev'");
    const { body } = await bench.get(
      `/subscriptions/{s}/resourceGroups/one/resources?api-version=2025-04-01&$filter=${filter}&$expand=createdTime`,
    );
    expect(body.value).toHaveLength(2);
    expect(body.value[0].tags).toEqual({ env: 'dev', Team: 'support' });
    expect(body.value[0].createdTime).toBeDefined();
    expect(body.value[0]).not.toHaveProperty('properties');
  });

  it('shows projects of Foundry accounts, which are tracked children', async () => {
    const group = await bench.group('ai');
    const account = `${group}/Microsoft.CognitiveServices/accounts/foundry`;
    const body = { location: 'westus', kind: 'AIServices', sku: { name: 'S0' }, identity: { type: 'SystemAssigned' } };
    await bench.put(`${account}?api-version=2026-07-01`, { ...body, properties: { allowProjectManagement: true } });
    await bench.put(`${account}/projects/p1?api-version=2026-07-01`, {
      location: 'westus',
      identity: { type: 'SystemAssigned' },
      properties: {},
    });
    const { body: list } = await bench.get('/subscriptions/{s}/resourceGroups/ai/resources?api-version=2025-04-01');
    expect(list.value.map((item: { name: string }) => item.name)).toEqual(['foundry', 'foundry/p1']);
  });
});

describe('resource groups', () => {
  it('are listed, filtered by tag', async () => {
    await bench.put('/subscriptions/{s}/resourceGroups/a?api-version=2025-04-01', {
      location: 'westus',
      tags: { env: 'dev' },
    });
    await bench.put('/subscriptions/{s}/resourceGroups/b?api-version=2025-04-01', { location: 'westus' });
    const { body } = await bench.get(
      "/subscriptions/{s}/resourcegroups?api-version=2025-04-01&$filter=tagname eq 'env' and tagvalue eq 'dev'",
    );
    expect(body.value.map((item: { name: string }) => item.name)).toEqual(['a']);
  });
});

describe('what clients ask first', () => {
  it('tenants, subscriptions, locations, providers', async () => {
    expect((await bench.get('/tenants?api-version=2022-12-01')).body.value[0].tenantId).toBe(bench.azure.tenantId);
    expect((await bench.get('/subscriptions?api-version=2019-11-01')).body.value[0].state).toBe('Enabled');
    expect((await bench.get('/subscriptions/{s}?api-version=2022-12-01')).body.subscriptionId).toBe(
      bench.azure.subscriptionId,
    );
    const locations = (await bench.get('/subscriptions/{s}/locations?api-version=2022-12-01')).body.value;
    expect(locations).toContainEqual(expect.objectContaining({ name: 'swedencentral', displayName: 'Sweden Central' }));
    const providers = (await bench.get('/subscriptions/{s}/providers?api-version=2025-04-01')).body.value;
    expect(providers.map((item: { namespace: string }) => item.namespace)).toContain('Microsoft.App');
  });
});

describe('tags', () => {
  it('of any resource are read, replaced, merged and deleted by themselves', async () => {
    const group = await bench.group();
    await bench.put(`${group}/${type}/app?api-version=2024-11-30`, { location: 'westus', tags: { a: '1' } });
    const url = `${group}/${type}/app/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`;
    const read = async (): Promise<unknown> => (await bench.get(url)).body.properties.tags;
    expect(await read()).toEqual({ a: '1' });
    await bench.send('PATCH', url, { operation: 'Merge', properties: { tags: { b: '2' } } });
    expect(await read()).toEqual({ a: '1', b: '2' });
    await bench.send('PATCH', url, { operation: 'Delete', properties: { tags: { a: '1', b: 'other' } } });
    expect(await read()).toEqual({ b: '2' });
    await bench.send('PATCH', url, { operation: 'Replace', properties: { tags: { c: '3' } } });
    expect(await read()).toEqual({ c: '3' });
    await bench.put(url, { properties: { tags: { d: '4' } } });
    expect((await bench.get(`${group}/${type}/app?api-version=2024-11-30`)).body.tags).toEqual({ d: '4' });
    expect((await bench.send('DELETE', url)).status).toBe(200);
    expect(await read()).toEqual({});
  });

  it('are limited to 50, of 512 and 256 characters', async () => {
    const url = '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01';
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, '']));
    expect((await bench.put(url, { location: 'westus', tags: many })).body.error.code).toBe('TooManyTags');
    expect((await bench.put(url, { location: 'westus', tags: { a: 'x'.repeat(257) } })).body.error.code).toBe(
      'InvalidTagValueLength',
    );
    expect((await bench.put(url, { location: 'westus', tags: { 'a<b': '' } })).body.error.code).toBe(
      'InvalidTagNameCharacters',
    );
  });
});
