import { problem, ProblemError, type Diagnostic } from '../../model/diagnostic.ts';
import type { AzureReader } from '../../model/azure.ts';
import type { Live, Site } from '../../model/kind.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import { createSites } from '../../model/site.ts';
import type { Planned } from '../../planner/index.ts';
import { currentReport } from '../../reconcilers/evaluation/report-now.ts';
import type { EvaluationReport } from '../../reconcilers/evaluation/report.ts';
import { scheduleHistory, type ScheduleReport } from '../../reconcilers/evaluation-schedule/history.ts';
import { PREVIEW } from '../../reconcilers/evaluation-schedule/index.ts';
import type { ScanReport } from '../../reconcilers/shared/red-team/report.ts';
import { currentScan } from '../../reconcilers/shared/red-team/run.ts';
import { nameHint } from '../../planner/load/suggest.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { evaluationLines, evaluationMarkdown } from '../render/evaluation-report.ts';
import { scanLines, scanMarkdown } from '../render/scan-report.ts';
import { scheduleLines, scheduleMarkdown } from '../render/schedule-report.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, openEnvironment, type EnvironmentOptions, type Opened } from '../session.ts';
import { jsonText } from '../text.ts';

const KINDS: ReadonlySet<string> = new Set(['Evaluation', 'EvaluationSchedule', 'RedTeamScan']);

interface Reports {
  readonly evaluations: EvaluationReport[];
  readonly schedules: ScheduleReport[];
  readonly scans: ScanReport[];
  /** What has no results. */
  readonly problems: Diagnostic[];
}

/**
 * Shows the results of one Evaluation, EvaluationSchedule or RedTeamScan, or of all of the environment, as Foundry has them. Writes nothing.
 * What has no results is said; the exit code is 1 when nothing could be shown.
 */
export async function evaluationReport(io: Io, options: EnvironmentOptions, name: string | undefined): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const reports = await readReports(opened.value, planned.value, connection.reader, name);
    const isEmpty = reports.evaluations.length + reports.schedules.length + reports.scans.length === 0;
    if (reports.problems.length > 0)
      reportProblems(io, reports.problems, isEmpty ? options : { root: opened.value.project.root });
    if (isEmpty) return exitCodeFor(reports.problems);
    await print(io, opened.value.environment.name, reports, options.output);
    return exitCodes.ok;
  } finally {
    await connection.close();
  }
}

async function readReports(
  { graph, scope }: Opened,
  { state }: Planned,
  reader: AzureReader,
  name: string | undefined,
): Promise<Reports> {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  const nodes = [...graph.values()].filter(
    ({ id }) => KINDS.has(kindOf(id)) && (name === undefined || nameOf(id) === name || id === name),
  );
  const found: Reports = { evaluations: [], schedules: [], scans: [], problems: [] };
  if (nodes.length === 0) {
    const what = 'Evaluation, EvaluationSchedule or RedTeamScan';
    const message = name === undefined ? `The environment declares no ${what}` : `There is no ${what} named ${name}`;
    const known = [...graph.keys()].filter((id) => KINDS.has(kindOf(id)));
    const hint = name === undefined ? 'See `ingate explain Evaluation`.' : nameHint(name, known, 'evaluations');
    found.problems.push(problem('ING7006', message, { hint }));
  }
  for (const node of nodes) {
    const live = state.live.get(node.id);
    const site = sites.siteOf(node);
    try {
      if (live && (await readOne(found, reader, site, live))) continue;
      const hint = 'Run `ingate apply`; the plan says what is due.';
      found.problems.push(problem('ING7006', `${node.id} has no results yet`, { resource: node.id, hint }));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      found.problems.push(error.problem);
    }
  }
  return found;
}

/** Adds the results of one resource; false when there are none yet. */
async function readOne(found: Reports, reader: AzureReader, site: Site, live: Live): Promise<boolean> {
  switch (kindOf(site.id)) {
    case 'Evaluation':
      return added(found.evaluations, await currentReport(reader, site, live));
    case 'EvaluationSchedule':
      return added(found.schedules, await scheduleHistory(reader, site, live, PREVIEW));
    default:
      return added(found.scans, await currentScan(reader, site, live));
  }
}

function added<Report>(list: Report[], report: Report | undefined): boolean {
  if (report !== undefined) list.push(report);
  return report !== undefined;
}

async function print(
  io: Io,
  environment: string,
  { evaluations, schedules, scans }: Reports,
  output: string | undefined,
): Promise<void> {
  if (output === 'json') io.write(`${jsonText({ evaluations, schedules, scans }, 2)}\n`);
  else if (output === 'markdown')
    io.write(
      [...evaluations.map(evaluationMarkdown), ...schedules.map(scheduleMarkdown), ...scans.map(scanMarkdown)].join(
        '\n',
      ),
    );
  else if (output === 'html')
    io.write(
      (await import('../render/html/evaluation.ts')).evaluationPage(environment, { evaluations, schedules, scans }),
    );
  else
    io.print(...evaluations.flatMap(evaluationLines), ...schedules.flatMap(scheduleLines), ...scans.flatMap(scanLines));
}
