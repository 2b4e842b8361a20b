import { notKnown } from '../../model/diagnostic.ts';
import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { Live, Location, Reconciler, Site } from '../../model/kind.ts';
import type { Task } from '../../model/plan.ts';
import { projectEndpoint } from '../shared/evals.ts';
import { jobKey, JOB_METADATA, misfits } from './content.ts';
import { jobsAddress, train } from './run.ts';
import schema from './schema.json' with { type: 'json' };
import type { FineTuningJobSpec } from './spec.ts';

/**
 * A fine-tuning job of a Foundry project (OpenAI-compatible routes). A job is found by its content, so it is never started
 * twice; jobs and the models that came out are not deleted.
 */
export const fineTuningJob: Reconciler = {
  kind: 'FineTuningJob',
  schema,
  azureType: 'Foundry/fine-tuning',
  apiVersion: 'v1',
  nameRule: { scope: 'group', pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$/, maxLength: 63, style: 'kebab' },
  ownership: 'none',
  stateful: false,
  outputs: {
    id: 'Id of the job.',
    name: 'Name of the job here.',
    fineTunedModel: 'Id of the model that came out; what a ModelDeployment names.',
  },
  parts: {},
  locate,
  identify: (item, { path }) => `${path}/${textOf(member(item, 'metadata'), JOB_METADATA.key)}`,
  observe: (body, site) => ({
    spec: site.spec as JsonObject,
    outputs: outputsOf(site, body),
    mark: undefined,
  }),
  review: (spec) => misfits(spec as unknown as FineTuningJobSpec).map((one) => ({ ...one, code: 'ING8022' as const })),
  due,
  proof(_, live) {
    const model = live && textOf(live.body, 'fine_tuned_model');
    return model ? `trained: ${model}` : undefined;
  },
  write: () => Promise.reject(new Error('A model is trained, not written')),
  async run(context, site) {
    const endpoint = projectEndpoint(site);
    if (endpoint === undefined) throw notKnown(`The project of ${site.id} is not known although it was applied`);
    return outputsOf(site, await train(context, site, endpoint));
  },
  remove: () => Promise.resolve(),
};

/** A job cannot change, so each content has its own; its key stands for the id, which is Foundry's. */
function locate(site: Site): Location {
  const endpoint = projectEndpoint(site);
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const collection = { ...jobsAddress(endpoint), query: { limit: '100' } };
  if ((site.spec as Partial<FineTuningJobSpec>).model === undefined) return { address: undefined, collection };
  return { address: { path: `${collection.path}/${jobKey(site)}`, apiVersion: '' }, collection };
}

function outputsOf(site: Site, job: JsonObject): JsonObject {
  const model = textOf(job, 'fine_tuned_model');
  return { id: textOf(job, 'id'), name: site.azureName, ...(model === '' ? {} : { fineTunedModel: model }) };
}

function due(site: Site, live: Live | undefined): Task | undefined {
  const { model } = site.spec as FineTuningJobSpec;
  const task = (reason: string): Task => ({ type: 'job', title: `Fine-tune ${model}`, reason });
  if (!live) return task('no job with these files and parameters');
  const status = textOf(live.body, 'status');
  if (status === 'succeeded') return undefined;
  if (status === 'failed' || status === 'cancelled')
    return task(
      `the job ${textOf(live.body, 'id')} is ${status}; it is not started again unless \`attempt\` is raised`,
    );
  return task(`the job ${textOf(live.body, 'id')} is ${status.replace('_', ' ')}; it is waited for`);
}
