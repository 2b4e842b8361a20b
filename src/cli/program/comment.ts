import type { Registrar } from './registrar.ts';

/** Commands that report on a pull request. */
export function addCommentCommands({ command, runs }: Registrar): void {
  const comment = command(
    'comment [plans...]',
    'write one pull request comment from saved plans; GitHub and Azure DevOps',
    'ingate comment dev.plan prod.plan',
    'ingate comment dev.plan --failed prod',
    'ingate comment dev.plan --gates .ingate/reports/EvaluationGate-release.json',
  )
    .option('--failed <environment...>', 'environments whose plan could not be made', [])
    .option('--gates <report...>', 'gate reports below .ingate/reports', [])
    .option('--dry-run', 'print the comment instead of posting it', false);
  runs(comment, async () => (await import('../commands/comment.ts')).comment);
}
