import { unsatisfiable, type Criterion } from '../../gates/verdict/satisfiable.ts';
import { problem, ProblemError, notKnown } from '../../model/diagnostic.ts';
import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, member, pointer, textOf, without, type JsonObject, type Pointer } from '../../model/json.ts';
import type { Live, Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import type { Task } from '../../model/plan.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { identifyEvaluators, pinEvaluators } from '../shared/eval-graders.ts';
import { asksJudge, criteriaOf, evaluationContent, gradedOf } from './criteria.ts';
import { evaluateGate, gateTarget } from './evaluate.ts';
import { evidenceFacts } from './evidence.ts';
import { rowsOf } from './items.ts';
import { misfits } from './misfits.ts';
import { expiryOf, METADATA, recordedVerdict, withVerdict, type RecordedVerdict } from './record.ts';
import { gateReport, outcomeProblem } from './report.ts';
import { requireJudge, requireOtherModel } from './judge.ts';
import { ensureEvaluation, evalsAddress, findEvaluation } from './runs.ts';
import schema from './schema.json' with { type: 'json' };
import type { EvaluationGateSpec } from './spec.ts';
import { isoTime } from '../../model/time.ts';

/** Changes when verdicts of earlier versions of this program must not count any more. */
const RULES = 2;

/**
 * An evaluation of a Foundry project (OpenAI-compatible routes) that has to pass before its target serves. Verdicts are
 * kept in the evaluation's metadata, by the content that they are about.
 */
export const evaluationGate: Reconciler = {
  kind: 'EvaluationGate',
  schema,
  azureType: 'Foundry/evals',
  apiVersion: 'v1',
  nameRule: { scope: 'group', pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$/, maxLength: 63, style: 'kebab' },
  ownership: 'none',
  stateful: false,
  outputs: { id: 'URL of the evaluation.', name: 'Name of the gate.', verdict: 'Verdict about what is declared.' },
  parts: {},
  locate,
  identify: (item, { path }) => {
    const metadata = member(item, 'metadata');
    return `${path}/${textOf(metadata, METADATA.content)}`;
  },
  observe: (body, site) => ({
    spec: site.spec as JsonObject,
    outputs: { id: textOf(body, 'id'), name: site.azureName, verdict: verdictNow(site, body)?.verdict ?? '' },
    mark: undefined,
  }),
  review,
  due,
  proof(site, live) {
    const known = live && verdictNow(site, live.body);
    if (!known) return undefined;
    const { verdict, at, items, label } = known;
    const until = isoTime(expiryOf(known, (site.spec as EvaluationGateSpec).expiresAfterDays ?? 14));
    return `proven: ${verdict} at ${at} with ${items} items, ${label}; it counts until ${until}`;
  },
  write: () => Promise.reject(new Error('A gate is evaluated, not written')),
  run,
  remove: () => Promise.resolve(),
};

function endpointOf(site: Site): string | undefined {
  const project = textOf(site.spec as JsonObject, 'project');
  const endpoint = project === '' ? undefined : site.outputOf(resourceId('FoundryProject', project), 'endpoint');
  return typeof endpoint === 'string' ? endpoint.replace(/\/+$/, '') : undefined;
}

/** An evaluation cannot change, so each content has its own; its digest stands for the id, which is Foundry's. */
function locate(site: Site): Location {
  const endpoint = endpointOf(site);
  const spec = site.spec as Partial<EvaluationGateSpec>;
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const collection = { ...evalsAddress(endpoint), query: { limit: '100' } };
  if (spec.target === undefined || spec.metrics === undefined) return { address: undefined, collection };
  return { address: { path: `${collection.path}/${marksOf(site)[METADATA.content]}`, apiVersion: '' }, collection };
}

function judgeOf(site: Site): string | undefined {
  const { judge } = site.spec as EvaluationGateSpec;
  return judge === undefined ? undefined : (site.azureNameOf(resourceId('ModelDeployment', judge)) ?? judge);
}

function contentOf(site: Site): JsonObject {
  const spec = site.spec as EvaluationGateSpec;
  return evaluationContent(spec, rowsOf(spec).rows, judgeOf(site));
}

function marksOf(site: Site) {
  const { environment, id } = site;
  const content = sha256(
    canonicalJson({ id, environment: environment.name, content: identifyEvaluators(site, contentOf(site)) }),
  );
  return { [METADATA.environment]: environment.name, [METADATA.id]: id, [METADATA.content]: content };
}

function targetOf(site: Site): ResourceId {
  const { target } = site.spec as EvaluationGateSpec;
  return gateTarget(target);
}

/** What a verdict is about: target, items, criteria and judge; undefined while the target is only known after apply. */
function verdictKey(site: Site): string | undefined {
  const spec = site.spec as EvaluationGateSpec;
  const target = site.digestOf(targetOf(site));
  if (target === undefined) return undefined;
  const judge = spec.judge === undefined ? null : (site.digestOf(resourceId('ModelDeployment', spec.judge)) ?? null);
  const rules = without(
    site.spec as JsonObject,
    'project',
    'expiresAfterDays',
    'maxMinutes',
    'maxTokens',
    'maxRequests',
  );
  return sha256(
    canonicalJson({ rules: RULES, target, judge, gate: rules, evaluation: identifyEvaluators(site, contentOf(site)) }),
  );
}

function verdictNow(site: Site, body: JsonObject): RecordedVerdict | undefined {
  const key = verdictKey(site);
  return key === undefined ? undefined : recordedVerdict(member(body, 'metadata'), key);
}

function due(site: Site, live: Live | undefined, now: Date): Task | undefined {
  const spec = site.spec as EvaluationGateSpec;
  const task = (reason: string): Task => ({ type: 'gate', title: `Evaluate ${targetOf(site)}`, reason });
  if (verdictKey(site) === undefined) return task(`${targetOf(site)} is only known after apply`);
  const known = live && verdictNow(site, live.body);
  if (!known) return task(`no verdict about ${targetOf(site)} with this dataset and these criteria`);
  const expiry = expiryOf(known, spec.expiresAfterDays ?? 14);
  if (expiry <= now.getTime()) return task(`the verdict of ${known.at} has expired`);
  if (known.verdict === 'pass') return undefined;
  return task(
    `${known.verdict} at ${known.at} with the same content; it is not evaluated again before ${isoTime(expiry)}`,
  );
}

/** Problems that the manifest alone shows: items, graders, and criteria that nothing could meet. */
function review(value: JsonObject) {
  const spec = value as unknown as EvaluationGateSpec;
  const { rows, problems } = rowsOf(spec);
  const unclear = [
    ...problems.map((flaw) => ({ field: '/dataset' as const, ...flaw })),
    ...misfits(spec),
    ...(spec.judge === undefined && gradedOf(spec).some(({ grader }) => asksJudge(grader))
      ? [{ field: '/judge' as const, message: 'a grader asks a model, and no judge is named' }]
      : []),
  ].map((one) => ({ ...one, code: 'ING7005' as const }));
  if (unclear.length > 0) return unclear;
  const clusters = new Set(rows.map(({ item }) => item.cluster ?? `item ${item.id}`)).size;
  return unsatisfiable(criteriaOf(spec, rows), rows.length, clusters).map(({ message, about }) => ({
    field: fieldOf(about, spec),
    message,
    code: 'ING7004' as const,
  }));
}

function fieldOf({ list, index, slice }: Criterion, { metrics, minItems }: EvaluationGateSpec): Pointer {
  if (index === undefined) return list === 'minItems' && minItems === undefined ? '/dataset' : `/${list}`;
  const slices = list === 'metrics' && slice !== undefined ? metrics[index]?.slices : undefined;
  const nth = slices?.findIndex(({ field }) => field === slice) ?? -1;
  return nth < 0 ? pointer('', list, index) : pointer('', list, index, 'slices', nth);
}

async function run(context: WriteContext, site: Site): Promise<JsonObject> {
  const endpoint = endpointOf(site);
  const key = verdictKey(site);
  if (endpoint === undefined || key === undefined)
    throw notKnown(`What ${site.id} evaluates is not known although it was applied`);
  const spec = site.spec as EvaluationGateSpec;
  const marks = marksOf(site);
  const earlier = await findEvaluation(context, endpoint, marks);
  const known = recordedVerdict(member(earlier, 'metadata'), key);
  if (context.anew === undefined && known && expiryOf(known, spec.expiresAfterDays ?? 14) > context.azure.now())
    return settled(site, textOf(earlier, 'id'), known);
  const judge = await requireJudge(context, site);
  const now = (): string => new Date(context.azure.now()).toISOString();
  const started = now();
  const nomination = await context.nominate(targetOf(site));
  await requireOtherModel(context, site, endpoint, judge, nomination.candidate);
  const name = `${site.environment.name}/${site.azureName}`;
  const evaluation = await ensureEvaluation(context, endpoint, name, pinEvaluators(site, contentOf(site)), marks);
  const id = textOf(evaluation, 'id');
  const evaluated = await evaluateGate(context, site, endpoint, id, nomination, judge);
  const { result, runs } = evaluated;
  const facts = evidenceFacts(site.spec as JsonObject, site.digestOf(targetOf(site)) ?? '', {
    started,
    finished: now(),
  });
  context.attach({ ...gateReport(site, nomination, id, evaluated), evidence: facts });
  if (result.verdict === 'error') throw new ProblemError(outcomeProblem(site, result));
  // What goes on can still be read: the next apply does, instead of keeping that there was too little.
  if (result.verdict === 'inconclusive' && evaluated.unfinished) throw new ProblemError(outcomeProblem(site, result));
  const record: RecordedVerdict = {
    verdict: result.verdict,
    at: now(),
    items: result.n,
    runs: runs.candidate,
    label: nomination.candidate.label,
  };
  const metadata = withVerdict(
    member((await context.azure.get(evalsAddress(endpoint, id))) ?? evaluation, 'metadata'),
    key,
    record,
  );
  await context.azure.post(evalsAddress(endpoint, id), { metadata }, { signal: context.signal, repeatable: true });
  if (result.verdict !== 'pass') throw new ProblemError(outcomeProblem(site, result));
  return { id, name: site.azureName, verdict: 'pass' };
}

/** A verdict that stands already: a failure stays one. */
function settled(site: Site, id: string, known: RecordedVerdict): JsonObject {
  if (known.verdict === 'pass') return { id, name: site.azureName, verdict: 'pass' };
  const code = known.verdict === 'fail' ? 'ING7001' : 'ING7002';
  throw new ProblemError(
    problem(code, `${site.id}: ${known.verdict} at ${known.at} with the same content, ${known.label}`, {
      resource: site.id,
      hint: `Change what ${targetOf(site)} is, or wait until the verdict expires.`,
    }),
  );
}
