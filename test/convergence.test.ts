import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { applyDyingAt } from './support/crash.ts';
import { createLab, type Lab } from './support/lab.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

let lab: Lab;
afterEach(() => lab.close());

/** A lab with the sample environment `dev`. */
async function sampleLab(): Promise<Lab> {
  const made = await createLab({
    azure: { subscriptions: ['00000000-0000-0000-0000-000000000001'], timing: { operationMs: 1, revisionMs: 1 } },
  });
  made.write({ 'environments/dev/environment.yaml': null });
  for (const name of ['environments', 'prompts', 'data', 'flows', 'apps', 'dashboards', 'releases'])
    cpSync(`${repository}/${name}`, `${made.root}/${name}`, { recursive: true });
  return made;
}

/** Everything that stands in Azure, without what servers make up: ids of resources and versions of agents. */
async function standing(): Promise<string[]> {
  const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-support-dev';
  const { body } = await lab.send('GET', `${group}/resources?api-version=2025-04-01`);
  const resources = (body as { value: { id: string }[] }).value.map((one) => one.id.toLowerCase());
  const versions = await lab.send(
    'GET',
    '/foundry/support-ai-dev/api/projects/support/agents/support/versions?api-version=v1',
  );
  const names = (versions.body as { data: { version: string }[] }).data.map((one) => `agent version ${one.version}`);
  return [...resources, ...names, ...(await evaluated())].toSorted();
}

/** Evaluations with their runs, versions of evaluators, and schedules: what was made twice would show. */
async function evaluated(): Promise<string[]> {
  const project = '/foundry/support-ai-dev/api/projects/support';
  const list = async (path: string): Promise<{ id: string; metadata: Record<string, string> }[]> => {
    const headers = { 'foundry-features': 'Schedules=V1Preview' };
    const { body } = await lab.send('GET', `${project}/${path}`, undefined, headers);
    const { data, value } = body as Record<'data' | 'value', { id: string; metadata: Record<string, string> }[]>;
    return data ?? value;
  };
  const evals = await Promise.all(
    (await list('openai/v1/evals?limit=100')).map(async ({ id, metadata }) => {
      const runs = await list(`openai/v1/evals/${id}/runs?limit=100`);
      return `${metadata['ingate.id'] ?? ''} with ${runs.length} runs`;
    }),
  );
  const evaluators = await list('evaluators/house-style/versions?api-version=v1');
  const schedules = await list('schedules?api-version=v1');
  return [...evals, ...[...evaluators, ...schedules].map(({ id }) => id)];
}

async function expectComplete(expected: readonly string[]): Promise<void> {
  const { result } = await applyDyingAt(lab, 'environments/dev');
  expect(result.outcomes.filter((one) => one.status !== 'done')).toEqual([]);
  expect(await standing()).toEqual(expected);
  const again = await applyDyingAt(lab, 'environments/dev');
  expect(again.writes).toBe(0);
  expect(again.result.outcomes).toEqual([]);
}

/**
 * A death right after a write leaves in Azure what a death right before the next one leaves, unless both run at once; so
 * every second write is died after, and each sixth before as well.
 */
function deaths(write: number): readonly ('before' | 'after')[] {
  if (write % 2 === 0) return [];
  return write % 6 === 1 ? ['before', 'after'] : ['after'];
}

describe('an apply that dies', () => {
  it('at any write, before or after it, is completed by the next one', async () => {
    lab = await sampleLab();
    const { result, writes } = await applyDyingAt(lab, 'environments/dev');
    expect(result.outcomes.filter((one) => one.status !== 'done')).toEqual([]);
    const expected = await standing();
    expect(writes).toBeGreaterThan(20);
    expect(expected).toContain('agent version 1');
    for (let write = 1; write <= writes; write++) {
      for (const when of deaths(write)) {
        await lab.azure.reset();
        const died = await applyDyingAt(lab, 'environments/dev', { write, when });
        expect(died.result.complete, `died ${when} write ${write}`).toBe(false);
        await expectComplete(expected);
      }
    }
  }, 300_000);
});

describe('an apply whose answers are lost', () => {
  it('after every single write makes nothing twice', async () => {
    lab = await sampleLab();
    await applyDyingAt(lab, 'environments/dev');
    const expected = await standing();
    await lab.azure.reset();
    lab.azure.faults.add({ match: { method: 'PUT', nth: 3, times: 2 }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/versions$' }, drop: 'after-commit' });
    const { result } = await applyDyingAt(lab, 'environments/dev');
    lab.azure.faults.clear();
    expect(result.outcomes.filter((one) => one.status !== 'done')).toEqual([]);
    await expectComplete(expected);
  }, 60_000);
});
