import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';
import { idIn, pair } from './estate.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const SUBSCRIPTIONS = ['1', '2', '3'].map((last) => `00000000-0000-0000-0000-00000000000${last}`);

const AUTHOR = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];

let lab: Lab;
afterEach(() => lab.close());

async function expectOk(...args: readonly string[]): Promise<string> {
  const ran = await lab.ingate(...args);
  expect(ran.code, ran.out + ran.err).toBe(0);
  return ran.out;
}

describe('the sample estate', () => {
  it('moves its agents and images from dev to qa, where they do not follow the files any more', async () => {
    const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    lab = await createLab({ azure: { subscriptions: SUBSCRIPTIONS }, env: { INGATE_EVIDENCE_KEY: key } });
    lab.write({ 'environments/dev/environment.yaml': null });
    for (const name of ['environments', 'prompts', 'data', 'flows', 'apps', 'dashboards', 'releases'])
      cpSync(`${repository}/${name}`, `${lab.root}/${name}`, { recursive: true });
    const entry = await expectOk('evidence', 'key', '-e', 'dev');
    lab.write({
      'releases/trust.yaml': `apiVersion: ingate/v1alpha1\nkind: TrustedKeys\nmetadata: { name: pipelines }\nspec:\n  keys:\n${entry.replaceAll(/^(?=.)/gm, '    ').replace('ci-dev', 'pipeline')}`,
    });
    lab.commit('all of it');
    await expectOk('apply', '-e', 'dev', '--yes');
    const id = idIn(await expectOk('release', 'support'));
    await expectOk('evidence', 'sign', '-e', 'dev');
    const file = `${lab.root}/.ingate/evidence/support/${id}/dev/support-release.dsse.json`;
    const { payload } = JSON.parse(readFileSync(file, 'utf8')) as { payload: string };
    const statement: unknown = JSON.parse(Buffer.from(payload, 'base64').toString());
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: {
        result: 'PASSED',
        ingate: { environment: 'dev', judge: { model: 'gpt-5-mini', version: '2025-08-07' }, baseline: null },
      },
    });
    const { subject } = statement as { subject: { name: string }[] };
    expect(subject.map(({ name }) => name)).toEqual([
      'Release/support',
      'Agent/support',
      'Agent/triage',
      'ContainerImage/api',
      'ContainerImage/returns',
      'ModelDeployment/chat',
    ]);
    rmSync(`${lab.root}/releases/support/${id}.yaml`);
    const made = await lab.ingate('promote', '--release', 'support', '--to', 'qa', '--offline');
    expect(made.code, made.out + made.err).toBe(0);
    execFileSync('git', ['-C', lab.root, ...AUTHOR, 'merge', '--quiet', '--no-edit', `promote/support/qa/${id}`]);
    // The next release of the files goes to dev; qa has what it was given.
    lab.write({
      'prompts/support.md': 'Another prompt.\n',
      'apps/api/more.txt': 'Another image.\n',
    });
    lab.commit('more in dev');
    expect(await expectOk('validate')).toContain('valid qa');
    await expectOk('apply', '-e', 'qa', '--yes');
    expect(await expectOk('plan', '-e', 'qa', '--detailed-exitcode')).toContain('No changes.');
    const requests = lab.azure
      .requests()
      .filter(({ path }) => path.includes('support-qa') || path.includes('supportimagesqa'));
    expect(requests.some(({ path }) => path.endsWith('/importImage'))).toBe(true);
    expect(requests.some(({ path }) => path.endsWith('/scheduleRun'))).toBe(false);
    const shown = await expectOk('render', '-e', 'qa', '-o', 'json');
    expect(shown).not.toContain('Another prompt');
    const dev = await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode');
    expect([dev.code, dev.out], dev.err).toEqual([2, expect.stringContaining('Another prompt.')]);
  });
});
