import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Results of evaluations that nothing waits for. */
export function addEvaluationCommands({ command, runs }: Registrar): void {
  const evaluation = command(
    'evaluation',
    'results of evaluations, of scheduled ones, and of red-team scans',
    'ingate evaluation report model-choice -e dev',
    'ingate evaluation report -e dev -o html > evaluations.html',
  );
  const report = evaluation
    .command('report [name]')
    .description('candidates ranked with intervals, scheduled runs, attacks that succeeded; without a name all of them')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'markdown', 'html'));
  runs(report, async () => (await import('../commands/evaluation.ts')).evaluationReport);
}
