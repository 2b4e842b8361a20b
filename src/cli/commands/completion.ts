import { scripts } from '../completion/scripts.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { nameHint } from '../../planner/load/suggest.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { styled } from '../text.ts';

/** Prints a script that lets a shell complete command lines of ingate, by asking ingate. */
export async function completion(io: Io, _options: GlobalOptions, shell: string): Promise<number> {
  const script = Object.entries(scripts).find(([name]) => name === shell)?.[1];
  if (script === undefined) {
    io.say(
      [styled('error', `There is no completion for "${shell}".`)],
      [nameHint(shell, Object.keys(scripts), 'completions')],
    );
    return exitCodes.usage;
  }
  io.write(script);
  return exitCodes.ok;
}
