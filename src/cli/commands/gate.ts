import { nameHint } from '../../planner/load/suggest.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { junitOf } from '../../gates/report/junit.ts';
import type { GateReport } from '../../gates/report/document.ts';
import { problem } from '../../model/diagnostic.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import type { EvaluationGateSpec } from '../../reconcilers/evaluation-gate/spec.ts';
import { exitCodes } from '../exit-codes.ts';
import { powerLines } from '../gate-power.ts';
import type { Io } from '../io.ts';
import { gateLines, gateMarkdown } from '../render/gate-report.ts';
import { gatesPage } from '../render/html/gates.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { openEnvironment, stateFolder, type EnvironmentOptions, type Opened } from '../session.ts';
import { jsonText } from '../text.ts';

/** Shows the reports that the last applies kept, of one gate or of all. Exits as the gates did. */
export async function gateReport(io: Io, options: EnvironmentOptions, name: string | undefined): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const reports = reportsOf(opened.value).filter(({ gate }) => name === undefined || nameOf(gate as never) === name);
  if (reports.length === 0) {
    const message =
      name === undefined
        ? 'No gate of this environment was evaluated from here'
        : `The gate ${name} was not evaluated from here`;
    const gates = [...opened.value.graph.keys()].filter((id) => kindOf(id) === 'EvaluationGate').map(nameOf);
    const unknown = name === undefined || gates.includes(name) ? undefined : nameHint(name, gates, 'gates');
    const problems = [
      problem('ING7003', message, { hint: unknown ?? 'Reports are kept by `ingate apply` below .ingate/reports.' }),
    ];
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  }
  if (options.output === 'json') io.write(`${jsonText({ gates: reports }, 2)}\n`);
  else if (options.output === 'junit') io.write(junitOf(reports));
  else if (options.output === 'html') io.write(gatesPage(opened.value.environment.name, reports));
  else if (options.output === 'markdown') io.write(reports.map(gateMarkdown).join('\n'));
  else io.print(...reports.flatMap(gateLines));
  const verdicts = new Set(reports.map(({ verdict }) => verdict));
  if (verdicts.has('fail') || verdicts.has('inconclusive')) return exitCodes.gateFailed;
  return verdicts.has('error') ? exitCodes.error : exitCodes.ok;
}

function reportsOf(opened: Opened): GateReport[] {
  const folder = join(stateFolder(opened.project), 'reports');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.startsWith('EvaluationGate-') && file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as GateReport)
    .filter(({ environment }) => environment === opened.environment.name);
}

/** Tells how many items each check needs, from the last report where there is one. */
export async function gatePower(io: Io, options: EnvironmentOptions, name: string | undefined): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const gates = [...opened.value.graph.values()].filter(
    (node) => kindOf(node.id) === 'EvaluationGate' && (name === undefined || nameOf(node.id) === name),
  );
  const reports = new Map(reportsOf(opened.value).map((report) => [report.gate, report]));
  io.print(
    ...gates.flatMap((node) => powerLines(node.id, node.spec as unknown as EvaluationGateSpec, reports.get(node.id))),
  );
  if (gates.length > 0 || name === undefined) return gates.length === 0 ? exitCodes.error : exitCodes.ok;
  const known = [...opened.value.graph.keys()].filter((id) => kindOf(id) === 'EvaluationGate').map(nameOf);
  const problems = [
    problem('ING7003', `There is no gate ${name} in this environment`, { hint: nameHint(name, known, 'gates') }),
  ];
  reportProblems(io, problems, options);
  return exitCodeFor(problems);
}
