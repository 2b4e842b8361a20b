import { problem, ProblemError } from '../../model/diagnostic.ts';
import { member, textAt, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { once } from '../shared/evals.ts';
import { ensureFile } from '../shared/foundry-files.ts';
import { jobBody, jobMarks } from './content.ts';
import type { FineTuningJobSpec } from './spec.ts';

const FIRST_POLL = 300;
const POLL = 15_000;

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);

export function jobsAddress(endpoint: string, ...path: readonly string[]) {
  return { path: [`${endpoint}/openai/v1/fine_tuning/jobs`, ...path].join('/'), apiVersion: '' };
}

function isOurs(job: JsonObject, marks: Readonly<Record<string, string>>): boolean {
  const metadata = member(job, 'metadata');
  return Object.entries(marks).every(([key, value]) => member(metadata, key) === value);
}

/**
 * The job with this content: one that was started before, however it ended, else a new one. Waits until it has ended and
 * tells its events. Rejects when it failed, was cancelled, or takes longer than an apply waits.
 */
export async function train(context: WriteContext, site: Site, endpoint: string): Promise<JsonObject> {
  const { azure, signal, report } = context;
  const spec = site.spec as FineTuningJobSpec;
  const marks = jobMarks(site);
  const find = async (): Promise<JsonObject | undefined> =>
    ((await azure.list({ ...jobsAddress(endpoint), query: { limit: '100' } })) ?? []).find((job) => isOurs(job, marks));
  const known = await find();
  const job = known ?? (await once(find, async () => start(context, spec, endpoint, marks)));
  const id = textOf(job, 'id');
  const until = azure.now() + (spec.maxMinutes ?? 120) * 60_000;
  const told = new Set<string>();
  for (let pause = FIRST_POLL; ; pause = Math.min(POLL, pause * 2)) {
    const now = (await azure.get(jobsAddress(endpoint, id))) ?? {};
    const status = textOf(now, 'status');
    await tellEvents(context, endpoint, id, told);
    if (status === 'succeeded') {
      await tellCheckpoints(context, endpoint, id);
      return now;
    }
    if (ENDED.has(status) || status === '') throw ended(site, now, status);
    if (azure.now() > until)
      throw new ProblemError(
        problem('ING8021', `${site.id}: the job ${id} is ${status} and goes on in Foundry`, {
          resource: site.id,
          hint: 'Apply again later: the same job is found.',
        }),
      );
    report(status.replace('_', ' '));
    await azure.sleep(pause, signal);
  }
}

async function start(
  context: WriteContext,
  spec: FineTuningJobSpec,
  endpoint: string,
  marks: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const training = await ensureFile(context, endpoint, 'fine-tune', spec.training ?? '');
  const validation =
    spec.validation === undefined ? undefined : await ensureFile(context, endpoint, 'fine-tune', spec.validation);
  const body = { ...jobBody(spec, { training, ...(validation === undefined ? {} : { validation }) }), metadata: marks };
  context.report('starting the job');
  return (await context.azure.post(jobsAddress(endpoint), body, { signal: context.signal })).body as JsonObject;
}

/** What happened since the last look, oldest first; of the steps of the training only the last one. */
async function tellEvents(
  { azure, report }: WriteContext,
  endpoint: string,
  id: string,
  told: Set<string>,
): Promise<void> {
  const events = (await azure.list({ ...jobsAddress(endpoint, id, 'events'), query: { limit: '100' } })) ?? [];
  const at = (event: JsonObject): number => Number(member(event, 'created_at') ?? 0);
  // The service lists the newest first.
  const fresh = events
    .filter((event) => !told.has(textOf(event, 'id')))
    .toReversed()
    .toSorted((a, b) => at(a) - at(b));
  const lastStep = fresh.findLast((event) => textOf(event, 'type') === 'metrics');
  for (const event of fresh) {
    told.add(textOf(event, 'id'));
    if (textOf(event, 'type') !== 'metrics' || event === lastStep) report(textOf(event, 'message'));
  }
}

/** Models of earlier steps, which can be deployed as well. */
async function tellCheckpoints({ azure, report }: WriteContext, endpoint: string, id: string): Promise<void> {
  const found = (await azure.list({ ...jobsAddress(endpoint, id, 'checkpoints'), query: { limit: '100' } })) ?? [];
  for (const checkpoint of found) {
    const loss = valueAt(checkpoint, '/metrics/train_loss');
    const step = Number(member(checkpoint, 'step_number') ?? 0);
    const measured = typeof loss === 'number' ? `, training loss ${loss}` : '';
    report(`checkpoint at step ${step}: ${textOf(checkpoint, 'fine_tuned_model_checkpoint')}${measured}`);
  }
}

function ended(site: Site, job: JsonObject, status: string): ProblemError {
  const message = textAt(job, '/error/message');
  const what = status === '' ? 'is gone' : `is ${status}`;
  return new ProblemError(
    problem('ING8020', `${site.id}: the job ${textOf(job, 'id')} ${what}${message === '' ? '' : `: ${message}`}`, {
      resource: site.id,
      hint: 'Correct the files or parameters, or raise `attempt` to train the same once more.',
    }),
  );
}
