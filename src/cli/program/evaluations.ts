import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Results of evaluations that nothing waits for. */
export function addEvaluationCommands({ command, runs }: Registrar): void {
  const evaluation = command(
    'evaluation',
    'results of evaluations, scheduled evaluations and red-team scans',
    'ingate evaluation report model-choice -e dev',
    'ingate evaluation report -e dev -o html > evaluations.html',
  );
  const report = evaluation
    .command('report [name]')
    .description('show ranked candidates with intervals, scheduled runs, successful attacks (default: all evaluations)')
    .addOption(environmentOption)
    .addOption(formatOption('text', 'json', 'markdown', 'html'));
  runs(report, async () => (await import('../commands/evaluation.ts')).evaluationReport);
}
