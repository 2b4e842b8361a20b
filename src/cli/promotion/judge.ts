import { append } from '../../model/append.ts';
import { verifyEvidence, type EvidenceFile, type Verified } from '../../evidence/verify.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { durationText } from '../../model/promotion/duration.ts';
import { releaseDigest, subjectsOf } from '../../model/promotion/contents.ts';
import type { Approval, Release, Stage, TrustedKeys } from '../../model/promotion/types.ts';
import { resourceId } from '../../model/resource-id.ts';
import { gateDigests } from '../../reconcilers/evaluation-gate/evidence.ts';
import type { Opened } from '../session.ts';
import type { There } from './there.ts';
import { isoTime } from '../../model/time.ts';

/** What is known about a promotion before it is decided. */
export interface Case {
  readonly release: Release;
  readonly stage: Stage;
  /** The environment that it comes from, as the target branch declares it. */
  readonly source: Pick<Opened, 'graph' | 'scope'>;
  readonly there: There;
  readonly approvals: readonly Approval[];
  readonly trust: TrustedKeys;
  /** Files that say to be evidence of a gate. */
  readonly evidenceOf: (gate: string) => readonly EvidenceFile[];
  readonly now: Date;
}

export interface Judged {
  readonly problems: readonly Diagnostic[];
  readonly verified: readonly Verified[];
  /** Approvals of this release for the environment that have not expired. */
  readonly approvals: readonly Approval[];
}

/** Holds a promotion against its policy. Pure; everything that speaks against it is told at once. */
export function judge(one: Case): Judged {
  const approvals = validApprovals(one);
  const waived = new Set(approvals.flatMap((approval) => approval.insteadOf));
  const evidence = waived.has('evidence') ? { problems: [], verified: [] } : judgeEvidence(one);
  return {
    problems: [
      ...notThere(one),
      ...(waived.has('soak') ? [] : tooEarly(one)),
      ...evidence.problems,
      ...unapproved(one, approvals),
    ],
    verified: evidence.verified,
    approvals,
  };
}

/** Approvals that count now. */
export function validApprovals({
  approvals,
  release,
  stage,
  now,
}: Pick<Case, 'approvals' | 'release' | 'stage' | 'now'>) {
  return approvals.filter(
    (one) => one.id === release.id && one.environment === stage.environment && Date.parse(one.expires) > now.getTime(),
  );
}

function notThere({ release, source, there }: Case): Diagnostic[] {
  const from = source.scope.name;
  const what = `${release.name} ${release.id}`;
  if (there.id !== release.id)
    return [problem('ING8108', `${from} does not have ${what}, but ${there.id ?? 'something that is not known'}`)];
  return there.pending.length === 0 ? [] : [notAsDeclared(from, release.name, there.pending)];
}

/** The source is not what Git declares, so nobody knows what was tried there. */
export function notAsDeclared(from: string, name: string, pending: readonly string[]): Diagnostic {
  const hint = `Apply ${from}, or revert what was changed there.`;
  return problem('ING8108', `${from} does not have ${name} as its files say: ${pending.join(', ')}`, { hint });
}

function tooEarly({ source, stage, there, release, now }: Case): Diagnostic[] {
  const { soak } = stage.require;
  if (there.id !== release.id || soak === 0) return [];
  const from = source.scope.name;
  if (!there.since) {
    const hint = `Apply ${from} from a commit: that is where the time is counted from.`;
    return [problem('ING8109', `Nothing in ${from} says since when it has ${release.name} ${release.id}`, { hint })];
  }
  const passed = now.getTime() - there.since.getTime();
  if (passed >= soak) return [];
  const until = isoTime(there.since.getTime() + soak);
  const message = `${release.name} ${release.id} is in ${from} for ${durationText(passed)}; the policy asks for ${durationText(soak)}`;
  return [problem('ING8109', message, { hint: `It is possible from ${until}.` })];
}

function judgeEvidence(one: Case): { readonly problems: Diagnostic[]; readonly verified: Verified[] } {
  const problems: Diagnostic[] = [];
  const verified: Verified[] = [];
  for (const name of one.stage.require.gates) {
    const files = one.evidenceOf(name);
    const results = files.map((file) => verifyEvidence(file, expectedOf(one, name)));
    const good = results.find((result) => result.verified);
    if (good?.verified) verified.push(good.verified);
    else if (files.length === 0)
      problems.push(
        problem('ING8200', `There is no evidence of the gate ${name} about ${one.release.name} ${one.release.id}`, {
          hint: `Run: ingate evidence sign -e ${one.source.scope.name}`,
        }),
      );
    else append(problems, results[0]?.problems ?? []);
  }
  return { problems, verified };
}

/** What evidence of a gate has to show about a release. */
export function expectedOf(
  { release, stage, source, trust, now }: Omit<Case, 'there' | 'approvals' | 'evidenceOf'>,
  gate: string,
) {
  const id = resourceId('EvaluationGate', gate);
  const spec = source.graph.get(id)?.spec ?? {};
  const whole = { name: `Release/${release.name}`, digest: { sha256: releaseDigest(release.name, release.contents) } };
  return {
    gate: id,
    environment: source.scope.name,
    group: source.scope.groupPath,
    subjects: [whole, ...subjectsOf(release.contents)],
    ...gateDigests(spec),
    maxAge: stage.require.evidenceMaxAge,
    signedBy: stage.require.signedBy,
    trust,
    now,
  };
}

function unapproved({ stage, release }: Case, approvals: readonly Approval[]): Diagnostic[] {
  const people = new Set(approvals.map(({ by }) => by.trim().toLowerCase())).size;
  if (people >= stage.require.approvals) return [];
  const message = `${release.name} ${release.id} has ${people} of ${stage.require.approvals} approvals for ${stage.environment}`;
  return [problem('ING8112', message)];
}
