import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createLab, GROUP, type Lab } from './support/lab.ts';

const FILES = {
  'environments/dev/all.yaml': `# Everything the assistant keeps.
apiVersion: ingate/v1alpha1
kind: StorageAccount
metadata: { name: data }
---
spec:
  role: Reader   # may look, not touch
  principal: { id: { valueFrom: { kind: ManagedIdentity, name: api, output: principalId } } }
  scope: StorageAccount/data
kind: RoleAssignment
metadata: { name: api-reads }
apiVersion: ingate/v1alpha1
---
apiVersion: ingate/v1alpha1
kind: ManagedIdentity
metadata: { name: api }
`,
};

let lab: Lab;
afterEach(() => lab.close());

async function out(...args: readonly string[]): Promise<string> {
  const ran = await lab.ingate(...args);
  expect(ran.code, ran.err).toBe(0);
  return ran.out;
}

describe('ingate graph', () => {
  it('prints Mermaid and Graphviz', async () => {
    lab = await createLab({ files: FILES });
    expect(await out('graph', '-e', 'dev')).toBe(
      'flowchart LR\n  n0["ManagedIdentity/api"]\n  n1["StorageAccount/data"]\n  n2["RoleAssignment/api-reads"]\n  n0 --> n2\n  n1 --> n2\n',
    );
    expect(await out('graph', '-e', 'dev', '-o', 'dot')).toContain(
      '"StorageAccount/data" -> "RoleAssignment/api-reads";',
    );
  });
});

describe('ingate explain', () => {
  it('lists kinds, describes kinds, fields and codes', async () => {
    lab = await createLab();
    expect(await out('explain')).toContain('ModelDeployment');
    expect(await out('explain', 'modeldeployment')).toContain(
      'Microsoft.CognitiveServices/accounts/deployments 2026-07-01',
    );
    expect(await out('explain', 'ContainerApp.scale.minReplicas')).toContain('Default: 0');
    expect(await out('explain', 'ContainerApp.containers.image')).toContain('by digest');
    expect(await out('explain', 'StorageAccount.hierarchicalNamespace')).toContain('a change replaces the resource');
    expect(await out('explain', 'ing3001')).toContain('Protected from destruction');
    expect(await out('explain', 'RISK002')).toContain('Destroys data');
  });

  it('says what was probably meant', async () => {
    lab = await createLab();
    const ran = await lab.ingate('explain', 'ModelDeploymnt');
    expect(ran.code).toBe(64);
    expect(ran.err).toContain('Did you mean "ModelDeployment"?');
  });
});

describe('ingate render', () => {
  it('prints what results of extends, defaults and files', async () => {
    lab = await createLab({
      files: {
        'environments/base/app.yaml':
          'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { sku: Standard_GRS, tags: { a: "1", b: "2" } }\n---\napiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: spare }\n',
        'environments/dev/environment.yaml':
          'apiVersion: ingate/v1alpha1\nkind: Environment\nmetadata: { name: dev }\nspec: { cloud: local, subscriptionId: 11111111-1111-1111-1111-111111111111, resourceGroup: rg, location: x, extends: ../base }\n',
        'environments/dev/data.yaml':
          'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\nspec: { accessTier: Cool, tags: { a: null } }\n---\napiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: spare }\nspec: null\n',
      },
    });
    const account = (
      JSON.parse(await out('render', '-e', 'dev', '-o', 'json')) as { kind: string; spec: object }[]
    ).find((one) => one.kind !== 'Environment');
    expect(account).toMatchObject({
      kind: 'StorageAccount',
      spec: { sku: 'Standard_GRS', accessTier: 'Cool', tags: { b: '2' }, minimumTlsVersion: 'TLS1_2' },
    });
    expect(await out('render', '-e', 'dev')).not.toContain('ManagedIdentity');
    expect(await out('render', '-e', 'dev')).toContain('accessTier: Cool\n');
  });
});

describe('a name that somebody else has', () => {
  it('is told before the first write, for all resources at once', async () => {
    const files = {
      'environments/dev/data.yaml':
        'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\n---\napiVersion: ingate/v1alpha1\nkind: ContainerRegistry\nmetadata: { name: images }\n',
    };
    lab = await createLab({ files });
    const other = GROUP.replace('rg-test', 'rg-other');
    await lab.send('PUT', `${other}?api-version=2025-04-01`, { location: 'swedencentral' });
    const location = 'swedencentral';
    const storage = { location, kind: 'StorageV2', sku: { name: 'Standard_LRS' } };
    const account = `${other}/providers/Microsoft.Storage/storageAccounts/datadev?api-version=2026-04-01`;
    const registry = `${other}/providers/Microsoft.ContainerRegistry/registries/imagesdev?api-version=2025-11-01`;
    expect((await lab.send('PUT', account, storage)).status).toBeLessThan(300);
    expect((await lab.send('PUT', registry, { location, sku: { name: 'Basic' } })).status).toBeLessThan(300);
    const before = lab.azure.requests().length;
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(ran.code).toBe(11);
    expect(ran.err).toMatch(/ING3014 .*environments\/dev\/data.yaml/);
    expect(ran.err).toContain('The name datadev is not available');
    expect(ran.err).toContain('The name imagesdev is not available');
    const sent = lab.azure
      .requests()
      .slice(before)
      .map(({ method }) => method);
    expect(sent.filter((method) => method === 'PUT' || method === 'PATCH' || method === 'DELETE')).toEqual([]);
  });
});

describe('ingate schema', () => {
  it('prints published schemas', async () => {
    lab = await createLab();
    for (const names of [[], ['Agent'], ['plan']]) {
      const ran = await lab.ingate('schema', ...names);
      expect(JSON.parse(ran.out)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    }
    expect((await lab.ingate('schema', 'container-app')).code).toBe(64);
  });
});

describe('ingate fmt', () => {
  it('orders the envelope, keeps comments, and does nothing the second time', async () => {
    lab = await createLab({ files: FILES });
    expect((await lab.ingate('fmt', '--check')).code).toBe(1);
    await out('fmt');
    const text = readFileSync(`${lab.root}/environments/dev/all.yaml`, 'utf8');
    expect(text).toContain('# Everything the assistant keeps.');
    expect(text).toContain('role: Reader # may look, not touch');
    expect(text.indexOf('kind: RoleAssignment')).toBeLessThan(text.indexOf('role: Reader'));
    expect(await out('fmt', '--check')).toContain('Everything is in canonical form.');
    expect(await out('validate', '-e', 'dev')).toContain('valid dev');
  });

  it('writes agents of other dialects in the canonical one', async () => {
    lab = await createLab({
      files: {
        'environments/dev/agent.yaml':
          'apiVersion: ingate/v1alpha1\nkind: Agent\nmetadata: { name: support }\nspec:\n  project: p\n  definition:\n    kind: Prompt\n    model: { id: chat, options: { topP: 0.5 } }\n    tools:\n      - { kind: mcp, serverLabel: crm, serverUrl: "https://crm.example" }\n',
      },
    });
    await out('fmt');
    const text = readFileSync(`${lab.root}/environments/dev/agent.yaml`, 'utf8');
    for (const part of ['kind: prompt', 'model: chat', 'top_p: 0.5', 'type: mcp', 'server_label: crm'])
      expect(text).toContain(part);
  });
});

describe('plan -o markdown', () => {
  it('shows what destroys first and keeps values inert', async () => {
    lab = await createLab({
      files: {
        ...FILES,
        'environments/dev/tags.yaml':
          'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: hostile }\nspec: { tags: { note: "```\\n## No changes @team <!-- x --> | \\u001b[31m", short: "``` @team \\u001b[31m" } }\n',
      },
    });
    const text = await out('plan', '-e', 'dev', '-o', 'markdown');
    expect(text).toContain('| 5 | 0 | 0 | 0 | 0 |');
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').filter((line) => /^`{4,}$/.test(line))).toHaveLength(1);
    await out('apply', '-e', 'dev', '--yes');
    lab.write({ 'environments/dev/tags.yaml': null });
    const removal = await out('plan', '-e', 'dev', '--prune', '-o', 'markdown');
    expect(removal).toContain('> [!CAUTION]\n> - `ManagedIdentity/hostile`: is deleted');
  });
});

describe('secrets', () => {
  const SECRET = 'canary-5f1c9d2e7b3a4c8d';
  const CONNECTION = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: Connection
metadata: { name: crm }
spec:
  parent: ai
  category: ApiKey
  target: https://crm.contoso.example
  authType: ApiKey
  credentials: { key: { secret: { env: CRM_KEY } } }
`;

  it('reach Azure and nothing else', async () => {
    lab = await createLab({ files: { 'environments/dev/crm.yaml': CONNECTION }, env: { CRM_KEY: SECRET } });
    const printed: string[] = [];
    for (const args of [
      ['plan', '-e', 'dev'],
      ['plan', '-e', 'dev', '-o', 'json'],
      ['plan', '-e', 'dev', '-o', 'markdown', '--out', `${lab.root}/saved.plan`],
      ['apply', '-e', 'dev', '--yes', '--debug'],
      ['render', '-e', 'dev'],
      ['plan', '-e', 'dev'],
    ]) {
      const ran = await lab.ingate(...args);
      expect(ran.code, ran.err).toBe(0);
      printed.push(ran.out, ran.err);
    }
    expect(JSON.stringify(lab.azure.requests().map((request) => request.requestBody))).toContain(SECRET);
    expect([...printed, readFileSync(`${lab.root}/saved.plan`, 'utf8')].join('')).not.toContain(SECRET);
  });

  it('come from a Key Vault of the environment by its name there', async () => {
    const vault = 'apiVersion: ingate/v1alpha1\nkind: KeyVault\nmetadata: { name: secrets }\n';
    lab = await createLab({ files: { 'environments/dev/vault.yaml': vault } });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    const { status } = await lab.send('PUT', '/keyvault/secrets-dev/secrets/crm?api-version=7.4', { value: SECRET });
    expect(status).toBe(200);
    lab.write({
      'environments/dev/crm.yaml': CONNECTION.replace('{ env: CRM_KEY }', '{ keyVault: secrets, name: crm }'),
    });
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes', '--debug');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(ran.out + ran.err).not.toContain(SECRET);
    const sent = lab.azure.requests().filter(({ path }) => path.endsWith('/connections/crm'));
    expect(JSON.stringify(sent.map((one) => one.requestBody))).toContain(SECRET);
    expect((await lab.ingate('graph', '-e', 'dev', '-o', 'dot')).out).toMatch(/Connection\/crm[^]*KeyVault\/secrets/);
  });

  it('that are missing are told before the first write', async () => {
    lab = await createLab({ files: { 'environments/dev/crm.yaml': CONNECTION } });
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('ING5005');
    expect(ran.err).toContain('CRM_KEY is not set');
    expect(lab.azure.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
