import type { Io } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run.ts';
import { printLine } from '../../src/cli/text.ts';
import { impatientClock } from './impatient-clock.ts';
import type { Ran } from './lab.ts';

/**
 * Runs a command with a person at the terminal who does something, such as a change in the portal, between reading the
 * plan and answering "yes".
 */
export async function runAnswering(args: readonly string[], meanwhile: () => Promise<unknown>): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    env: {},
    cwd: process.cwd(),
    clock: impatientClock(),
    interactive: true,
    print: (...lines) => (out += lines.map((line) => `${printLine(line, false)}\n`).join('')),
    say: (...lines) => (err += lines.map((line) => `${printLine(line, false)}\n`).join('')),
    write: (document) => (out += document),
    async ask() {
      await meanwhile();
      return 'yes';
    },
    holdSignals: () => ({ stop: new AbortController().signal, kill: new AbortController().signal }),
  };
  const code = await runCli(args, io);
  return { code, out, err };
}
