import type { Command } from 'commander';
import type { Io } from '../io.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly cwd: string;
  readonly color: boolean;
  readonly debug: boolean;
}

/** How the files of this folder add commands. */
export interface Registrar {
  readonly program: Command;
  /** Adds a command; `samples` are shown in its help. */
  readonly command: (spec: string, summary: string, ...samples: readonly string[]) => Command;
  /** Hands parsed options to the command's file, which is loaded only when it runs. Options come first, then arguments. */
  readonly runs: (
    target: Command,
    load: () => Promise<(io: Io, options: never, ...args: never[]) => Promise<number>>,
  ) => void;
}

/** @param finish Is told the exit code. */
export function registrarOf(program: Command, io: Io, finish: (code: number) => void): Registrar {
  return {
    program,
    command: (spec, summary, ...samples) =>
      program
        .command(spec)
        .summary(summary)
        .description(summary)
        .addHelpText('after', examples(...samples)),
    runs: (target, load) => {
      target.action(async (...received: unknown[]) => {
        const args = received.slice(0, -2) as never[];
        const run = await load();
        finish(await run(io, target.optsWithGlobals<never>(), ...args));
      });
    },
  };
}

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
