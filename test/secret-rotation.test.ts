import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, GROUP, type Lab } from './support/lab.ts';
import { applyAll } from './support/succeed.ts';

const FILE = 'environments/dev/app.yaml';
const app = (version: string): string => `apiVersion: ingate/v1alpha1
kind: ContainerEnvironment
metadata: { name: env }
spec: { logs: { destination: none } }
---
apiVersion: ingate/v1alpha1
kind: ContainerApp
metadata: { name: api }
spec:
  environment: env
  secrets: [{ name: token, value: { secret: { env: TOKEN${version} } } }]
  containers:
    - { name: api, image: "mcr.microsoft.com/k8se/quickstart:latest", env: [{ name: TOKEN, secretRef: token }] }
`;
const LIVE = `${GROUP}/providers/Microsoft.App/containerApps/api-dev`;

const env: Record<string, string> = { TOKEN: 'first-value' };
let lab: Lab;
beforeEach(async () => {
  env['TOKEN'] = 'first-value';
  lab = await createLab({ files: { [FILE]: app('') }, env });
  lab.commit('first');
  await applyAll(lab);
});
afterEach(() => lab.close());

async function liveToken(): Promise<unknown> {
  const { body } = await lab.send('POST', `${LIVE}/listSecrets?api-version=2026-01-01`);
  return (body as { value: { name: string; value: string }[] }).value.find(({ name }) => name === 'token')?.value;
}

describe('a secret with another value', () => {
  it('is written where its version in Git is another one, and once', async () => {
    env['TOKEN'] = 'second-value';
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes');
    lab.write({ [FILE]: app(', version: 2') });
    lab.commit('second');
    const plan = await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode');
    expect(plan.code).toBe(2);
    expect(plan.out).toContain('secrets[token].value');
    expect(plan.out + plan.err).not.toContain('second-value');
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await liveToken()).toBe('second-value');
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes');
  });

  it('is written again where somebody asks for it, also by a saved plan', async () => {
    env['TOKEN'] = 'third-value';
    const saved = await lab.ingate('plan', '-e', 'dev', '--rotate', 'ContainerApp/api', '--out', 'rotate.plan');
    expect(saved.out + saved.err).toContain('secrets[token].value');
    const ran = await lab.ingate('apply', `${lab.root}/rotate.plan`);
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await liveToken()).toBe('third-value');
    expect((await lab.ingate('plan', '-e', 'dev')).out).toContain('No changes');
  });

  it('is not made up: what has no secret cannot be rotated', async () => {
    const ran = await lab.ingate('plan', '-e', 'dev', '--rotate', 'ContainerApp/apo');
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain('ING3025');
    expect(ran.err).toContain('ContainerApp/api');
  });
});
