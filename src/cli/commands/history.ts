import { readHead } from '../../git/head.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError } from '../../model/azure.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { AppliedMark } from '../../model/kind.ts';
import { validateEnvironment } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import { readJournals } from '../history/journals.ts';
import { historyLines } from '../history/lines.ts';
import { watchFiles } from '../watched-files.ts';
import { timelineOf } from '../history/timeline.ts';
import type { Io } from '../io.ts';
import { journalFolder } from '../journal.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, openEnvironment, stateFolder, type EnvironmentOptions, type Opened } from '../session.ts';
import { jsonText } from '../text.ts';

export interface HistoryOptions extends EnvironmentOptions {
  /** Most applies that are told. */
  readonly limit: number;
}

/** What was applied, when, from which commit and by whom, as far as this machine, Git and Azure know. Changes nothing. */
export async function history(io: Io, options: HistoryOptions): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const { project, environment, scope } = opened.value;
  const watched = watchFiles(project.files);
  validateEnvironment({ files: watched.files, folder: environment.folder, kinds: registry });
  const [{ applied, problem }, head] = await Promise.all([
    readApplied(io, opened.value, options),
    readHead(project.root, watched),
  ]);
  const journals = readJournals(journalFolder(stateFolder(project), scope.name), options.limit);
  const timeline = await timelineOf({
    root: project.root,
    head: head.commit,
    paths: watched.paths(),
    applied,
    runs: journals.runs,
  });
  const problems = [...journals.problems, ...(problem ? [problem] : [])];
  if (options.output === 'json') {
    const document = { environment: scope.name, applied: applied ?? null, ...timeline, diagnostics: problems };
    io.write(`${jsonText(document, 2)}\n`);
  } else {
    io.print(...historyLines(scope.name, applied, timeline));
    if (problems.length > 0) reportProblems(io, problems, {});
  }
  return problem ? exitCodeFor([problem]) : exitCodes.ok;
}

/** What the resource group says of the last complete apply. Where Azure does not answer, the rest is told all the same. */
async function readApplied(
  io: Io,
  opened: Opened,
  options: HistoryOptions,
): Promise<{ readonly applied?: AppliedMark | undefined; readonly problem?: Diagnostic }> {
  const connection = await connectTo(io, opened, options);
  const kind = registry.get('Environment');
  try {
    const group = await connection.reader.get({ path: opened.scope.groupPath, apiVersion: kind?.apiVersion ?? '' });
    return { applied: group && kind?.appliedMark?.(group) };
  } catch (error) {
    if (isAzureError(error)) return { problem: describeAzureError(error) };
    throw error;
  } finally {
    await connection.close();
  }
}
