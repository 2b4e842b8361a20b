import { CommanderError, type Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { environmentOption, formatOption } from './options.ts';
import type { Registrar } from './registrar.ts';

/** Batch inference: managed batches of models, container jobs and batch endpoints. */
export function addBatchCommands({ command, runs }: Registrar): void {
  const batch = command(
    'batch',
    'batch inference: send batches, follow them and collect results',
    'ingate batch run ModelDeployment/bulk -e dev --input rows.jsonl --results out',
    'ingate batch status ContainerJob/sort-tickets -e dev',
    'ingate batch results ModelDeployment/bulk -e dev --results out',
  );
  const shared = (one: Command): Command =>
    one
      .addOption(environmentOption)
      .addOption(formatOption('text', 'json'))
      .option('--project <name>', 'project of a model deployment, if its account has several')
      .option('--results <folder>', 'where results.jsonl and errors.jsonl are written')
      .option('--fail-above <share>', 'fail when more than this share of rows has no answer', parseShare, 0);
  const run = shared(
    batch
      .command('run <target>')
      .description('send a batch to a ModelDeployment, ContainerJob or BatchEndpoint, once per input, and wait for it'),
  )
    .option('--input <file>', 'rows as JSON Lines, for a model deployment')
    .option('--input-uri <uri>', 'folder or file that a batch endpoint scores')
    .option('--output-uri <uri>', 'folder for the results of a batch endpoint')
    .option('--arg <value...>', 'arguments of a container job', [])
    .option('--again', 'send the batch even if the same batch was sent before', false)
    .option('--no-wait', 'return once the batch is sent');
  runs(run, async () => (await import('../commands/batch.ts')).batchRun);
  const status = shared(batch.command('status <target>').description('list the batches of a target; read-only'));
  runs(status, async () => (await import('../commands/batch.ts')).batchStatus);
  const results = shared(
    batch.command('results <target> [id]').description('write the results of a batch (default: the latest)'),
  );
  runs(results, async () => (await import('../commands/batch.ts')).batchResults);
}

function parseShare(text: string): number {
  const share = Number(text);
  if (!(share >= 0 && share <= 1))
    throw new CommanderError(exitCodes.usage, 'ingate.share', `error: "${text}" is not a share from 0 to 1`);
  return share;
}
