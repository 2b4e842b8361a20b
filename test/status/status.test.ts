import { afterEach, describe, expect, it } from 'vitest';
import type { EnvironmentStatus } from '../../src/cli/status/document.ts';
import { APP, APP_VERSION, callApp, estate, projectOf, startEstate } from './estate.ts';
import type { Lab } from '../support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

async function told(...args: readonly string[]): Promise<EnvironmentStatus & { readonly code: number }> {
  const { code, out } = await lab.ingate('status', 'dev', '-o', 'json', ...args);
  return { ...(JSON.parse(out) as EnvironmentStatus), code };
}

describe('ingate status', () => {
  it('tells versions, revisions, traffic, jobs, alerts, metrics and what was applied, and only reads', async () => {
    lab = await startEstate({ env: { LOCAL_STATUS: '500' } });
    const before = lab.azure.requests().length;
    await callApp(lab, 4);
    const ran = await lab.ingate('status', 'dev');
    console.log(ran.out, ran.err);
    console.log(
      lab.azure
        .requests()
        .slice(before)
        .map((r) => `${r.method} ${r.path} ${r.status}`)
        .join('\n'),
    );
    void [APP, APP_VERSION, estate, projectOf, expect];
  });
});
