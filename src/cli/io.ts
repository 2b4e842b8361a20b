import type { Clock } from '../azure/clock.ts';
import { createInterface } from 'node:readline/promises';
import { signalCode } from './exit-codes.ts';
import { stoppedLines, watchSignals } from './signals.ts';
import type { KnownSecrets } from '../model/known-secrets.ts';
import { printLine, type Line } from './text.ts';

/** The process as commands see it, so that tests can run them without one. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Time as everything that talks to Azure sees it; absent: this machine's. */
  readonly clock?: Clock;
  /** Secrets that no output holds; `concealingIo` sees to that. */
  readonly secrets?: KnownSecrets;
  /** Width of the terminal in characters; absent where there is none. */
  readonly columns?: number | undefined;
  /** A person is at the terminal and may be asked. */
  readonly interactive: boolean;
  /** Writes lines to standard output. */
  readonly print: (...lines: readonly Line[]) => void;
  /** Writes lines to standard error: progress and problems, so that standard output stays clean for other programs. */
  readonly say: (...lines: readonly Line[]) => void;
  /** Writes text to standard output as it is. Only for documents that were made harmless for their own format. */
  readonly write: (document: string) => void;
  /** Asks a person, and resolves to the answer; only where `interactive`. An interruption rejects. */
  readonly ask: (question: string) => Promise<string>;
  /**
   * From now on a request to stop does not end the process: `stop` aborts, and a second request aborts `kill`. For work
   * that has to be finished.
   */
  readonly holdSignals: () => { readonly stop: AbortSignal; readonly kill: AbortSignal };
  /** What `holdSignals` hands out as `stop`, without holding anything; absent where nobody can ask to stop. */
  readonly stop?: AbortSignal;
  /** Resolves when all output was written, or with the error code of the operating system when some was lost. */
  readonly written?: () => Promise<string | undefined>;
}

/** The time by the process's clock. */
export function nowOf({ clock }: Pick<Io, 'clock'>): Date {
  return new Date(clock?.now() ?? Date.now());
}

export interface ColourOptions {
  readonly env: Io['env'];
  readonly isTty: boolean;
  readonly noColor: boolean;
}

/** NO_COLOR and `--no-color` win, then FORCE_COLOR, then whether a terminal reads. */
function wantsColour({ env, isTty, noColor }: ColourOptions): boolean {
  if (noColor || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTty && env['TERM'] !== 'dumb';
}

export function isPipeline(env: Io['env']): boolean {
  return env['CI'] === 'true' || env['GITHUB_ACTIONS'] === 'true' || env['TF_BUILD'] === 'True';
}

const USUAL_COLUMNS = 120;

/** How wide lines may be: the terminal's width, else what COLUMNS says, else a usual one. */
export function columnsOf({ columns, env }: Pick<Io, 'columns' | 'env'>): number {
  const told = columns ?? Number(env['COLUMNS'] ?? Number.NaN);
  return Number.isInteger(told) && told > 0 ? told : USUAL_COLUMNS;
}

/**
 * The real process. A request to stop ends it with a sentence unless a command holds signals. Where output can no longer
 * be written nothing more is, quietly, as `head` expects; a command that holds signals is asked to stop.
 */
export function processIo(noColor: boolean): Io {
  const { stdout, stderr, stdin, env } = process;
  const out = wantsColour({ env, isTty: stdout.isTTY, noColor });
  const err = wantsColour({ env, isTty: stderr.isTTY, noColor });
  const lost = new Map<NodeJS.WriteStream, string>();
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    if (!lost.has(stream)) stream.write(text);
  };
  const say = (...lines: readonly Line[]): void =>
    write(stderr, lines.map((line) => `${printLine(line, err)}\n`).join(''));
  const signals = watchSignals((signal) => {
    say(...stoppedLines(signal));
    process.exit(signalCode(signal));
  });
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!lost.has(stream)) lost.set(stream, error.code ?? error.message);
      signals.lose();
    });
  }
  return {
    env,
    cwd: process.cwd(),
    columns: stdout.isTTY ? stdout.columns : undefined,
    interactive: stdin.isTTY && stdout.isTTY && !isPipeline(env),
    print: (...lines) => write(stdout, lines.map((line) => `${printLine(line, out)}\n`).join('')),
    say,
    write: (document) => write(stdout, document),
    ask: async (question) => {
      const terminal = createInterface({ input: stdin, output: stdout });
      terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
      try {
        return await terminal.question(question, { signal: signals.stop });
      } finally {
        terminal.close();
      }
    },
    holdSignals: signals.hold,
    stop: signals.stop,
    async written() {
      const flush = (stream: NodeJS.WriteStream): Promise<void> =>
        lost.has(stream) ? Promise.resolve() : new Promise((done) => stream.write('', () => done()));
      await Promise.all([flush(stdout), flush(stderr)]);
      return [...lost.values()].find((code) => code !== 'EPIPE') ?? [...lost.values()][0];
    },
  };
}
