import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { concealed } from '../../src/azure/concealed.ts';
import { createKnownSecrets } from '../../src/model/known-secrets.ts';
import { html } from '../../src/cli/render/html/escape.ts';
import { AzureError, type Azure } from '../../src/model/azure.ts';
import type { WriteContext } from '../../src/model/kind.ts';
import { patientWithNewRoles } from '../../src/reconcilers/apply/permissions.ts';
import { createLab, SUBSCRIPTION, type Lab } from '../support/lab.ts';

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const logs = (name: string, more = ''): string =>
  `---\napiVersion: ingate/v1alpha1\nkind: LogWorkspace\nmetadata: { name: ${name} }\n${more}`;
const environment = (name: string, more = ''): string => `apiVersion: ingate/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec:
  cloud: local
  subscriptionId: ${SUBSCRIPTION}
  resourceGroup: rg-test
  location: swedencentral
${more}`;

describe('ownership', () => {
  it('of another environment is never taken over, although lifecycle says adopt', async () => {
    lab = await createLab({
      files: {
        'environments/dev/logs.yaml': logs('logs'),
        'environments/other/environment.yaml': environment('other'),
        'environments/other/logs.yaml': logs('logs', 'spec: { azureName: logs-dev, lifecycle: { adopt: true } }\n'),
      },
    });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    const ran = await lab.ingate('apply', '-e', 'other', '--yes');
    expect([ran.code, ran.out]).toEqual([
      11,
      expect.stringContaining('workspaces/logs-dev belongs to the environment "dev"'),
    ]);
    expect((await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code).toBe(0);
  });
});

describe('the share of resources that one plan may destroy', () => {
  it.each([
    [24, 11],
    [25, 0],
  ])('with maxDeletePercent %i ends a plan that destroys 25 %% with %i', async (percent, code) => {
    const names = Array.from({ length: 11 }, (_, index) => `logs${index}`);
    const declare = (count: number) =>
      names
        .slice(0, count)
        .map((name) => logs(name))
        .join('');
    lab = await createLab({
      files: {
        'environments/dev/environment.yaml': environment(
          'dev',
          `  protection: { maxDeletes: 100, maxDeletePercent: ${percent} }\n`,
        ),
        'environments/dev/logs.yaml': declare(11),
      },
    });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    // The group counts as well: 3 of 12.
    lab.write({ 'environments/dev/logs.yaml': declare(8) });
    const planned = await lab.ingate('plan', '-e', 'dev', '--prune');
    expect([planned.code, planned.out.includes('protection.maxDeletePercent')]).toEqual([code, code === 11]);
  });
});

describe('a file field', () => {
  it('reads nothing behind a symbolic link, wherever that leads', async () => {
    const agent = (path: string): string => `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec: { project: support, definition: { model: chat }, instructionsFile: ${path} }
`;
    lab = await createLab();
    mkdirSync(join(lab.root, 'prompts'));
    writeFileSync(join(lab.root, 'prompts', 'support.md'), 'CANARY');
    symlinkSync('prompts', join(lab.root, 'linked'));
    symlinkSync('support.md', join(lab.root, 'prompts', 'link.md'));
    for (const path of ['../../linked/support.md', '../../prompts/link.md']) {
      lab.write({ 'environments/dev/agent.yaml': agent(path) });
      const ran = await lab.ingate('validate', '-e', 'dev');
      expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('symbolic link')]);
      expect(ran.err + ran.out).not.toContain('CANARY');
    }
  });
});

describe('a refusal by Azure', () => {
  const refused = new AzureError({
    code: 'Forbidden',
    message: 'No.',
    status: 403,
    method: 'PUT',
    url: '',
    correlationId: '',
  });
  const run = async (granted: boolean, clock: { now: number }, failures: number): Promise<number> => {
    const stop = new AbortController().signal;
    const roles = patientWithNewRoles(() => clock.now, stop);
    const azure = { sleep: (milliseconds: number) => Promise.resolve(void (clock.now += milliseconds)) };
    const context = { azure, report: () => undefined, signal: stop } as unknown as WriteContext;
    let tries = 0;
    if (granted) roles.granted();
    await roles
      .patiently(context, () => (++tries <= failures ? Promise.reject(refused) : Promise.resolve()))
      .catch((error: unknown) => expect(error).toBe(refused));
    return tries;
  };

  it('is waited out for ten minutes when this run has granted a role, and is final at once when not', async () => {
    expect(await run(true, { now: 0 }, 3)).toBe(4);
    expect(await run(false, { now: 0 }, 3)).toBe(1);
    const clock = { now: 0 };
    await run(true, clock, 1000);
    expect(clock.now).toBeGreaterThan(10 * 60_000);
    expect(clock.now).toBeLessThan(11 * 60_000);
  });
});

describe('text in pages', () => {
  it('cannot leave an attribute or an element', () => {
    expect(html(`"'<>&`)).toBe('&quot;&#39;&lt;&gt;&amp;');
  });
});

describe('a known secret', () => {
  it('is concealed in the code of an error as well as in its message', async () => {
    const secrets = createKnownSecrets();
    secrets.add('CANARY-secret');
    const details = {
      code: 'Bad CANARY-secret',
      message: 'CANARY-secret is bad',
      method: 'GET',
      url: '',
      correlationId: '',
    };
    const azure = { get: () => Promise.reject(new AzureError(details)) } as unknown as Azure;
    const error = await concealed(azure, secrets)
      .get({ path: '/', apiVersion: '' })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error).toMatchObject({ details: { code: 'Bad (secret)', message: '(secret) is bad' } });
  });
});
