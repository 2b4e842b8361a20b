import type { Connection } from '../../azure/connect.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { WriteContext } from '../../model/kind.ts';
import { openBatch, type BatchRequest, type OpenedBatch } from '../batch/open.ts';
import type { BatchRun } from '../../reconcilers/shared/batch/port.ts';
import { saveResults } from '../batch/save.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { contextFor } from '../rollout/open.ts';
import { connectTo, makePlan, openEnvironment, type EnvironmentOptions } from '../session.ts';
import { announceVirtualClock } from '../virtual-clock.ts';
import { jsonText, styled, type Line } from '../text.ts';

export interface BatchOptions extends EnvironmentOptions, BatchRequest {
  /** False: ends when the batch is sent. */
  readonly wait?: boolean;
  readonly again?: boolean;
  /** Folder for results. */
  readonly results?: FilePath;
  /** Share of rows without an answer from which on the command fails. */
  readonly failAbove: number;
}

const FIRST_POLL = 500;
const POLL = 10_000;
const ATTEMPTS = 3;

/** Sends a batch, unless the same was sent before, waits for it and writes its results. */
export async function batchRun(io: Io, options: BatchOptions, target: string): Promise<number> {
  return withBatch(io, options, target, true, async (opened, connection, context) => {
    const again = options.again ? `-${connection.session.correlationId.slice(0, 8)}` : '';
    const run = await ensureRun(opened, `${opened.key}${again}`, context);
    io.say([`${target}: batch ${run.id}, ${run.state}`]);
    if (options.wait === false) return shown(io, options, target, run);
    const ended = await finished(opened, run, context, target);
    if (ended.status === 'failed') return failed(io, options, target, ended);
    return delivered(io, options, target, opened, ended);
  });
}

/** Lists the batches of a target. Only reads. */
export async function batchStatus(io: Io, options: BatchOptions, target: string): Promise<number> {
  return withBatch(io, options, target, false, async ({ port }) => {
    const runs = await port.list();
    if (options.output === 'json') io.write(`${jsonText({ target, batches: runs }, 2)}\n`);
    else if (runs.length === 0) io.print([`${target} has no batch that was sent from here.`]);
    else io.print(...runs.map(runLine));
    return exitCodes.ok;
  });
}

/** Writes the results of a batch: by its id, or of the newest. */
export async function batchResults(io: Io, options: BatchOptions, target: string, id?: string): Promise<number> {
  return withBatch(io, options, target, false, async (opened) => {
    const runs = await opened.port.list();
    const run = id === undefined ? runs[0] : runs.find((one) => one.id === id);
    if (!run) return refuse(io, options, problem('ING6505', `${target} has no batch ${id ?? ''}`.trimEnd()));
    if (run.status === 'failed') return failed(io, options, target, run);
    if (run.status === 'running') return shown(io, options, target, run);
    return delivered(io, options, target, opened, run);
  });
}

async function withBatch(
  io: Io,
  options: BatchOptions,
  target: string,
  start: boolean,
  body: (opened: OpenedBatch, connection: Connection, context: WriteContext) => Promise<number>,
): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    announceVirtualClock(io, opened.value);
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const signal = start ? io.holdSignals().stop : new AbortController().signal;
    const context = await contextFor(io, opened.value, connection, signal, (line) => io.say([`${target}: ${line}`]));
    const batch = openBatch(opened.value, planned.value, context, target, options, start);
    if ('code' in batch) return refuse(io, options, batch);
    return await body(batch, connection, context);
  } catch (error) {
    if (isAzureError(error)) return refuse(io, options, describeAzureError(error));
    if (error instanceof Error && error.name === 'AbortError') {
      io.say(['The batch goes on. The same command finds it again.']);
      return exitCodes.interrupted;
    }
    throw error;
  } finally {
    await connection.close();
  }
}

function refuse(io: Io, options: BatchOptions, found: Diagnostic): number {
  reportProblems(io, [found], options);
  return exitCodeFor([found]);
}

/** The batch with a key: one that was sent before, else a new one, exactly one whatever answer is lost. */
async function ensureRun({ port }: OpenedBatch, key: string, { report }: WriteContext): Promise<BatchRun> {
  for (let attempt = 1; ; attempt++) {
    const known = await port.find(key);
    if (known) return known;
    try {
      report('sending the batch');
      return await port.start(key);
    } catch (error) {
      const mayBeThere =
        isAzureError(error) && (error.details.maybeDone === true || (error.details.status ?? 0) >= 500);
      if (!mayBeThere || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function finished(
  { port }: OpenedBatch,
  first: BatchRun,
  { azure, report, signal }: WriteContext,
  target: string,
): Promise<BatchRun> {
  let told = '';
  let run = first;
  for (let pause = FIRST_POLL; run.status === 'running'; pause = Math.min(POLL, pause * 2)) {
    await azure.sleep(pause, signal);
    run = await port.read(run.id);
    const progress = progressOf(run);
    if (progress !== told) report(progress);
    told = progress;
  }
  return run.id === '' ? { ...run, id: target } : run;
}

function progressOf({ state, total = 0, completed = 0, failed: wrong = 0 }: BatchRun): string {
  return total === 0 ? state : `${state}, ${completed + wrong} of ${total} rows`;
}

function shown(io: Io, options: BatchOptions, target: string, run: BatchRun): number {
  if (options.output === 'json') io.write(`${jsonText({ target, batch: run }, 2)}\n`);
  else io.print(runLine(run));
  return exitCodes.ok;
}

function runLine(run: BatchRun): Line {
  const style = run.status === 'failed' ? 'error' : run.status === 'succeeded' ? 'add' : 'title';
  return [styled('strong', run.id), '  ', styled(style, run.state), `  ${run.created}  ${rowsOf(run)}`.trimEnd()];
}

function rowsOf({ total, completed = 0, failed: wrong = 0 }: BatchRun): string {
  return total === undefined ? '' : `${completed} of ${total} rows answered, ${wrong} failed`;
}

function failed(io: Io, options: BatchOptions, target: string, run: BatchRun): number {
  const why = run.reason === undefined ? '' : `: ${run.reason}`;
  refuse(
    io,
    options,
    problem('ING6503', `${target}: the batch ${run.id} is ${run.state}${why}`, {
      hint: 'Correct it, and send it once more with --again.',
    }),
  );
  return exitCodes.incomplete;
}

/** Writes what came out and says whether enough rows have an answer. */
async function delivered(
  io: Io,
  options: BatchOptions,
  target: string,
  { port }: OpenedBatch,
  run: BatchRun,
): Promise<number> {
  const results = await port.results(run.id);
  const rows = results ? results.answers.length + results.errors.length : 0;
  const share = results && rows > 0 ? results.errors.length / rows : 0;
  if (results && options.results !== undefined) saveResults(options.results.absolute, run, results);
  const summary = {
    target,
    batch: run,
    ...(results ? { answers: results.answers.length, errors: results.errors.length } : {}),
  };
  if (options.output === 'json') io.write(`${jsonText(summary, 2)}\n`);
  else {
    io.print(runLine(run));
    if (results && options.results !== undefined)
      io.print([
        `${results.answers.length} answers and ${results.errors.length} errors are in ${options.results.shown}.`,
      ]);
    if (!results) io.print(['What it produced is where the work itself puts it.']);
  }
  if (share <= options.failAbove) return exitCodes.ok;
  const percent = `${Number((share * 100).toPrecision(3))} %`;
  io.say([styled('error', 'error ING6504'), ` ${target}: ${percent} of the rows have no answer`]);
  return exitCodes.incomplete;
}
