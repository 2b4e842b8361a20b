import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, pointer, without, type JsonObject, type Pointer } from '../../model/json.ts';
import type { FieldFlaw } from '../../model/json-lines.ts';
import type { Nominee, Site } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { criterionOf, graderMisfits, identifyEvaluators, pinEvaluators } from '../shared/eval-graders.ts';
import { evalRows, itemSchema, type EvalRow } from '../shared/eval-rows.ts';
import { EVAL_METADATA } from '../shared/evals.ts';
import type { EvaluationSpec } from './spec.ts';

/** Changes when results of earlier versions of this program must not count any more. */
const RULES = 1;

const KEY_LENGTH = 12;

/** Their keys have to fit into metadata. */
const MOST_CANDIDATES = 10;

export type Candidate = EvaluationSpec['candidates'][number];
export type Metric = EvaluationSpec['metrics'][number];

export function idFieldOf({ idField = 'id' }: EvaluationSpec): string {
  return idField;
}

export function rowsFor(spec: EvaluationSpec): readonly EvalRow[] {
  return evalRows(spec.dataset ?? '', idFieldOf(spec)).rows;
}

/** The resource that a candidate is. */
export function resourceOf({ model, agent }: Candidate): ResourceId {
  return agent === undefined ? resourceId('ModelDeployment', model ?? '') : resourceId('Agent', agent);
}

/** Name of the metric that decides the order. */
export function rankingMetric({ rankBy, metrics }: EvaluationSpec): string {
  return rankBy ?? metrics[0]?.name ?? '';
}

/** The evaluation of Foundry, without name and metadata: `POST {endpoint}/openai/v1/evals`. */
export function evaluationContent(site: Site): JsonObject {
  return pinEvaluators(site, contentOf(site));
}

function contentOf(site: Site): JsonObject {
  const spec = site.spec as EvaluationSpec;
  const schema = itemSchema(rowsFor(spec), idFieldOf(spec));
  const columns = Object.keys(schema['properties'] ?? {});
  const judge =
    spec.judge === undefined ? undefined : (site.azureNameOf(resourceId('ModelDeployment', spec.judge)) ?? spec.judge);
  return {
    data_source_config: { type: 'custom', item_schema: schema, include_sample_schema: true },
    testing_criteria: spec.metrics.map(({ name, grader }) => criterionOf(name, grader, columns, judge)),
  };
}

/** Metadata of the evaluation. It cannot change, so each content has its own. */
export function marksOf(site: Site) {
  const { environment, id } = site;
  const content = sha256(
    canonicalJson({ id, environment: environment.name, content: identifyEvaluators(site, contentOf(site)) }),
  );
  return {
    [EVAL_METADATA.environment]: environment.name,
    [EVAL_METADATA.id]: id,
    [EVAL_METADATA.content]: content,
  };
}

/** What results are about: candidates, items, graders and judge; undefined while one of them is only known after apply. */
export function resultKey(site: Site): string | undefined {
  const spec = site.spec as EvaluationSpec;
  const candidates = spec.candidates.map((candidate) => site.digestOf(resourceOf(candidate)));
  const known = candidates.filter((digest) => digest !== undefined);
  if (known.length < candidates.length) return undefined;
  const content = identifyEvaluators(site, contentOf(site));
  const judge = spec.judge === undefined ? null : (site.digestOf(resourceId('ModelDeployment', spec.judge)) ?? null);
  const rules = without(site.spec as JsonObject, 'project', 'confidence', 'expiresAfterDays', 'maxMinutes');
  return sha256(canonicalJson({ rules: RULES, candidates: known, judge, evaluation: rules, content }));
}

/** What a candidate is asked through: the target of runs, with its sampling. */
export function targetOf({ target }: Nominee, { sampling }: Candidate): JsonObject {
  if (sampling === undefined) return target;
  const { temperature, topP, seed, maxCompletionTokens } = sampling;
  return {
    ...target,
    sampling_params: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...(seed === undefined ? {} : { seed }),
      ...(maxCompletionTokens === undefined ? {} : { max_completion_tokens: maxCompletionTokens }),
    },
  };
}

/** Tells runs of a candidate apart from those of others: what it is, the items, what is sent, and who grades. */
export function candidateKey(site: Site, candidate: Candidate, nominee: Nominee): string {
  const spec = site.spec as EvaluationSpec;
  const judge = spec.judge === undefined ? null : (site.digestOf(resourceId('ModelDeployment', spec.judge)) ?? null);
  const basis = {
    digest: nominee.digest,
    target: targetOf(nominee, candidate),
    rows: rowsFor(spec).map(({ content }) => content),
    input: inputOf(spec),
    judge,
  };
  return sha256(canonicalJson(basis)).slice(0, KEY_LENGTH);
}

/** Key of the run with which a candidate answers for the n-th time, from 1. */
export function runKey(candidate: string, repeat: number): string {
  return `${candidate}.${repeat}`;
}

export function inputOf({ input = '{{item.query}}' }: EvaluationSpec): string {
  return input;
}

/** Candidates that would be asked the same: they can only differ by chance. */
function sameCandidates({ candidates }: EvaluationSpec): { readonly field: Pointer; readonly message: string }[] {
  const basis = ({ model, agent, sampling }: Candidate): string =>
    canonicalJson({
      model: model ?? null,
      agent: agent ?? null,
      sampling: (sampling as JsonObject | undefined) ?? null,
    });
  return candidates.flatMap((one, index) => {
    const first = candidates.findIndex((other) => basis(other) === basis(one));
    const message = `${candidates[first]?.name ?? ''} and ${one.name} are the same; use repeats instead`;
    return first === index ? [] : [{ field: pointer('/candidates', index), message }];
  });
}

/** What does not fit together in an evaluation. */
export function misfits(spec: EvaluationSpec): FieldFlaw[] {
  const names = (list: readonly { readonly name: string }[], at: Pointer) => {
    const twice = list.findIndex(({ name }, index) => list.findIndex((one) => one.name === name) !== index);
    return twice < 0
      ? []
      : [{ field: pointer(at, twice), message: `the name ${list[twice]?.name ?? ''} is used twice` }];
  };
  return [
    ...evalRows(spec.dataset ?? '', idFieldOf(spec)).problems.map((flaw) => ({ field: '/dataset' as const, ...flaw })),
    ...(spec.candidates.length > MOST_CANDIDATES
      ? [{ field: '/candidates' as const, message: `there are more than ${MOST_CANDIDATES} candidates` }]
      : []),
    ...names(spec.candidates, '/candidates'),
    ...sameCandidates(spec),
    ...names(spec.metrics, '/metrics'),
    ...spec.candidates.flatMap(({ name, model, agent, sampling }, index) => {
      const field = pointer('/candidates', index);
      if ((model === undefined) === (agent === undefined))
        return [{ field, message: `${name} has to be a model or an agent, one of the two` }];
      return agent !== undefined && sampling !== undefined
        ? [{ field: pointer(field, 'sampling'), message: `${name}: an agent says itself how it samples` }]
        : [];
    }),
    ...spec.metrics.flatMap(({ name, grader }, index) =>
      graderMisfits(name, grader, pointer('/metrics', index, 'grader'), spec.judge),
    ),
    ...(spec.metrics.some(({ name }) => name === rankingMetric(spec))
      ? []
      : [{ field: '/rankBy' as const, message: `there is no metric ${rankingMetric(spec)}` }]),
  ];
}
