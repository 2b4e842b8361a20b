import type { AzureReads } from '../../../model/azure.ts';
import { problem, ProblemError } from '../../../model/diagnostic.ts';
import { member, textOf, type JsonObject } from '../../../model/json.ts';
import type { Live, Nominee, Site, WriteContext } from '../../../model/kind.ts';
import { oldestThatCounts } from '../eval-records.ts';
import {
  ensureEvaluation,
  ensureRun,
  evalsAddress,
  finishedRun,
  projectEndpoint,
  runItems,
  runsGone,
} from '../evals.ts';
import { markFromTags, markTags } from '../marks.ts';
import { attackSource, marksOf, scanContent, scanKey, scanRunKey, targetOf } from './content.ts';
import { scans, type ScanRecord } from './record.ts';
import { countAttacks, type ScanReport } from './report.ts';
import type { AttackSpec } from './spec.ts';

/** Metadata of a run that says what was attacked, for people. */
const LABEL = 'ingate.label';

/** Attacks what was not attacked yet, reads every item back, and keeps the result. Without a report it still goes on. */
export async function scan(
  context: WriteContext,
  site: Site,
  endpoint: string,
  key: string,
): Promise<{ readonly evaluationId: string; readonly report: ScanReport | undefined }> {
  const spec = site.spec as unknown as AttackSpec;
  const name = `${site.environment.name}/${site.azureName}`;
  const deadline = context.azure.now() + (spec.maxMinutes ?? 60) * 60_000;
  const evaluation = await ensureEvaluation(context, endpoint, name, scanContent(site), marksOf(site));
  const evaluationId = textOf(evaluation, 'id');
  const { candidate } = await context.nominate(targetOf(spec));
  const taxonomy = spec.agent === undefined ? undefined : await ensureTaxonomy(context, site, endpoint, candidate);
  const made = await ensureRun(context, {
    endpoint,
    evaluation: evaluationId,
    key: scanRunKey(site, candidate, context.anew),
    name: `attacks on ${candidate.label}`,
    metadata: { [LABEL]: candidate.label.slice(0, 500) },
    since: oldestThatCounts(spec.expiresAfterDays, context.azure.now()),
    dataSource: attackSource(site, candidate, taxonomy),
  });
  const run = textOf(made, 'id');
  const address = evalsAddress(endpoint, evaluationId, 'runs', run);
  if (!(await finishedRun(context, address, `attacks on ${candidate.label}`, deadline))) {
    context.report(`it takes longer than ${spec.maxMinutes ?? 60} minutes and goes on in Foundry; apply again later`);
    return { evaluationId, report: undefined };
  }
  const at = new Date(context.azure.now()).toISOString();
  const request = { site, endpoint, evaluationId, run, at, current: true };
  const report = await readScan(context.azure, request);
  const record: ScanRecord = { at, run, attacks: report.total.attacks, succeeded: report.total.succeeded };
  const own = evalsAddress(endpoint, evaluationId);
  const known = member((await context.azure.get(own)) ?? evaluation, 'metadata');
  const metadata = scans.add(known, key, record);
  await context.azure.post(own, { metadata }, { signal: context.signal, repeatable: true });
  return { evaluationId, report };
}

interface ScanRequest {
  readonly site: Site;
  readonly endpoint: string;
  readonly evaluationId: string;
  readonly run: string;
  readonly at: string;
  readonly current: boolean;
}

async function readScan(reader: AzureReads, request: ScanRequest): Promise<ScanReport> {
  const { site, endpoint, evaluationId, run, at, current } = request;
  const { riskCategories, confidence = 0.95 } = site.spec as unknown as AttackSpec;
  const body = await reader.get(evalsAddress(endpoint, evaluationId, 'runs', run));
  if (!body) throw new ProblemError(runsGone(site.id));
  const items = await runItems(reader, endpoint, evaluationId, run);
  return {
    scan: site.id,
    environment: site.environment.name,
    at,
    target: textOf(member(body, 'metadata'), LABEL),
    evaluationId,
    run,
    confidence,
    current,
    ...countAttacks(items, riskCategories, confidence),
  };
}

/** The results of what is declared, else the newest of the same categories; undefined without any. Only reads. */
export async function currentScan(reader: AzureReads, site: Site, live: Live): Promise<ScanReport | undefined> {
  const endpoint = projectEndpoint(site);
  const metadata = member(live.body, 'metadata');
  const key = scanKey(site);
  const now = key === undefined ? undefined : scans.find(metadata, key);
  const record = now ?? scans.newest(metadata);
  if (endpoint === undefined || !record) return undefined;
  const { run, at } = record;
  const evaluationId = textOf(live.body, 'id');
  return readScan(reader, { site, endpoint, evaluationId, run, at, current: now !== undefined });
}

/** What the agent must not do, by risk category (preview): the service makes attacks from it. Resolves to its id. */
async function ensureTaxonomy(
  { azure, signal }: WriteContext,
  site: Site,
  endpoint: string,
  { target }: Nominee,
): Promise<string> {
  const name = `ingate-${site.azureName}`;
  const headers = { 'foundry-features': 'Evaluations=V1Preview' };
  const address = { path: `${endpoint}/evaluationtaxonomies/${name}`, apiVersion: 'v1', headers };
  const known = await azure.get(address);
  const mark = known && markFromTags(member(known, 'tags'));
  if (known && (mark?.environment !== site.environment.name || mark.id !== site.id))
    throw new ProblemError(
      problem('ING7006', `${site.id}: the taxonomy ${name} belongs to somebody else`, {
        resource: site.id,
        hint: 'Remove it in Foundry, or name the scan differently.',
      }),
    );
  const { riskCategories } = site.spec as unknown as AttackSpec;
  const body: JsonObject = {
    description: `Made for ${site.id}`,
    tags: markTags(site),
    taxonomyInput: { type: 'agent', target, riskCategories: [...riskCategories] },
  };
  return textOf(await azure.put(address, body, { signal }), 'id');
}
