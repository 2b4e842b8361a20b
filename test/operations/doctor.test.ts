import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { identityOf } from '../../src/azure/identity.ts';
import { clockCheck, identityVerdict } from '../../src/cli/doctor/azure.ts';
import manifest from '../../package.json' with { type: 'json' };
import { nodeCheck } from '../../src/cli/doctor/machine.ts';
import { LEAST_NODE } from '../../src/cli/node-version.ts';
import { missingActions } from '../../src/cli/doctor/permissions.ts';
import { createVirtualClock } from '@ingate/local-azure';
import { labClock } from '../support/impatient-clock.ts';
import { createLab, GROUP, runInProcess, type Lab, type Ran } from '../support/lab.ts';

const STORE = 'apiVersion: ingate/v1alpha1\nkind: StorageAccount\nmetadata: { name: data }\n';
const FILES = { 'environments/dev/data.yaml': STORE };
/** Who the tokens of ingate are to an embedded Azure. */
const CALLER = '00000000-0000-4000-a000-0000000000ff';
const OWNER = '11111111-52c2-4d5c-8a4f-0b8c3a6f7d21';
const ROLES = { Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c' };

interface Check {
  readonly id: string;
  readonly verdict: string;
  readonly message: string;
  readonly remedy?: string;
}

let lab: Lab;
afterEach(() => lab.close());

async function doctor(): Promise<{ code: number; outcome: string; checks: Map<string, Check>; all: Check[] }> {
  const { code, out } = await lab.ingate('doctor', '-e', 'dev', '-o', 'json');
  const { outcome, checks } = JSON.parse(out) as { outcome: string; checks: Check[] };
  return { code, outcome, checks: new Map(checks.map((check) => [check.id, check])), all: checks };
}

async function asOwner(method: string, path: string, body: unknown): Promise<number> {
  const token = `x.${Buffer.from(JSON.stringify({ oid: OWNER })).toString('base64url')}.x`;
  const response = await fetch(lab.azure.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status;
}

async function grant(role: string, scope: string): Promise<void> {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/0000000${role.length % 10}-6c3c-4a2b-8d0e-1f0f7b8f5a11`;
  const properties = { roleDefinitionId: `/x/${role}`, principalId: CALLER, principalType: 'ServicePrincipal' };
  expect(await asOwner('PUT', `${path}?api-version=2022-04-01`, { properties })).toBe(201);
}

describe('ingate doctor', () => {
  it('finds nothing where everything is right, and writes nothing', async () => {
    lab = await createLab({ files: FILES });
    lab.commit('start');
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    const before = lab.azure.requests().length;
    const { code, outcome, checks } = await doctor();
    expect([code, outcome]).toEqual([0, 'ok']);
    expect([...checks.values()].filter((check) => check.verdict !== 'pass')).toEqual([]);
    expect([...checks.keys()]).toEqual(
      expect.arrayContaining([
        'node',
        'git',
        'history',
        'work-tree',
        'project',
        'files-dev',
        'embedded-azure',
        'clock',
      ]),
    );
    expect([...checks.keys()]).toEqual(
      expect.arrayContaining(['subscription', 'resource-group', 'permissions', 'providers', 'plan']),
    );
    const sent = lab.azure.requests().slice(before);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.filter((request) => request.method !== 'GET')).toEqual([]);
    const text = await lab.ingate('doctor', '-e', 'dev');
    expect(text.out).toMatch(/^pass +permissions +All \d+ actions/m);
    expect(text.out).toMatch(/\d+ passed, 0 warnings, 0 failed, 0 not asked\.\n$/);
  });

  it('tells a folder that is no project, and files that are wrong', async () => {
    lab = await createLab({ files: { 'environments/dev/data.yaml': STORE.replace('name: data', 'nam: data') } });
    const { code, checks } = await doctor();
    expect(code).toBe(1);
    expect(checks.get('files-dev')).toMatchObject({ verdict: 'fail', remedy: 'ingate validate -e dev' });
    expect(checks.get('azure')?.verdict).toBe('skip');
    expect(checks.get('repository')?.verdict).toBe('warn');
    const empty = mkdtempSync(join(tmpdir(), 'ingate-empty-'));
    const ran = await runInProcess(['doctor', '--cwd', empty]);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^fail +project/m);
    rmSync(empty, { recursive: true });
  });

  it('tells a shallow clone, files that are not committed and versions that differ', async () => {
    lab = await createLab({ files: FILES });
    lab.commit('one');
    lab.commit('two');
    const clone = mkdtempSync(join(tmpdir(), 'ingate-clone-'));
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${lab.root}`, clone]);
    const ran = await runInProcess(['doctor', '--cwd', clone]);
    expect(ran.out).toMatch(/^warn +history +The clone is shallow\n.*fetch-depth: 0/m);
    rmSync(clone, { recursive: true });

    lab.write({
      'environments/dev/more.yaml': 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: more }\n',
      '.github/workflows/ingate-plan.yml': 'env:\n  INGATE_VERSION: "9.8.7"\n',
      'package.json': '{"devDependencies":{"ingate":"9.8.7"}}',
      'package-lock.json': '{"packages":{"node_modules/ingate":{"version":"9.8.7"}}}',
    });
    const { checks } = await doctor();
    for (const id of ['work-tree', 'pipelines', 'lock-file']) expect(checks.get(id)?.verdict, id).toBe('warn');
    expect(checks.get('pipelines')?.message).toContain('9.8.7');
  });

  it('names the action that is not permitted, and ends with 15', async () => {
    lab = await createLab({ files: FILES, azure: { accessControl: { owners: [OWNER] } } });
    const subscription = GROUP.slice(0, GROUP.indexOf('/resourceGroups'));
    const nobody = await doctor();
    expect([nobody.code, nobody.outcome]).toEqual([15, 'permission']);
    expect(nobody.checks.get('subscription')?.message).toContain('AuthorizationFailed');
    expect(nobody.checks.get('plan')?.verdict).toBe('skip');

    expect(await asOwner('PUT', `${GROUP}?api-version=2025-04-01`, { location: 'swedencentral' })).toBe(201);
    await grant(ROLES.Reader, subscription);
    const reader = await doctor();
    expect(reader.code).toBe(15);
    const denied = reader.checks.get('permissions');
    expect(denied?.message).toContain('Microsoft.Storage/storageAccounts/write (StorageAccount/data)');
    expect(denied?.message).not.toContain('Microsoft.Storage/storageAccounts/read');
    expect(denied?.remedy).toContain(GROUP);
  });

  it('tells what stops an apply half way: providers, models, quota', async () => {
    const model = (name: string, capacity: number): string =>
      `apiVersion: ingate/v1alpha1\nkind: FoundryAccount\nmetadata: { name: ai }\n---\napiVersion: ingate/v1alpha1\nkind: ModelDeployment\nmetadata: { name: chat }\nspec: { account: ai, model: { format: OpenAI, name: ${name} }, sku: { name: GlobalStandard, capacity: ${capacity} } }\n`;
    lab = await createLab({
      files: { ...FILES, 'environments/dev/ai.yaml': model('gpt-4o', 999_999) },
      azure: { unregistered: ['Microsoft.Storage'] },
    });
    const { code, checks, all } = await doctor();
    expect(code).toBe(1);
    expect(checks.get('providers')?.message).toContain('Microsoft.Storage');
    expect(checks.get('providers')?.remedy).toContain('az provider register');
    const quota = all.find((check) => check.id === 'models' && check.verdict === 'fail');
    expect(quota?.message).toContain('more of the quota');
    lab.write({ 'environments/dev/ai.yaml': model('gpt-99', 1) });
    expect((await doctor()).checks.get('models')?.message).toContain('gpt-99');
  });

  it('notices a clock that is wrong, and a version that applied last', async () => {
    lab = await createLab({ files: FILES, azure: { clock: createVirtualClock(labClock().now() - 600_000) } });
    await lab.send('PUT', `${GROUP}?api-version=2025-04-01`, {
      location: 'swedencentral',
      tags: {
        'ingate-environment': 'dev',
        'ingate-id': 'Environment/dev',
        'ingate-path': 'environments/dev',
        'ingate-commit': 'a'.repeat(40),
        'ingate-version': '0.0.7',
      },
    });
    const { code, checks } = await doctor();
    expect(code).toBe(1);
    expect(checks.get('clock')?.message).toMatch(/ahead of Azure's/);
    expect(checks.get('applied-version')?.message).toContain('0.0.7');
  });

  it('says that nobody is signed in, without asking Azure', async () => {
    lab = await createLab();
    const file = 'environments/dev/environment.yaml';
    lab.write({
      [file]: `apiVersion: ingate/v1alpha1\nkind: Environment\nmetadata: { name: dev }\nspec: { cloud: public, subscriptionId: 11111111-1111-1111-1111-111111111111, resourceGroup: rg, location: swedencentral }\n`,
    });
    const ran = await asProcess(['doctor', '-e', 'dev', '--cwd', lab.root], {
      AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
    });
    expect(ran.out).toMatch(/^fail +identity +Not signed in/m);
    expect(ran.out).toMatch(/^skip +subscription/m);
    expect(ran.code).toBe(15);
  });
});

function asProcess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code: code ?? -1, out, err })));
}

describe('checks by themselves', () => {
  it('read who holds a token, whatever is in it', async () => {
    lab = await createLab();
    const response = await fetch(`${lab.azure.url}/${lab.azure.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: OWNER,
        client_secret: 'hunter2',
        scope: 'https://management.azure.com/.default',
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const identity = identityOf(token, 60_000);
    expect(identity).toMatchObject({ applicationId: OWNER, tenantId: lab.azure.tenantId, expires: 60_000 });
    const verdict = identityVerdict(identity, { tenantId: undefined }, 0);
    expect(verdict.verdict).toBe('pass');
    expect(JSON.stringify(verdict)).not.toContain(token.split('.')[1]);
    expect(identityVerdict(identity, { tenantId: CALLER }, 0)).toMatchObject({ verdict: 'fail', permission: true });
    fc.assert(fc.property(fc.string(), (text) => identityOf(text, 1).expires === 1));
  });

  it('compare versions of Node by number', async () => {
    lab = await createLab();
    for (const good of ['22.13.0', '22.13', '24.0.0', 'v23.1.0', '100.0.0'])
      expect(nodeCheck(good).verdict, good).toBe('pass');
    for (const old of ['22.12.9', '20.99.0', 'v4.0.0']) expect(nodeCheck(old).verdict, old).toBe('fail');
    expect(`>=${LEAST_NODE}`).toBe(manifest.engines.node);
  });

  it('tell how far clocks are apart', async () => {
    lab = await createLab();
    const at = Date.parse('2026-01-01T00:00:00Z');
    const date = new Date(at).toUTCString();
    expect(clockCheck(date, at + 900).verdict).toBe('pass');
    expect(clockCheck(date, at + 60_000)).toMatchObject({
      verdict: 'warn',
      message: "This clock is 60 s ahead of Azure's",
    });
    expect(clockCheck(date, at - 600_000)).toMatchObject({ verdict: 'fail' });
    expect(clockCheck(undefined, at).verdict).toBe('skip');
  });

  it('match actions as patterns with stars do, and let one role grant what another leaves out', async () => {
    lab = await createLab();
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', '/', '*', '.'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, raw) => {
        const action = raw.replaceAll('*', 'x');
        const source = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
        const expected = new RegExp(`^${source.join('.*')}$`, 'i').test(action);
        const missing = missingActions([{ action, for: 'Environment/dev' }], [{ actions: [pattern], notActions: [] }]);
        return (missing.length === 0) === expected;
      }),
      { numRuns: 500 },
    );
    const needed = [{ action: 'Microsoft.Authorization/roleAssignments/write', for: 'Environment/dev' as const }];
    const contributor = { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] };
    expect(missingActions(needed, [contributor])).toEqual(needed);
    expect(missingActions(needed, [contributor, { actions: ['microsoft.authorization/*'] }])).toEqual([]);
  });
});
