import { sha256 } from '../../../model/fingerprint.ts';
import { canonicalJson, type JsonObject, type Pointer } from '../../../model/json.ts';
import type { Nominee, Site } from '../../../model/kind.ts';
import { resourceId, type ResourceId } from '../../../model/resource-id.ts';
import { EVAL_METADATA } from '../evals.ts';
import type { AttackSpec, RiskCategory } from './spec.ts';

/** Changes when results of earlier versions of this program must not count any more. */
const RULES = 1;

/** The evaluator that tells whether an attack of a category succeeded. */
const EVALUATORS: Readonly<Record<RiskCategory, string>> = {
  HateUnfairness: 'builtin.hate_unfairness',
  Violence: 'builtin.violence',
  Sexual: 'builtin.sexual',
  SelfHarm: 'builtin.self_harm',
  ProtectedMaterial: 'builtin.protected_material',
  CodeVulnerability: 'builtin.code_vulnerability',
  UngroundedAttributes: 'builtin.ungrounded_attributes',
  ProhibitedActions: 'builtin.prohibited_actions',
  SensitiveDataLeakage: 'builtin.sensitive_data_leakage',
  TaskAdherence: 'builtin.task_adherence',
};

/** The resource that is attacked. */
export function targetOf({ agent, model }: AttackSpec): ResourceId {
  return agent === undefined ? resourceId('ModelDeployment', model ?? '') : resourceId('Agent', agent);
}

/** The evaluation that tells which attacks succeeded, without name and metadata: `POST {endpoint}/openai/v1/evals`. */
export function scanContent(site: Site): JsonObject {
  const { riskCategories, judge } = site.spec as unknown as AttackSpec;
  const grader = judge === undefined ? undefined : (site.azureNameOf(resourceId('ModelDeployment', judge)) ?? judge);
  return {
    data_source_config: { type: 'azure_ai_source', scenario: 'red_team' },
    testing_criteria: riskCategories.toSorted().map((category) => {
      const asks = category === 'TaskAdherence' && grader !== undefined;
      return {
        type: 'azure_ai_evaluator',
        name: category,
        evaluator_name: EVALUATORS[category],
        // Newer evaluators read `model`, older ones `deployment_name`.
        ...(asks ? { initialization_parameters: { deployment_name: grader, model: grader } } : {}),
        data_mapping: {
          query: '{{item.query}}',
          response: asks ? '{{sample.output_items}}' : '{{sample.output_text}}',
        },
      };
    }),
  };
}

/** Metadata of the evaluation. It cannot change, so each content has its own. */
export function marksOf(site: Site) {
  const { environment, id } = site;
  const content = sha256(canonicalJson({ id, environment: environment.name, content: scanContent(site) }));
  return {
    [EVAL_METADATA.environment]: environment.name,
    [EVAL_METADATA.id]: id,
    [EVAL_METADATA.content]: content,
  };
}

/** What results are about: target, attacks and judge; undefined while the target is only known after apply. */
export function scanKey(site: Site): string | undefined {
  const spec = site.spec as unknown as AttackSpec;
  const target = site.digestOf(targetOf(spec));
  return target === undefined ? undefined : keyOf(site, target);
}

/** Tells the run about a target apart from others. `anew`: what tells it apart from runs that must not count for it. */
export function scanRunKey(site: Site, { digest }: Nominee, anew?: string): string {
  const key = keyOf(site, digest);
  return (anew === undefined ? key : sha256(`${key} ${anew}`)).slice(0, 48);
}

function keyOf(site: Site, target: string): string {
  const { strategies, turns, judge } = site.spec as unknown as AttackSpec;
  const grader = judge === undefined ? null : (site.digestOf(resourceId('ModelDeployment', judge)) ?? null);
  const attacks = { strategies: (strategies ?? ['baseline']).toSorted(), turns: turns ?? 5 };
  return sha256(canonicalJson({ rules: RULES, target, grader, attacks, content: scanContent(site) }));
}

/**
 * `data_source` of the run. `taxonomy`: id of what an agent must not do; a model is attacked by the service's own
 * prompts.
 */
export function attackSource(site: Site, { target }: Nominee, taxonomy: string | undefined): JsonObject {
  const { strategies, turns } = site.spec as unknown as AttackSpec;
  return {
    type: 'azure_ai_red_team',
    item_generation_params: {
      type: taxonomy === undefined ? 'red_team' : 'red_team_taxonomy',
      attack_strategies: [...(strategies ?? ['baseline'])],
      num_turns: turns ?? 5,
      ...(taxonomy === undefined ? {} : { source: { type: 'file_id', id: taxonomy } }),
    },
    target,
  };
}

/** What does not fit together in a scan. */
export function misfits({ agent, model, judge, riskCategories }: AttackSpec): {
  readonly field: Pointer;
  readonly message: string;
}[] {
  return [
    ...((agent === undefined) === (model === undefined)
      ? [{ field: '' as const, message: 'an agent or a model is attacked, one of the two' }]
      : []),
    ...(judge === undefined && riskCategories.includes('TaskAdherence')
      ? [{ field: '/riskCategories' as const, message: 'TaskAdherence asks a model, and no judge is named' }]
      : []),
  ];
}
