import { problem } from '../../model/diagnostic.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { AzureReader } from '../../model/azure.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import { createSites } from '../../model/site.ts';
import type { Planned } from '../../planner/index.ts';
import { currentReport } from '../../reconcilers/evaluation/report-now.ts';
import type { EvaluationReport } from '../../reconcilers/evaluation/report.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { evaluationLines, evaluationMarkdown } from '../render/evaluation-report.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, openEnvironment, type EnvironmentOptions, type Opened } from '../session.ts';
import { jsonText } from '../text.ts';

/**
 * Shows the results of one evaluation of the environment, or of all, as Foundry has them. Writes nothing. What has no
 * results is said; the exit code is 1 when nothing could be shown.
 */
export async function evaluationReport(io: Io, options: EnvironmentOptions, name: string | undefined): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const connection = await connectTo(io, opened.value, options);
  try {
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const { reports, problems } = await readReports(opened.value, planned.value, connection.reader, name);
    if (problems.length > 0)
      reportProblems(io, problems, reports.length > 0 ? { ...options, output: 'text' } : options);
    if (reports.length === 0) return exitCodeFor(problems);
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
): Promise<{ reports: EvaluationReport[]; problems: Diagnostic[] }> {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  const nodes = [...graph.values()].filter(
    ({ id }) => kindOf(id) === 'Evaluation' && (name === undefined || nameOf(id) === name || id === name),
  );
  const reports: EvaluationReport[] = [];
  const problems: Diagnostic[] = [];
  if (nodes.length === 0) {
    const message =
      name === undefined ? 'The environment declares no Evaluation' : `There is no Evaluation named ${name}`;
    problems.push(problem('ING7006', message, { hint: 'See `ingate explain Evaluation`.' }));
  }
  for (const node of nodes) {
    const live = state.live.get(node.id);
    const found = live && (await currentReport(reader, sites.siteOf(node), live));
    if (found) reports.push(found);
    else
      problems.push(
        problem('ING7006', `${node.id} has no results yet`, {
          resource: node.id,
          hint: 'Run `ingate apply`; the plan says what is due.',
        }),
      );
  }
  return { reports, problems };
}

async function print(
  io: Io,
  environment: string,
  reports: readonly EvaluationReport[],
  output: string | undefined,
): Promise<void> {
  if (output === 'json') io.write(`${jsonText({ evaluations: reports }, 2)}\n`);
  else if (output === 'markdown') io.write(reports.map(evaluationMarkdown).join('\n'));
  else if (output === 'html')
    io.write((await import('../render/html/evaluation.ts')).evaluationPage(environment, reports));
  else io.print(...reports.flatMap(evaluationLines));
}
