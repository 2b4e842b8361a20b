import { CommanderError } from 'commander';
import { isAzureError } from '../model/azure.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { ProblemError } from '../model/diagnostic.ts';
import { concealingIo } from './concealing-io.ts';
import { exitCodes, signalCode } from './exit-codes.ts';
import { processIo, type Io } from './io.ts';
import { createProgram } from './program.ts';
import { exitCodeFor, reportProblems } from './report.ts';
import { stoppedLines } from './signals.ts';
import { styled, type Line } from './text.ts';

/** Runs one command line in this process and resolves to its exit code. Nothing is thrown past it. */
export async function runCli(
  args: readonly string[],
  outer: Io = processIo(args.includes('--no-color')),
): Promise<number> {
  const io = concealingIo(outer);
  const code = await runArguments(args, io);
  const lost = await io.written?.();
  // A reader that has seen enough, such as `head`, goes away; output that there is no room for is missing.
  if (lost === undefined || lost === 'EPIPE' || code !== exitCodes.ok) return code;
  io.say([styled('error', 'error ING6008')], [`  The output could not be written: ${lost}`]);
  return exitCodes.lostOutput;
}

async function runArguments(args: readonly string[], io: Io): Promise<number> {
  let code: number = exitCodes.ok;
  let stop: AbortSignal | undefined;
  const holdSignals: Io['holdSignals'] = () => {
    const held = io.holdSignals();
    stop = held.stop;
    return held;
  };
  const program = createProgram(
    { ...io, holdSignals },
    (result) => {
      code = result;
    },
    args,
  );
  if (args.length === 0) {
    program.outputHelp();
    return exitCodes.ok;
  }
  try {
    if (args[0] === '__complete')
      return await (await import('./commands/complete.ts')).completeWord(io, args.slice(1), program);
    await program.parseAsync([...args], { from: 'user' });
    return isStopped(stop) && code !== exitCodes.ok ? signalCode(stop.reason) : code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (isStopped(stop)) {
      io.say(...stoppedLines(String(stop.reason)));
      return signalCode(stop.reason);
    }
    if (error instanceof ProblemError) {
      reportProblems(io, [error.problem], {});
      return exitCodeFor([error.problem]);
    }
    if (isAzureError(error)) {
      const found = describeAzureError(error);
      reportProblems(io, [found], {});
      return exitCodeFor([found]);
    }
    io.say(...unexpected(error, args.includes('--debug')));
    return exitCodes.error;
  }
}

function isStopped(stop: AbortSignal | undefined): stop is AbortSignal {
  return stop?.aborted === true;
}

/** A bug of ours, told as such. */
function unexpected(error: unknown, debug: boolean): Line[] {
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error && debug ? (error.stack ?? '').split('\n').slice(1) : [];
  return [
    [styled('error', 'error ING6002')],
    ['  ', styled('strong', message)],
    ['  This is a bug of ingate. Run again with --debug and report it with the trace.'],
    ...trace.map((line): Line => [styled('dim', line)]),
  ];
}
