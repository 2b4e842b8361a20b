import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAnswering } from '../support/answering.ts';
import { createLab, GROUP, type Lab } from '../support/lab.ts';

const logs = (days: number): string =>
  `apiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: logs }\nspec: { retentionInDays: ${days} }\n`;
const PATH = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs-dev?api-version=2025-07-01`;
const FILE = 'environments/dev/logs.yaml';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: { [FILE]: logs(30) } });
  await lab.ingate('apply', '-e', 'dev', '--yes');
});
afterEach(() => lab.close());

const applyWhile = (meanwhile: () => Promise<unknown>, ...more: readonly string[]) =>
  runAnswering(['apply', '-e', 'dev', '--cwd', lab.root, ...more], meanwhile);
const body = async () =>
  (await lab.send('GET', PATH)).body as { readonly location: string; readonly properties: Record<string, unknown> };

async function setDays(retentionInDays: number): Promise<void> {
  const live = await body();
  await lab.send('PUT', PATH, { ...live, properties: { ...live.properties, retentionInDays } });
}

describe('what somebody does in Azure between plan and write', () => {
  it('a change is not overwritten: ING5004, and the value stays', async () => {
    lab.write({ [FILE]: logs(60) });
    const ran = await applyWhile(() => setDays(120));
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('ING5004')]);
    expect(ran.out + ran.err).toContain('was changed in Azure after the plan was made');
    expect((await body()).properties['retentionInDays']).toBe(120);
  });

  it('a resource that vanished is not made again as a change of it', async () => {
    lab.write({ [FILE]: logs(60) });
    const ran = await applyWhile(() => lab.send('DELETE', PATH));
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('vanished from Azure')]);
    expect((await lab.send('GET', PATH)).status).toBe(404);
  });

  it('a resource that appeared is not taken over', async () => {
    const live = await body();
    await lab.send('DELETE', PATH);
    const foreign = { location: live.location, properties: { ...live.properties, retentionInDays: 90 }, tags: {} };
    const ran = await applyWhile(() => lab.send('PUT', PATH, foreign));
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('appeared in Azure')]);
    expect((await body()).properties['retentionInDays']).toBe(90);
  });

  it('a resource that was changed is not deleted', async () => {
    lab.write({ [FILE]: null, 'environments/dev/other.yaml': logs(30).replace('name: logs', 'name: other') });
    const ran = await applyWhile(() => setDays(120), '--prune');
    expect([ran.code, ran.out + ran.err]).toEqual([13, expect.stringContaining('ING5004')]);
    expect((await body()).properties['retentionInDays']).toBe(120);
  });

  it('and nothing of it stops an apply that nobody disturbed', async () => {
    lab.write({ [FILE]: logs(60) });
    expect((await applyWhile(() => Promise.resolve())).code).toBe(0);
    expect((await body()).properties['retentionInDays']).toBe(60);
  });
});
