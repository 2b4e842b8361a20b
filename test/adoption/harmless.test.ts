import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { valueAt, without, type JsonObject } from '../../src/model/json.ts';
import { createLab, GROUP, SUBSCRIPTION, type Lab } from '../support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const APPS = '2026-01-01';
const ENVIRONMENT = `${GROUP}/providers/Microsoft.App/managedEnvironments/apps`;

/** What az, the portal and other tools leave behind, with settings that no manifest says. */
const MADE_BY_OTHERS: readonly [path: string, apiVersion: string, body: JsonObject][] = [
  [GROUP, '2025-04-01', { location: 'swedencentral' }],
  [
    ENVIRONMENT,
    APPS,
    {
      location: 'swedencentral',
      properties: { workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }] },
    },
  ],
  [
    `${GROUP}/providers/Microsoft.App/containerApps/worker`,
    APPS,
    {
      location: 'swedencentral',
      properties: {
        environmentId: ENVIRONMENT,
        configuration: { activeRevisionsMode: 'Single', secrets: [{ name: 'token', value: 'hidden' }] },
        template: {
          containers: [
            {
              name: 'worker',
              image: 'mcr.microsoft.com/k8se/quickstart:latest',
              volumeMounts: [{ volumeName: 'scratch', mountPath: '/scratch' }],
              probes: [
                {
                  type: 'Liveness',
                  failureThreshold: 5,
                  httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'x', value: 'y' }] },
                },
              ],
            },
          ],
          scale: {
            maxReplicas: 5,
            rules: [
              {
                name: 'mail',
                azureQueue: { accountName: 'store', queueName: 'mail', queueLength: 5, identity: 'system' },
              },
            ],
          },
          volumes: [{ name: 'scratch', storageType: 'EmptyDir', mountOptions: 'uid=1000' }],
        },
      },
    },
  ],
  [
    `${GROUP}/providers/Microsoft.Storage/storageAccounts/madebyothers1`,
    '2026-04-01',
    {
      location: 'swedencentral',
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
      properties: { minimumTlsVersion: 'TLS1_2' },
    },
  ],
  [
    `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-made-by-others`,
    '2026-02-01',
    {
      location: 'swedencentral',
      properties: {
        tenantId: '00000000-0000-0000-0000-000000000000',
        sku: { family: 'A', name: 'standard' },
        accessPolicies: [
          {
            tenantId: '00000000-0000-0000-0000-000000000000',
            objectId: '33333333-3333-3333-3333-333333333333',
            permissions: { secrets: ['get'] },
          },
        ],
      },
    },
  ],
];

async function bodies(): Promise<Record<string, JsonObject>> {
  const found = MADE_BY_OTHERS.slice(1).map(async ([path, apiVersion]): Promise<[string, JsonObject]> => {
    const { body } = await lab.send('GET', `${path}?api-version=${apiVersion}`);
    return [path.slice(GROUP.length), without(body as JsonObject, 'tags', 'systemData', 'etag')];
  });
  return Object.fromEntries(await Promise.all(found));
}

async function apply(): Promise<void> {
  const ran = await lab.ingate('apply', '-e', 'own', '--yes');
  expect(ran.code, ran.out + ran.err).toBe(0);
}

describe('resources that others made', () => {
  it('are taken over with their tags, and changed in what is planned, and in nothing else', async () => {
    lab = await createLab({ env: {} });
    for (const [path, apiVersion, body] of MADE_BY_OTHERS) {
      const { status, body: answer } = await lab.send('PUT', `${path}?api-version=${apiVersion}`, body);
      expect(status, JSON.stringify(answer)).toBeLessThan(300);
    }
    // Long-running operations end when they are asked about.
    await bodies();
    const before = await bodies();
    const pulled = await lab.ingate(
      'pull',
      '-e',
      'own',
      '--cloud',
      'local',
      '--subscription',
      SUBSCRIPTION,
      '--resource-group',
      'rg-test',
    );
    expect(pulled.err + pulled.out).toContain('worker');
    const since = lab.azure.requests().length;
    await apply();
    expect(await bodies()).toEqual(before);
    const writes = lab.azure
      .requests()
      .slice(since)
      .filter(({ method, path }) => ['PUT', 'PATCH'].includes(method) && !path.includes('/locks/'));
    expect(writes.length).toBeGreaterThanOrEqual(MADE_BY_OTHERS.length);
    for (const { path } of writes) expect(path).toMatch(/\/providers\/Microsoft\.Resources\/tags\/default$/);

    const [file, text] = appFile();
    lab.write({ [file]: text.replace('maxReplicas: 5', 'maxReplicas: 6') });
    // No value of a secret is set anywhere.
    await apply();
    const app = `/providers/Microsoft.App/containerApps/worker`;
    const changed = (await bodies())[app];
    const template = (body: JsonObject | undefined) => valueAt(body, '/properties/template') as JsonObject;
    const wanted = template(before[app]);
    expect(template(changed)).toEqual({ ...wanted, scale: { ...(wanted['scale'] as JsonObject), maxReplicas: 6 } });
    const kept = await lab.send('POST', `${GROUP}${app}/listSecrets?api-version=${APPS}`);
    expect(kept.body).toMatchObject({ value: [{ name: 'token', value: 'hidden' }] });
  });
});

/** The file that pull wrote the app to. */
function appFile(): [string, string] {
  const folder = join(lab.root, 'environments/own');
  const files = readdirSync(folder).map((name): [string, string] => [
    `environments/own/${name}`,
    readFileSync(join(folder, name), 'utf8'),
  ]);
  return files.find(([, text]) => text.includes('kind: ContainerApp\n')) ?? ['', ''];
}
