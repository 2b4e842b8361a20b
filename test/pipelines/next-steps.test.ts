import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextSteps } from '../../src/cli/init/next-steps.ts';
import { printLine } from '../../src/cli/text.ts';
import { azVersion, startAz, type AzBench } from '../../packages/local-azure/test/clients/az-cli.ts';

const printed = nextSteps({
  forge: 'github',
  project: 'support',
  environments: ['dev'],
  repository: 'acme/support',
}).map((line) => printLine(line, false));

/** Commands as a shell sees them: continued lines joined. */
const commands = printed
  .join('\n')
  .replaceAll(/ \\\n\s*/g, ' ')
  .split('\n')
  .map((line) => line.trim());

describe.skipIf(azVersion() === undefined)('what ingate init prints', () => {
  let bench: AzBench;
  beforeAll(async () => {
    bench = await startAz();
    for (const name of ['identities', 'rg-support-dev'])
      await bench.az('group', 'create', '--name', name, '--location', 'swedencentral');
  });
  afterAll(() => bench.close());

  /** Runs one command without a shell; what stands in `$(…)` first. */
  async function run(command: string): Promise<unknown> {
    let text = command.replaceAll('"$IDENTITY_GROUP"', 'identities');
    for (const [whole, inner = ''] of text.matchAll(/"\$\((az [^()]*)\)"/g))
      text = text.replace(whole, String(await run(inner)));
    return bench.az(...text.split(' ').slice(1));
  }

  it('are commands that az takes, and that leave the two identities with their credentials and roles', async () => {
    const own = commands.filter((line) => line.startsWith('az '));
    expect(own.length).toBe(8);
    for (const command of own) await run(command);
    const credentials = async (identity: string): Promise<string[]> => {
      const scope = ['--identity-name', identity, '--resource-group', 'identities'];
      const found = (await bench.az('identity', 'federated-credential', 'list', ...scope)) as { subject: string }[];
      return found.map((one) => one.subject).toSorted();
    };
    expect(await credentials('id-support-plan')).toEqual([
      'repo:acme/support:pull_request',
      'repo:acme/support:ref:refs/heads/main',
    ]);
    expect(await credentials('id-support-dev')).toEqual([
      'repo:acme/support:environment:dev',
      'repo:acme/support:environment:dev-rollout',
    ]);
    const roles = (await bench.az('role', 'assignment', 'list', '--resource-group', 'rg-support-dev')) as {
      roleDefinitionName: string;
    }[];
    expect(roles.map((one) => one.roleDefinitionName).toSorted()).toEqual(['Contributor', 'Reader']);
  });
});

describe('the steps for Azure DevOps', () => {
  it('name a connection and an environment each', () => {
    const text = nextSteps({
      forge: 'azure-devops',
      project: 'x',
      environments: ['dev', 'prod'],
      repository: undefined,
    })
      .map((line) => printLine(line, false))
      .join('\n');
    expect(text).toContain(
      'ingate-apply-dev and ingate-rollout-dev (role Contributor), ingate-apply-prod and ingate-rollout-prod',
    );
    expect(text).not.toContain('github');
  });
});
