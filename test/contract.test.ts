import { afterEach, describe, expect, it } from 'vitest';
import { registry } from '../src/reconcilers/registry.ts';
import { example, exampleSecrets as env, filesFor } from './support/examples.ts';
import { createLab, type Lab } from './support/lab.ts';
import { checkTraffic } from '../packages/local-azure/test/support/type-check.ts';

/** What is not deleted with its document: the resource group, and images that running revisions need. */
const STAYING = new Set(['Environment', 'ContainerImage']);

/** How a change from `full.yaml` to `changed.yaml` is carried out, where that is not an update of the resource itself. */
const CHANGED: Readonly<Record<string, readonly string[]>> = {
  CapabilityHost: ['delete', 'create'],
  ContainerImage: ['run'],
  Evaluation: ['run'],
  EvaluationGate: ['run'],
  FineTuningJob: ['run'],
  RedTeamScan: ['run'],
  RoleAssignment: ['delete', 'create'],
};

interface PublicChange {
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

let lab: Lab;
afterEach(() => lab.close());

async function plan(...flags: readonly string[]): Promise<PublicChange[]> {
  const ran = await lab.ingate('plan', '-e', 'dev', '-o', 'json', ...flags);
  expect(ran.code, ran.err).toBe(0);
  const { resource_changes: changes } = JSON.parse(ran.out) as { resource_changes: PublicChange[] };
  return changes.filter(({ change }) => change.actions.join() !== 'no-op');
}

async function apply(...flags: readonly string[]): Promise<void> {
  const ran = await lab.ingate('apply', '-e', 'dev', '--yes', ...flags);
  expect(ran.code, ran.out + ran.err).toBe(0);
}

/** Where the resources of a kind are, with the api-version that reads them. */
async function ownAddresses(kind: string): Promise<string[]> {
  const ran = await lab.ingate('plan', '-e', 'dev', '-o', 'json');
  const { resource_changes: changes } = JSON.parse(ran.out) as {
    resource_changes: { address: string; azure_id: string | null }[];
  };
  return changes.filter(({ address }) => address.startsWith(`${kind}/`)).flatMap(({ azure_id: id }) => id ?? []);
}

async function isThere(address: string): Promise<boolean> {
  const path = address.replace(/^https:\/\/[^/]+/, '');
  const seen = lab.azure.requests().find((one) => one.path.toLowerCase() === path.toLowerCase() && one.status < 300);
  const { status } = await lab.send('GET', `${path}?api-version=${seen?.apiVersion ?? 'v1'}`);
  return status === 200;
}

/** Nothing to do, and nothing but reads were sent to find that out. */
async function expectKept(): Promise<void> {
  const before = lab.azure.requests().length;
  expect(await plan()).toEqual([]);
  const methods = new Set(
    lab.azure
      .requests()
      .slice(before)
      // A registry gives tokens by itself.
      .filter(({ path }) => !path.includes('/oauth2/'))
      .map((request) => request.method),
  );
  expect([...methods].filter((method) => method !== 'HEAD')).toEqual(['GET']);
}

describe.each([...registry.values()].map((kind) => [kind.kind]))('%s', (kind) => {
  const full = example(kind, 'full');
  const changed = example(kind, 'changed');

  it.each(['minimal', 'full'])('%s example: created, then kept', async (name) => {
    const text = example(kind, name);
    expect(text, `src/reconcilers/…/examples/${name}.yaml`).toBeDefined();
    lab = await createLab({ files: filesFor(kind, text ?? ''), env });
    await apply();
    await expectKept();
    checkTraffic(lab.azure.requests());
  });

  it('changed example: updated or replaced as stated, then kept', async () => {
    lab = await createLab({ files: filesFor(kind, full ?? ''), env });
    await apply();
    lab.write(filesFor(kind, changed ?? ''));
    const changes = await plan();
    const expected = CHANGED[kind] ?? ['update'];
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes) expect(change.change.actions, change.address).toEqual(expected);
    await apply();
    await expectKept();
    checkTraffic(lab.azure.requests());
  });

  it.skipIf(STAYING.has(kind))('removed from Git: left alone, and gone with --prune', async () => {
    lab = await createLab({ files: filesFor(kind, full ?? ''), env });
    lab.commit('with the example');
    await apply();
    const addresses = await ownAddresses(kind);
    lab.write({
      'environments/dev/example.yaml':
        example(kind, 'needs') === undefined
          ? 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: other }\n'
          : null,
    });
    lab.commit('without it');
    const left = await plan();
    expect(left.filter((one) => one.change.actions.includes('delete'))).toEqual([]);
    await apply('--prune');
    expect(await plan('--prune')).toEqual([]);
    const staying = new Set(await ownAddresses(kind));
    const going = addresses.filter((address) => !staying.has(address));
    expect(going.length).toBeGreaterThan(0);
    for (const address of going) expect(await isThere(address), address).toBe(false);
    checkTraffic(lab.azure.requests());
  });
});

describe('the registry', () => {
  it('holds every kind under its own name', () => {
    for (const [name, kind] of registry) expect(kind.kind).toBe(name);
  });
});
