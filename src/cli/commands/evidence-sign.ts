import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signEnvelope, type Signer } from '../../evidence/dsse.ts';
import { encodeStatement } from '../../evidence/statement.ts';
import type { GateReport } from '../../gates/report/document.ts';
import { hasErrors, problem, warning, type Diagnostic } from '../../model/diagnostic.ts';
import { kindOf, nameOf, type ResourceId } from '../../model/resource-id.ts';
import type { Planned } from '../../planner/index.ts';
import { nameHint } from '../../planner/load/suggest.ts';
import { attest, type KeptReport } from '../promotion/attest.ts';
import { writeEvidence } from '../promotion/evidence-files.ts';
import { fromRoot, promotionsOf } from '../promotion/files.ts';
import { releaseThere } from '../promotion/there.ts';
import { signerOf } from '../promotion/signer.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { connectTo, makePlan, openEnvironment, stateFolder, type EnvironmentOptions, type Opened } from '../session.ts';
import { styled } from '../text.ts';

export interface SignOptions extends EnvironmentOptions {
  /** Folder of evidence; `.ingate/evidence` without it. */
  readonly out?: FilePath;
}

/** Signs for the gates that passed on what the environment has now: one file per gate and release. Reads Azure only. */
export async function evidenceSign(io: Io, options: SignOptions, gate: string | undefined): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const refuse = (problems: readonly Diagnostic[]): number => {
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  };
  const unknown = gate === undefined ? undefined : unknownGate(opened.value, gate);
  if (unknown) return refuse([unknown]);
  const connection = await connectTo(io, opened.value, options);
  try {
    const signer = await signerOf(io, connection);
    if ('code' in signer) return refuse([signer]);
    const planned = await makePlan(io, opened.value, connection, { ...options, prune: false });
    if (planned.exitCode !== undefined) return planned.exitCode;
    const folder =
      options.out === undefined ? join(stateFolder(opened.value.project), 'evidence') : options.out.absolute;
    const problems = await signAll(io, opened.value, planned.value, { signer, folder, gate });
    return problems.length === 0 ? exitCodes.ok : hasErrors(problems) ? refuse(problems) : tell(io, problems, options);
  } finally {
    await connection.close();
  }
}

function tell(io: Io, problems: readonly Diagnostic[], options: SignOptions): number {
  reportProblems(io, problems, { ...options, output: 'text' });
  return exitCodes.ok;
}

function unknownGate({ graph, scope }: Opened, gate: string): Diagnostic | undefined {
  const gates = [...graph.keys()].filter((id) => kindOf(id) === 'EvaluationGate').map(nameOf);
  if (gates.includes(gate)) return undefined;
  return problem('ING8212', `There is no gate ${gate} in ${scope.name}`, { hint: nameHint(gate, gates, 'gates') });
}

interface Signing {
  readonly signer: Signer;
  readonly folder: string;
  readonly gate: string | undefined;
}

async function signAll(io: Io, opened: Opened, planned: Planned, { signer, folder, gate }: Signing) {
  const { project, scope } = opened;
  const all = promotionsOf(project);
  if (hasErrors(all.diagnostics)) return all.diagnostics;
  const own = all.promotions.filter(({ policy }) => policy.stages.some((one) => one.environment === scope.name));
  if (own.length === 0) return [problem('ING8212', `No policy has ${scope.name} among its stages`)];
  const reports = keptReports(opened).filter(
    ({ report }) => gate === undefined || nameOf(report.gate as ResourceId) === gate,
  );
  if (reports.length === 0)
    return [
      problem('ING8212', `There is no report of ${gate === undefined ? 'a gate' : gate} of ${scope.name} here`, {
        hint: 'Reports are kept by `ingate apply` below .ingate/reports.',
      }),
    ];
  const problems: Diagnostic[] = [];
  for (const promotion of own) {
    const { id, contents, pending } = releaseThere(opened, planned, promotion, all);
    if (id === undefined || pending.length > 0) {
      problems.push(
        problem('ING8212', `${scope.name} does not have ${promotion.name} as its files say: ${pending.join(', ')}`),
      );
      continue;
    }
    for (const kept of reports) {
      const statement = attest(opened, planned, kept, { release: promotion.name, contents });
      const name = nameOf(kept.report.gate as ResourceId);
      if (typeof statement === 'string') {
        const tellIt = gate === undefined ? warning : problem;
        problems.push(tellIt('ING8212', `Not signed for ${kept.report.gate}: ${statement}`));
        continue;
      }
      const envelope = await signEnvelope(encodeStatement(statement), signer);
      const place = { release: promotion.name, id, environment: scope.name, gate: name };
      const isNew = writeEvidence(folder, place, envelope, kept.bytes);
      io.print([
        styled(isNew ? 'add' : 'dim', isNew ? 'signed ' : 'there already '),
        `${kept.report.gate} about ${promotion.name} ${id}  ${fromRoot(project, folder)}`,
      ]);
    }
  }
  return problems;
}

function keptReports({ project, scope }: Opened): KeptReport[] {
  const folder = join(stateFolder(project), 'reports');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.startsWith('EvaluationGate-') && file.endsWith('.json'))
    .toSorted()
    .map((file) => readFileSync(join(folder, file)))
    .map((bytes) => ({ bytes, report: JSON.parse(bytes.toString('utf8')) as GateReport }))
    .filter(({ report }) => report.environment === scope.name);
}
