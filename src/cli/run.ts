import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { processIo, type Io } from './io.ts';
import { createProgram } from './program.ts';
import { styled, type Line } from './text.ts';

/** Runs one command line in this process and resolves to its exit code. Nothing is thrown past it. */
export async function runCli(
  args: readonly string[],
  io: Io = processIo(args.includes('--no-color')),
): Promise<number> {
  let code: number = exitCodes.ok;
  const program = createProgram(
    io,
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
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    io.say(...unexpected(error, args.includes('--debug')));
    return exitCodes.error;
  }
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
