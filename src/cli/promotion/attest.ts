import { createHash } from 'node:crypto';
import { gateStatement, type Estimate, type Facts, type Statement } from '../../evidence/statement.ts';
import type { GateReport } from '../../gates/report/document.ts';
import { textAt, textOf, type JsonObject } from '../../model/json.ts';
import { releaseDigest, subjectsOf } from '../../model/promotion/contents.ts';
import type { ReleaseContents } from '../../model/promotion/types.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { createSites } from '../../model/site.ts';
import type { Planned } from '../../planner/index.ts';
import { gateDigests } from '../../reconcilers/evaluation-gate/evidence.ts';
import type { Opened } from '../session.ts';
import { TOOL } from '../version.ts';

/** A report of a gate with the bytes that it was kept as. */
export interface KeptReport {
  readonly report: GateReport;
  readonly bytes: Uint8Array;
}

export interface Attested {
  readonly release: string;
  readonly contents: ReleaseContents;
}

/** The statement about a gate that passed, or why its report says nothing about what the environment has now. */
export function attest(
  { graph, scope }: Opened,
  { state }: Planned,
  { report, bytes }: KeptReport,
  { release, contents }: Attested,
): Statement | string {
  const node = graph.get(report.gate as ResourceId);
  const { evidence } = report;
  if (!node) return 'the environment does not declare it any more';
  if (!evidence) return 'its report was written by an older version; evaluate again';
  if (report.verdict !== 'pass') return `its verdict is ${report.verdict}`;
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  const site = sites.siteOf(node);
  const digests = gateDigests(site.spec as JsonObject);
  const { gateSha256, datasetSha256 } = evidence;
  if (gateSha256 !== digests.gateSha256 || datasetSha256 !== digests.datasetSha256)
    return 'gate or items have changed since it was evaluated';
  if (evidence.target !== site.digestOf(targetOf(node.spec))) return 'its target has changed since it was evaluated';
  const subject = { name: `Release/${release}`, digest: { sha256: releaseDigest(release, contents) } };
  const facts: Facts = {
    gate: report.gate,
    environment: scope.name,
    group: scope.groupPath,
    verdict: report.verdict,
    gateSha256,
    datasetSha256,
    candidate: report.candidate.digest,
    baseline: report.baseline?.digest ?? null,
    judge: judgeOf(node.spec, state),
    items: report.items,
    estimates: report.checks.map(estimateOf),
    started: evidence.started,
    finished: evidence.finished,
    resultsSha256: createHash('sha256').update(bytes).digest('hex'),
    tool: TOOL,
  };
  return gateStatement([subject, ...subjectsOf(contents)], facts);
}

function targetOf(spec: JsonObject): ResourceId {
  const agent = textAt(spec, '/target/agent');
  return agent === '' ? resourceId('ModelDeployment', textAt(spec, '/target/model')) : resourceId('Agent', agent);
}

/** The model that graded. Gates refuse a judge that Azure may move to another version. */
function judgeOf(spec: JsonObject, { live }: Planned['state']): Facts['judge'] {
  const judge = live.get(resourceId('ModelDeployment', textOf(spec, 'judge')));
  return judge ? { model: textAt(judge.spec, '/model/name'), version: textAt(judge.spec, '/model/version') } : null;
}

function estimateOf(check: GateReport['checks'][number]): Estimate {
  const { metric, kind, verdict, tier, candidate, estimate, baseline, lower, upper, limit, evidence, n } = check;
  return {
    metric,
    check: kind,
    verdict,
    blocking: tier === 'blocking',
    candidate: candidate ?? estimate ?? null,
    baseline: baseline ?? null,
    lower: lower ?? null,
    upper: upper ?? null,
    limit,
    by: evidence ?? 'interval',
    items: n,
  };
}
