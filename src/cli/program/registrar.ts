import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { countOptions } from './once.ts';
import { resolvedArguments, resolvedOptions } from './paths.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  /** Where the command was started, absolute; the `cwd` of its `Io` is the same. */
  readonly cwd: string;
  readonly color: boolean;
  readonly debug: boolean;
}

/** How the files of this folder add commands. */
export interface Registrar {
  readonly program: Command;
  /** Adds a command; `samples` are shown in its help. */
  readonly command: (spec: string, summary: string, ...samples: readonly string[]) => Command;
  /**
   * Hands parsed options to the command's file, which is loaded only when it runs. Options come first, then arguments;
   * paths among them are `FilePath`s. An option with one value that was given twice is refused.
   */
  readonly runs: (
    target: Command,
    load: () => Promise<(io: Io, options: never, ...args: never[]) => Promise<number>>,
  ) => void;
}

/** @param finish Receives the exit code. */
export function registrarOf(program: Command, io: Io, finish: (code: number) => void): Registrar {
  const once = countOptions();
  once.watch(program);
  return {
    program,
    command: (spec, summary, ...samples) =>
      program
        .command(spec)
        .summary(summary)
        .description(summary)
        .addHelpText('after', examples(...samples)),
    runs: (target, load) => {
      once.watch(target);
      target.action(async (...received: unknown[]) => {
        once.check(target);
        const started = resolve(io.cwd, target.optsWithGlobals<{ cwd: string }>().cwd);
        const options = resolvedOptions(target, started) as never;
        const args = resolvedArguments(target, received.slice(0, -2), started) as never[];
        const run = await load();
        finish(await run({ ...io, cwd: started }, options, ...args));
      });
    },
  };
}

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
