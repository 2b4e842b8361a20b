import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { registry } from '../../src/reconcilers/registry.ts';
import { checkTraffic } from '../../packages/local-azure/test/support/type-check.ts';
import { example, exampleSecrets as env, filesFor } from '../support/examples.ts';
import { createLab, type Lab } from '../support/lab.ts';
import { foreignLab, planned, pull, pullSample, sampleEstate, type PullResult } from './foreign.ts';

let lab: Lab;
afterEach(() => lab.close());

/** Kinds that Azure cannot tell the whole of: their content is in files, or they are work and no resource. */
const NOT_PULLED = new Set([
  'Dataset',
  'ContainerImage',
  'Evaluation',
  'EvaluationGate',
  'FineTuningJob',
  'RedTeamScan',
]);

/** Nothing but taking over: every declared field is as it is live. */
async function expectOnlyAdoption(): Promise<void> {
  const changed = (await planned(lab)).filter(({ actions }) => actions !== 'no-op');
  expect(changed.filter(({ actions, fields }) => actions !== 'update' || fields.length > 0)).toEqual([]);
}

function expectComplete(result: PullResult): void {
  expect(result.differences).toEqual([]);
  expect(result.refusals).toEqual([]);
  expect(result.problems).toEqual([]);
}

describe('a foreign estate', () => {
  it('of every kind: pulled, valid, and the plan changes nothing but its marks', async () => {
    lab = await foreignLab(sampleEstate);
    const result = await pullSample(lab);
    expectComplete(result);
    expect((await lab.ingate('validate')).code).toBe(0);
    await expectOnlyAdoption();
    const apps = readFileSync(`${lab.root}/environments/dev/apps.yaml`, 'utf8');
    expect(apps).toContain('vault: secrets');
    expect(apps).not.toContain('https://');
    const kinds = new Set(result.resources.map(({ id }) => id.split('/')[0]));
    expect([...registry.keys()].filter((kind) => !kinds.has(kind) && !NOT_PULLED.has(kind))).toEqual([]);
    checkTraffic(lab.azure.requests());
  });

  it('only reads', async () => {
    lab = await foreignLab(sampleEstate);
    const before = lab.azure.requests().length;
    await pullSample(lab);
    const methods = lab.azure
      .requests()
      .slice(before)
      .filter(({ path }) => !path.includes('/oauth2/'))
      .map(({ method }) => method);
    expect([...new Set(methods)].toSorted()).toEqual(['GET']);
  });

  it('is taken over by apply, and then nothing is left to do', async () => {
    lab = await foreignLab(sampleEstate);
    const { secrets } = await pullSample(lab);
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(secrets.map(({ variable }) => variable)).toEqual(['CONNECTION_TRACES_CREDENTIALS_KEY']);
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes.');
    checkTraffic(lab.azure.requests());
  });

  it('gives the same files again', async () => {
    lab = await foreignLab(sampleEstate);
    const { files } = await pullSample(lab);
    const read = (): string[] => files.map((path) => readFileSync(`${lab.root}/${path}`, 'utf8'));
    const first = read();
    lab.commit('pulled');
    await pullSample(lab, '--force');
    expect(read()).toEqual(first);
  });
});

describe('an estate of our own', () => {
  it('is pulled under its own names, and nothing is left to do', async () => {
    lab = await createLab({ files: filesFor('MetricAlert', example('MetricAlert', 'full') ?? ''), env });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    const before = (await planned(lab)).map(({ address }) => address).toSorted();
    lab.commit('by hand');
    const result = await pull(lab, undefined, '--force');
    expect(result.resources.map(({ id }) => id).toSorted()).toEqual(before);
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes.');
  });
});

describe.each([...registry.values()].map((kind) => [kind.kind]))('%s', (kind) => {
  it.each(['minimal', 'full', 'changed'])('%s example: pulled, and the plan changes nothing', async (name) => {
    const files = filesFor(kind, example(kind, name) ?? '');
    lab = await foreignLab({ files, env });
    const result = await pull(lab, kind === 'Environment' ? 'rg-example' : undefined);
    expectComplete(result);
    await expectOnlyAdoption();
    // The examples of AzureResource are of a type that has a kind.
    if (NOT_PULLED.has(kind) || kind === 'AzureResource') return;
    const ids = result.resources.map(({ id }) => id);
    expect(
      ids.filter((id) => id.startsWith(`${kind}/`)),
      JSON.stringify(result.omissions),
    ).not.toEqual([]);
  });
});
