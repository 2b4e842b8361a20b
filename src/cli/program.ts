import { Command } from 'commander';
import type { Io } from './io.ts';
import { addCommentCommands } from './program/comment.ts';
import { addDriftCommands } from './program/drift.ts';
import { addEvaluationCommands } from './program/evaluations.ts';
import { addAdoptionCommands } from './program/adoption.ts';
import { addBatchCommands } from './program/batch.ts';
import { addFileCommands } from './program/files.ts';
import { addFlowCommands } from './program/flow.ts';
import { addGateCommands } from './program/gates.ts';
import { addRolloutCommands } from './program/rollout.ts';
import { addLocalCommands } from './program/local.ts';
import { addOperationCommands } from './program/operations.ts';
import { addPromotionCommands } from './program/promotion.ts';
import { addStatusCommands } from './program/status.ts';
import { examples, registrarOf } from './program/registrar.ts';
import { VERSION } from './version.ts';

/**
 * Builds the command line. Nothing but commander is loaded until a command runs. Commander takes options of the program
 * behind a command too; so `args` that name `invoke`, which has a `--version` of its own, get a program without.
 */
export function createProgram(io: Io, finish: (code: number) => void, args: readonly string[] = []): Command {
  const program = new Command('ingate')
    .description('Declarative GitOps for GenAI systems on Azure: plan, gates, rollouts and drift from YAML in Git.')
    .option('-C, --cwd <folder>', 'run as if started there', '.')
    .option('--no-color', 'no colour in the output')
    .option('--debug', 'show every request to Azure, and traces of errors', false)
    .exitOverride()
    .configureOutput({
      writeOut: io.write,
      writeErr: (text) =>
        io.say(
          ...text
            .trimEnd()
            .split('\n')
            .map((line) => [line]),
        ),
    })
    .showHelpAfterError('See `ingate help`.')
    .addHelpText('after', examples('ingate validate -e dev', 'ingate plan -e dev', 'ingate apply -e dev --yes'));
  if (!args.includes('invoke')) program.version(VERSION, '-V, --version', 'print the version');
  const registrar = registrarOf(program, io, finish);
  addFlowCommands(registrar);
  addDriftCommands(registrar);
  addCommentCommands(registrar);
  addGateCommands(registrar);
  addEvaluationCommands(registrar);
  addRolloutCommands(registrar);
  addBatchCommands(registrar);
  addPromotionCommands(registrar);
  addAdoptionCommands(registrar);
  addFileCommands(registrar);
  addLocalCommands(registrar);
  addOperationCommands(registrar);
  addStatusCommands(registrar);
  return program;
}
