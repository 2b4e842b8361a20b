import { notKnown } from '../../model/diagnostic.ts';
import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { Live, Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import type { Task } from '../../model/plan.ts';
import { expiryOf } from '../shared/eval-records.ts';
import { EVAL_METADATA, evalsAddress, projectEndpoint } from '../shared/evals.ts';
import { marksOf, misfits, scanKey, targetOf } from '../shared/red-team/content.ts';
import { scans, type ScanRecord } from '../shared/red-team/record.ts';
import { scan } from '../shared/red-team/run.ts';
import schema from './schema.json' with { type: 'json' };
import type { RedTeamScanSpec } from './spec.ts';

/**
 * A red-team scan: an evaluation of a Foundry project (OpenAI-compatible routes, scenario red_team) with a run for each
 * state of its target. Results are kept in the evaluation's metadata, by what they are about. Nothing waits for it.
 */
export const redTeamScan: Reconciler = {
  kind: 'RedTeamScan',
  schema,
  azureType: 'Foundry/evals',
  apiVersion: 'v1',
  nameRule: { scope: 'group', pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$/, maxLength: 63, style: 'kebab' },
  ownership: 'none',
  stateful: false,
  outputs: {
    id: 'Id of the evaluation.',
    name: 'Name of the scan.',
    attackSuccessRate: 'Share of the attacks that succeeded, such as 0.25; empty while it is running.',
  },
  parts: {},
  locate,
  identify: (item, { path }) => `${path}/${textOf(member(item, 'metadata'), EVAL_METADATA.content)}`,
  observe: (body, site) => ({
    spec: site.spec as JsonObject,
    outputs: { id: textOf(body, 'id'), name: site.azureName, attackSuccessRate: rateText(resultNow(site, body)) },
    mark: undefined,
  }),
  review: (spec) => misfits(spec as unknown as RedTeamScanSpec).map((one) => ({ ...one, code: 'ING7007' as const })),
  due,
  proof(site, live) {
    const known = live && resultNow(site, live.body);
    return known && `scanned at ${known.at}: ${known.succeeded} of ${known.attacks} attacks succeeded`;
  },
  write: () => Promise.reject(new Error('A scan is run, not written')),
  run,
  remove: () => Promise.resolve(),
};

/** An evaluation cannot change, so each content has its own; its digest stands for the id, which is Foundry's. */
function locate(site: Site): Location {
  const endpoint = projectEndpoint(site);
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const collection = { ...evalsAddress(endpoint), query: { limit: '100' } };
  if ((site.spec as Partial<RedTeamScanSpec>).riskCategories === undefined) return { address: undefined, collection };
  const path = `${collection.path}/${marksOf(site)[EVAL_METADATA.content]}`;
  return { address: { path, apiVersion: '' }, collection };
}

function resultNow(site: Site, body: JsonObject): ScanRecord | undefined {
  const key = scanKey(site);
  return key === undefined ? undefined : scans.find(member(body, 'metadata'), key);
}

function rateText(record: ScanRecord | undefined): string {
  return record && record.attacks > 0 ? String(record.succeeded / record.attacks) : '';
}

function due(site: Site, live: Live | undefined, now: Date): Task | undefined {
  const spec = site.spec as RedTeamScanSpec;
  const target = targetOf(spec);
  const task = (reason: string): Task => ({ type: 'evaluation', title: `Attack ${target}`, reason });
  if (scanKey(site) === undefined) return task(`${target} is only known after apply`);
  const known = live && resultNow(site, live.body);
  if (!known) return task(`no scan of ${target} with these categories and strategies`);
  const expiry = expiryOf(known, spec.expiresAfterDays);
  return expiry !== undefined && expiry <= now.getTime() ? task(`the scan of ${known.at} has expired`) : undefined;
}

async function run(context: WriteContext, site: Site): Promise<JsonObject> {
  const endpoint = projectEndpoint(site);
  const key = scanKey(site);
  if (endpoint === undefined || key === undefined)
    throw notKnown(`What ${site.id} attacks is not known although it was applied`);
  const { evaluationId, report } = await scan(context, site, endpoint, key);
  if (report) context.attach(JSON.parse(JSON.stringify(report)) as JsonObject);
  const value = report?.total.rate?.value;
  return { id: evaluationId, name: site.azureName, attackSuccessRate: value === undefined ? '' : String(value) };
}
