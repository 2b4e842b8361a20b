import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { applyDyingAt } from './crash.ts';
import { createLab, type Lab } from './lab.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A lab with the sample environment `dev`. */
export async function sampleLab(): Promise<Lab> {
  const made = await createLab({
    azure: { subscriptions: ['00000000-0000-0000-0000-000000000001'] },
  });
  made.write({ 'environments/dev/environment.yaml': null });
  for (const name of ['environments', 'prompts', 'data', 'flows', 'apps', 'dashboards', 'releases'])
    cpSync(`${repository}/${name}`, `${made.root}/${name}`, { recursive: true });
  return made;
}

/** Everything that stands in Azure, without what servers make up: ids of resources and versions of agents. */
export async function standing(lab: Lab): Promise<string[]> {
  const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-support-dev';
  const { body } = await lab.send('GET', `${group}/resources?api-version=2025-04-01`);
  const resources = (body as { value: { id: string }[] }).value.map((one) => one.id.toLowerCase());
  const versions = await lab.send(
    'GET',
    '/foundry/support-ai-dev/api/projects/support/agents/support/versions?api-version=v1',
  );
  const names = (versions.body as { data: { version: string }[] }).data.map((one) => `agent version ${one.version}`);
  return [...resources, ...names, ...(await evaluated(lab))].toSorted();
}

/** Evaluations with their runs, versions of evaluators, and schedules: what was made twice would show. */
async function evaluated(lab: Lab): Promise<string[]> {
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

export async function expectComplete(lab: Lab, expected: readonly string[]): Promise<void> {
  const { result } = await applyDyingAt(lab, 'environments/dev');
  expect(result.outcomes.filter((one) => one.status !== 'done')).toEqual([]);
  expect(await standing(lab)).toEqual(expected);
  const again = await applyDyingAt(lab, 'environments/dev');
  expect(again.writes).toBe(0);
  expect(again.result.outcomes).toEqual([]);
}
