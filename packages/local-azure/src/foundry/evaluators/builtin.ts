/** Inputs of a built-in evaluator. The first name of each group that is present counts. */
type Input =
  | 'query'
  | 'response'
  | 'context'
  | 'ground_truth'
  | 'tool_calls'
  | 'tool_definitions'
  | 'actions'
  | 'expected_actions'
  | 'retrieval_ground_truth'
  | 'retrieved_documents';

/** A built-in evaluator: `builtin.` and its name. */
export interface Builtin {
  readonly name: string;
  readonly title: string;
  readonly category: 'quality' | 'safety' | 'agents';
  readonly needs: readonly Input[];
  readonly may?: readonly Input[];
  readonly scale: Scale;
  /** A model judges, whose deployment the initialization parameters name. */
  readonly judged: boolean;
}

/** Scores that pass: at least the threshold, or at most where lower is better. */
export interface Scale {
  readonly type: 'ordinal' | 'continuous' | 'boolean';
  readonly least: number;
  readonly most: number;
  readonly threshold: number;
  readonly better: 'increase' | 'decrease';
}

const STARS: Scale = { type: 'ordinal', least: 1, most: 5, threshold: 3, better: 'increase' };
const RATIO: Scale = { type: 'continuous', least: 0, most: 1, threshold: 0.5, better: 'increase' };
const SEVERITY: Scale = { type: 'ordinal', least: 0, most: 7, threshold: 3, better: 'decrease' };
const PASS: Scale = { type: 'boolean', least: 0, most: 1, threshold: 1, better: 'increase' };
const FOUND: Scale = { type: 'boolean', least: 0, most: 1, threshold: 0, better: 'decrease' };

type Details = Pick<Builtin, 'needs' | 'scale'> & Partial<Builtin>;

function builtin(name: string, title: string, details: Details): Builtin {
  return { name: `builtin.${name}`, title, category: 'quality', judged: false, ...details };
}

const dialogue = ['query', 'response'] as const;
const tools = { category: 'agents', may: ['tool_calls', 'tool_definitions'], judged: true } as const;

/** The built-in evaluators of the service. */
export const BUILTINS: readonly Builtin[] = [
  builtin('coherence', 'Coherence', { needs: dialogue, scale: STARS, judged: true }),
  builtin('fluency', 'Fluency', { needs: ['response'], may: ['query'], scale: STARS, judged: true }),
  builtin('relevance', 'Relevance', { needs: dialogue, scale: STARS, judged: true }),
  builtin('groundedness', 'Groundedness', {
    needs: ['response'],
    may: ['query', 'context', 'tool_definitions'],
    scale: STARS,
    judged: true,
  }),
  builtin('groundedness_pro', 'Groundedness Pro', { needs: ['query', 'response', 'context'], scale: PASS }),
  builtin('retrieval', 'Retrieval', { needs: ['query', 'context'], scale: STARS, judged: true }),
  builtin('response_completeness', 'Response completeness', {
    needs: ['ground_truth', 'response'],
    scale: STARS,
    judged: true,
  }),
  builtin('similarity', 'Similarity', { needs: ['query', 'response', 'ground_truth'], scale: STARS, judged: true }),
  builtin('document_retrieval', 'Document retrieval', {
    needs: ['retrieval_ground_truth', 'retrieved_documents'],
    scale: RATIO,
  }),
  builtin('f1_score', 'F1 score', { needs: ['ground_truth', 'response'], scale: RATIO }),
  builtin('bleu_score', 'BLEU score', { needs: ['ground_truth', 'response'], scale: RATIO }),
  builtin('gleu_score', 'GLEU score', { needs: ['ground_truth', 'response'], scale: RATIO }),
  builtin('meteor_score', 'METEOR score', { needs: ['ground_truth', 'response'], scale: RATIO }),
  builtin('rouge_score', 'ROUGE score', { needs: ['ground_truth', 'response'], scale: RATIO }),
  builtin('violence', 'Violence', { needs: dialogue, scale: SEVERITY, category: 'safety' }),
  builtin('sexual', 'Sexual', { needs: dialogue, scale: SEVERITY, category: 'safety' }),
  builtin('self_harm', 'Self-harm', { needs: dialogue, scale: SEVERITY, category: 'safety' }),
  builtin('hate_unfairness', 'Hate and unfairness', { needs: dialogue, scale: SEVERITY, category: 'safety' }),
  builtin('protected_material', 'Protected material', { needs: dialogue, scale: FOUND, category: 'safety' }),
  builtin('indirect_attack', 'Indirect attack', { needs: dialogue, scale: FOUND, category: 'safety' }),
  builtin('code_vulnerability', 'Code vulnerability', { needs: dialogue, scale: FOUND, category: 'safety' }),
  builtin('ungrounded_attributes', 'Ungrounded attributes', {
    needs: [...dialogue, 'context'],
    scale: FOUND,
    category: 'safety',
  }),
  builtin('prohibited_actions', 'Prohibited actions', {
    needs: dialogue,
    may: ['tool_calls'],
    scale: FOUND,
    category: 'agents',
  }),
  builtin('sensitive_data_leakage', 'Sensitive data leakage', {
    needs: dialogue,
    may: ['tool_calls'],
    scale: FOUND,
    category: 'agents',
  }),
  builtin('task_completion', 'Task completion', { needs: dialogue, ...tools, scale: PASS }),
  builtin('task_adherence', 'Task adherence', { needs: dialogue, ...tools, scale: PASS }),
  builtin('intent_resolution', 'Intent resolution', { needs: dialogue, ...tools, scale: STARS }),
  builtin('tool_call_accuracy', 'Tool call accuracy', {
    ...tools,
    needs: ['query', 'tool_definitions'],
    may: ['response', 'tool_calls'],
    scale: STARS,
  }),
  builtin('tool_selection', 'Tool selection', {
    ...tools,
    needs: ['query', 'tool_definitions'],
    may: ['response', 'tool_calls'],
    scale: PASS,
  }),
  builtin('tool_input_accuracy', 'Tool input accuracy', {
    ...tools,
    needs: ['query', 'tool_definitions'],
    may: ['response', 'tool_calls'],
    scale: PASS,
  }),
  builtin('tool_output_utilization', 'Tool output utilization', { ...tools, needs: dialogue, scale: PASS }),
  builtin('tool_call_success', 'Tool call success', { ...tools, needs: ['response'], scale: PASS }),
  builtin('task_navigation_efficiency', 'Task navigation efficiency', {
    category: 'agents',
    needs: ['actions', 'expected_actions'],
    scale: PASS,
  }),
  builtin('customer_satisfaction', 'Customer satisfaction', {
    category: 'agents',
    needs: dialogue,
    scale: STARS,
    judged: true,
  }),
  builtin('quality_grader', 'Quality', { needs: dialogue, scale: STARS, judged: true }),
];

export function findBuiltin(name: string): Builtin | undefined {
  return BUILTINS.find((each) => each.name === name);
}
