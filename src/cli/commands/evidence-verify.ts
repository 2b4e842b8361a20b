import { parseEnvelope, payloadDigest, payloadOf } from '../../evidence/dsse.ts';
import { parseStatement } from '../../evidence/statement.ts';
import { verifyEvidence, type EvidenceFile } from '../../evidence/verify.ts';
import { hasErrors, problem, type Diagnostic } from '../../model/diagnostic.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import type { Promotions } from '../../planner/promotion.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import { nowOf, type Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { readEvidence } from '../promotion/evidence-files.ts';
import { openAt, promotionsOf } from '../promotion/files.ts';
import { expectedOf } from '../promotion/judge.ts';
import { openTarget } from '../promotion/target.ts';
import { openProject, type Project } from '../project.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { jsonText, styled } from '../text.ts';

export interface VerifyOptions extends GlobalOptions {
  readonly output?: string;
  readonly base?: string;
  readonly offline: boolean;
}

/** Holds files of evidence against the target branch: its keys, its gates, its policy and its releases. */
export async function evidenceVerify(io: Io, options: VerifyOptions, paths: readonly FilePath[]): Promise<number> {
  const project = openProject(options.cwd);
  const refuse = (problems: readonly Diagnostic[]): number => {
    reportProblems(io, problems, options);
    return exitCodeFor(problems);
  };
  if ('code' in project) return refuse([project]);
  const target = await openTarget(project, options.base, options.offline);
  if ('code' in target) return refuse([target]);
  const all = promotionsOf(project, target.files);
  if (hasErrors(all.diagnostics)) return refuse(all.diagnostics);
  const known = { ...all, now: nowOf(io) };
  const results = paths.map((path) => verifyOne(project, target.files, known, readFile(path)));
  const problems = results.flatMap((one) => one.problems);
  const good = results.flatMap((one) => (one.shown ? [one.shown] : []));
  if (problems.length > 0) return refuse(problems);
  if (options.output === 'json') io.write(`${jsonText({ verified: good }, 2)}\n`);
  else
    io.print(
      ...good.map((one) => [
        styled('add', 'holds '),
        `${one.gate} about ${one.release} ${one.id} in ${one.environment}, ${one.finished}, signed by ${one.key}, digest ${one.digest}`,
      ]),
    );
  return exitCodes.ok;
}

function readFile({ absolute, shown }: FilePath): EvidenceFile | string {
  try {
    return { ...readEvidence(absolute), file: shown };
  } catch {
    return shown;
  }
}

interface Shown {
  readonly gate: string;
  readonly release: string;
  readonly id: string;
  readonly environment: string;
  readonly finished: string;
  readonly key: string;
  readonly digest: string;
}

/** The release, the environment and the gate are those that the statement names; what they are is said by the target branch. */
function verifyOne(
  project: Project,
  files: Project['files'],
  all: Promotions & { readonly now: Date },
  file: EvidenceFile | string,
): { readonly problems: readonly Diagnostic[]; readonly shown?: Shown } {
  if (typeof file === 'string') return { problems: [problem('ING8211', `${file} cannot be read`)] };
  const envelope = parseEnvelope(file.text);
  const statement = envelope && parseStatement(payloadOf(envelope));
  if (!envelope || !statement) return { problems: [problem('ING8211', `${file.file} is not evidence of a gate`)] };
  const { gate, environment, finished } = statement.predicate.ingate;
  const whole = statement.subject.find(({ name }) => name.startsWith('Release/'));
  const [name, id] = [whole?.name.slice('Release/'.length) ?? '', whole?.digest.sha256.slice(0, 12) ?? ''];
  const here = [...all.releases, ...promotionsOf(project).releases];
  const release = here.find((one) => one.name === name && one.id === id);
  const stage = all.promotions
    .find((one) => one.name === name)
    ?.policy.stages.find((one) => one.from.includes(environment));
  if (!release)
    return { problems: [problem('ING8202', `${file.file} is about the release ${name} ${id}, which is not here`)] };
  if (!stage)
    return {
      problems: [problem('ING8207', `${file.file} is from ${environment}, which no release of ${name} comes from`)],
    };
  const source = openAt(project, files, environment);
  if (!('graph' in source)) return { problems: source };
  const expected = expectedOf({ release, stage, source, trust: all.trust, now: all.now }, nameOf(gate as ResourceId));
  const { verified, problems } = verifyEvidence(file, expected);
  if (!verified) return { problems };
  const digest = payloadDigest(envelope);
  return { problems: [], shown: { gate, release: name, id, environment, finished, key: verified.key, digest } };
}
