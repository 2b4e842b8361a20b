import { append } from '../../model/append.ts';
import { parseEnvelope, payloadOf } from '../../evidence/dsse.ts';
import { parseStatement } from '../../evidence/statement.ts';
import { verifyEvidence, type EvidenceFile } from '../../evidence/verify.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { releaseDigest, subjectsOf } from '../../model/promotion/contents.ts';
import type { Release, Stage } from '../../model/promotion/types.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { resourceId } from '../../model/resource-id.ts';
import type { Promotion, Promotions } from '../../planner/promotion.ts';
import { committedEvidence } from './evidence-files.ts';

export interface Admission {
  readonly files: ProjectFiles;
  /** Folder of releases. */
  readonly releases: string;
  readonly all: Promotions;
  /** Resource id of the resource group of an environment. */
  readonly groupOf: (environment: string) => string | undefined;
}

/**
 * Why a release may not be where a pointer puts it: no committed evidence of a gate is signed for it, and no approval stands in.
 * What only counts at the moment of a promotion - age, version, and whether gate and items are still the same - is not asked for.
 */
export function notAdmitted(
  { name, approvals }: Promotion,
  { environment, from, require }: Stage,
  release: Release,
  { files, releases, all, groupOf }: Admission,
): Diagnostic[] {
  const { id } = release;
  if (all.trust.revoked.releases.includes(id))
    return [problem('ING8115', `${environment} has ${name} ${id}, which was revoked`)];
  if (approvals.some((one) => one.id === id && one.environment === environment && one.insteadOf.includes('evidence')))
    return [];
  return require.gates.flatMap((gate) => {
    const problems: Diagnostic[] = [];
    for (const source of from) {
      for (const file of committedEvidence(files, releases, { release: name, id, environment: source, gate })) {
        const found = verify(file, gate, source, release);
        if (found.length === 0) return [];
        append(problems, found);
      }
    }
    const message = `${environment} has ${name} ${id} without evidence of the gate ${gate}`;
    return problems.length > 0 ? problems : [problem('ING8200', message, { hint: 'Let `ingate promote` change it.' })];
  });

  function verify(file: EvidenceFile, gate: string, source: string, { contents }: Release): readonly Diagnostic[] {
    const envelope = parseEnvelope(file.text);
    const facts = envelope && parseStatement(payloadOf(envelope))?.predicate.ingate;
    const whole = { name: `Release/${name}`, digest: { sha256: releaseDigest(name, contents) } };
    const { problems = [] } = verifyEvidence(file, {
      gate: resourceId('EvaluationGate', gate),
      environment: source,
      group: groupOf(source) ?? '',
      subjects: [whole, ...subjectsOf(contents)],
      gateSha256: facts?.gateSha256 ?? '',
      datasetSha256: facts?.datasetSha256 ?? '',
      maxAge: Infinity,
      signedBy: [],
      trust: { keys: all.trust.keys, revoked: all.trust.revoked },
      now: new Date(facts?.finished ?? 0),
    });
    return problems;
  }
}
