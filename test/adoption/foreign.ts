import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLab, type Lab } from '../support/lab.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A lab that holds the sample estate, dev. */
export async function sampleLab(): Promise<Lab> {
  const lab = await createLab({ azure: { subscriptions: ['00000000-0000-0000-0000-000000000001'] } });
  lab.write({ 'environments/dev/environment.yaml': null });
  for (const name of ['environments', 'prompts', 'data', 'flows', 'apps', 'dashboards'])
    cpSync(`${repository}/${name}`, `${lab.root}/${name}`, { recursive: true });
  return lab;
}
