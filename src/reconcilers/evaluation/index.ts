import { notKnown } from '../../model/diagnostic.ts';
import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { Live, Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import type { Task } from '../../model/plan.ts';
import { expiryOf } from '../shared/eval-records.ts';
import { EVAL_METADATA, evalsAddress, projectEndpoint } from '../shared/evals.ts';
import { marksOf, misfits, resultKey } from './content.ts';
import { results, type ResultRecord } from './record.ts';
import { evaluate } from './run.ts';
import schema from './schema.json' with { type: 'json' };
import type { EvaluationSpec } from './spec.ts';

/**
 * A comparison of candidates: an evaluation of a Foundry project (OpenAI-compatible routes) with a run for each. Where
 * results are is kept in the evaluation's metadata, by the content that they are about. Nothing waits for it.
 */
export const evaluation: Reconciler = {
  kind: 'Evaluation',
  schema,
  azureType: 'Foundry/evals',
  apiVersion: 'v1',
  nameRule: { scope: 'group', pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$/, maxLength: 63, style: 'kebab' },
  ownership: 'none',
  stateful: false,
  outputs: {
    id: 'Id of the evaluation.',
    name: 'Name of the evaluation.',
    best: 'Name of the candidate that came first; empty while it is running.',
  },
  parts: {},
  locate,
  identify: (item, { path }) => `${path}/${textOf(member(item, 'metadata'), EVAL_METADATA.content)}`,
  observe: (body, site) => ({
    spec: site.spec as JsonObject,
    outputs: { id: textOf(body, 'id'), name: site.azureName, best: resultNow(site, body)?.best ?? '' },
    mark: undefined,
  }),
  review: (spec) => misfits(spec as unknown as EvaluationSpec).map((one) => ({ ...one, code: 'ING7007' as const })),
  due,
  proof(site, live) {
    const known = live && resultNow(site, live.body);
    const count = Object.keys(known?.candidates ?? {}).length;
    return known && `evaluated at ${known.at}: ${known.best} is first of ${count} candidates, ${known.items} items`;
  },
  write: () => Promise.reject(new Error('An evaluation is run, not written')),
  run,
  remove: () => Promise.resolve(),
};

/** An evaluation cannot change, so each content has its own; its digest stands for the id, which is Foundry's. */
function locate(site: Site): Location {
  const endpoint = projectEndpoint(site);
  const spec = site.spec as Partial<EvaluationSpec>;
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const collection = { ...evalsAddress(endpoint), query: { limit: '100' } };
  if (spec.candidates === undefined || spec.metrics === undefined) return { address: undefined, collection };
  const path = `${collection.path}/${marksOf(site)[EVAL_METADATA.content]}`;
  return { address: { path, apiVersion: '' }, collection };
}

function resultNow(site: Site, body: JsonObject): ResultRecord | undefined {
  const key = resultKey(site);
  return key === undefined ? undefined : results.find(member(body, 'metadata'), key);
}

function due(site: Site, live: Live | undefined, now: Date): Task | undefined {
  const { candidates, expiresAfterDays } = site.spec as EvaluationSpec;
  const task = (reason: string): Task => ({
    type: 'evaluation',
    title: `Compare ${candidates.map(({ name }) => name).join(', ')}`,
    reason,
  });
  if (resultKey(site) === undefined) return task('a candidate is only known after apply');
  const known = live && resultNow(site, live.body);
  if (!known) return task('no results for these candidates with this dataset and these graders');
  const expiry = expiryOf(known, expiresAfterDays);
  return expiry !== undefined && expiry <= now.getTime() ? task(`the results of ${known.at} have expired`) : undefined;
}

async function run(context: WriteContext, site: Site): Promise<JsonObject> {
  const endpoint = projectEndpoint(site);
  const key = resultKey(site);
  if (endpoint === undefined || key === undefined)
    throw notKnown(`What ${site.id} compares is not known although it was applied`);
  const { evaluationId, report } = await evaluate(context, site, endpoint, key);
  if (report) context.attach(JSON.parse(JSON.stringify(report)) as JsonObject);
  return { id: evaluationId, name: site.azureName, best: report?.candidates[0]?.name ?? '' };
}
