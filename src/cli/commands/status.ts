import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../model/diagnostic.ts';
import { exitCodes } from '../exit-codes.ts';
import { readJournals } from '../history/journals.ts';
import { columnsOf, type Io } from '../io.ts';
import { journalFolder } from '../journal.ts';
import { statusLines } from '../render/status-text.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, openEnvironment, stateFolder, type EnvironmentOptions } from '../session.ts';
import type { EnvironmentStatus } from '../status/document.ts';
import { jsonText } from '../text.ts';

export interface StatusOptions extends EnvironmentOptions {
  /** Seconds that Azure gets for everything. */
  readonly timeout: number;
  /** Seconds between two looks; absent for one look. */
  readonly watch?: number | true;
}

const WATCH_SECONDS = 15;
/** Applies that are looked through for the one that the resource group names. */
const JOURNALS = 50;

/** Shows an environment at a glance. Reads only. Exits as an error does when a part of it could not be read. */
export async function status(io: Io, options: StatusOptions, name?: string): Promise<number> {
  if (options.watch !== undefined && options.output === 'html') {
    const problems = [problem('ING6340', 'One page cannot show what changes: --watch goes with text and json')];
    reportProblems(io, problems, options);
    return exitCodes.usage;
  }
  const opened = openEnvironment(io, { ...options, ...(name === undefined ? {} : { environment: name }) });
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  const { readStatus } = await import('../status/read.ts');
  const look = (): Promise<EnvironmentStatus> => {
    const { graph, scope, project } = opened.value;
    const { runs } = readJournals(journalFolder(stateFolder(project), scope.name), JOURNALS);
    return readStatus({
      graph,
      scope,
      connection,
      timeout: options.timeout,
      now: new Date(connection.reader.now()),
      runs,
    });
  };
  try {
    if (options.watch === undefined) return await show(io, options, await look());
    const { stop } = io.holdSignals();
    const pause = (options.watch === true ? WATCH_SECONDS : Math.max(1, options.watch)) * 1000;
    for (let first = true; !stop.aborted; first = false) {
      const seen = await look();
      if (options.output === 'json') io.write(`${jsonText(seen)}\n`);
      else {
        if (io.interactive && io.env['TERM'] !== 'dumb') io.write(CLEAR);
        else if (!first) io.print([]);
        await show(io, options, seen);
      }
      await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
    }
    return exitCodes.ok;
  } finally {
    await connection.close();
  }
}

/** Moves to the top of the terminal and clears it. */
const CLEAR = '\u001b[H\u001b[2J';

async function show(io: Io, options: StatusOptions, seen: EnvironmentStatus): Promise<number> {
  if (options.output === 'json') io.write(`${jsonText(seen, 2)}\n`);
  else if (options.output === 'html') {
    const { statusPage } = await import('../render/html/status.ts');
    io.write(statusPage(seen));
  } else io.print(...statusLines(seen, columnsOf(io)));
  if (seen.diagnostics.length === 0) return exitCodes.ok;
  if (options.output !== 'json') reportProblems(io, seen.diagnostics, {});
  return exitCodeFor(seen.diagnostics);
}
