import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Releases, evidence and promotion. */
export function addPromotionCommands({ command, runs }: Registrar): void {
  const release = command(
    'release <name>',
    'record the content that an environment really runs as a release; read-only in Azure',
    'ingate release support',
    'ingate release support --from dev',
  )
    .option('--from <environment>', 'environment to take it from (default: the first of the policy)')
    .addOption(formatOption('text', 'json'));
  runs(release, async () => (await import('../commands/release.ts')).release);

  const promote = command(
    'promote',
    'propose a release for an environment: one branch, one pull request',
    'ingate promote --release support --from dev --to qa',
    'ingate promote --release support --from qa --to prod --evidence evidence',
    'ingate promote --release support --to prod --id 7c1f3a9e2b40 --rollback',
  )
    .requiredOption('--release <name>', 'name of the release')
    .requiredOption('--to <environment>', 'environment that gets it')
    .option('--from <environment>', 'environment that has it (default: the only one that the policy names)')
    .option('--id <id>', 'id of the release (default: that of the source environment)')
    .option('--base <branch>', 'branch to merge into (default: the default branch of origin, else main)')
    .option('--evidence <folder>', 'folder with signed evidence (default: .ingate/evidence)')
    .option('--rollback', 'go back to an earlier release of the environment, and put it on hold', false)
    .option('--release-hold', 'let another release in even if the environment is on hold', false)
    .option('--offline', 'no push and no pull request: a branch of this clone and a file with the text', false)
    .addOption(formatOption('text', 'json'));
  runs(promote, async () => (await import('../commands/promote.ts')).promote);

  const evidence = command(
    'evidence',
    'signed evidence of gates that passed',
    'ingate evidence sign -e qa',
    'ingate evidence verify .ingate/evidence/support/7c1f3a9e2b40/qa/release.dsse.json',
  );
  const sign = evidence
    .command('sign [gate]')
    .description('sign evidence for the gates that passed for what the environment runs now')
    .addOption(environmentOption)
    .option('--out <folder>', 'folder for evidence (default: .ingate/evidence)');
  runs(sign, async () => (await import('../commands/evidence-sign.ts')).evidenceSign);
  const verify = evidence
    .command('verify <files...>')
    .description('verify evidence against the keys, gates, policy and releases of the target branch')
    .option('--base <branch>', 'branch whose rules apply (default: the default branch of origin, else main)')
    .option('--offline', 'do not fetch the branch', false)
    .addOption(formatOption('text', 'json'));
  runs(verify, async () => (await import('../commands/evidence-verify.ts')).evidenceVerify);
  const key = evidence
    .command('key')
    .description('print the public part of the signing key, for releases/trust.yaml')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json'));
  runs(key, async () => (await import('../commands/evidence-key.ts')).evidenceKey);
}
