import { arrayAt, isArray, isObject, textAt, textsAt, type Json, type JsonObject } from '../../../engine/json.ts';
import { coverage, keywordsOf, sentencesOf, wordsOf } from '../../models/words.ts';
import { asText } from './template.ts';
import { bleu, f1, gleu, meteor, rougeL, rougeN } from './text-metrics.ts';

/** A value on the scale from 0, worst, to 1, best, and whether it was computed as the service does. */
export interface Quality {
  readonly value: number;
  readonly exact: boolean;
  readonly reason: string;
}

type Rule = (inputs: JsonObject, parameters: JsonObject) => Quality;

function text(inputs: JsonObject, name: string): string {
  return asText(inputs[name] ?? '');
}

function exact(value: number, reason: string): Quality {
  return { value, exact: true, reason };
}

function judged(value: number, reason: string): Quality {
  return { value: Math.max(0, Math.min(1, value)), exact: false, reason };
}

function covered(inputs: JsonObject, wanted: string, by: string): number {
  return coverage(keywordsOf(text(inputs, wanted)), keywordsOf(text(inputs, by)));
}

/** The share of sentences that begin with a capital letter or digit and end with a mark, less repeated words. */
function form(response: string): number {
  const sentences = sentencesOf(response);
  const words = wordsOf(response);
  if (words.length === 0) return 0;
  const tidy = sentences.filter(
    (sentence) => /^[\p{Lu}\p{N}"'(]/u.test(sentence) && /[.!?:)"'\]]$/u.test(sentence),
  ).length;
  const repeated = words.filter((word, index) => word === words[index - 1]).length;
  return tidy / sentences.length - repeated / words.length;
}

/** How much a response is about the question, or the expected answer where there is one. */
function onTopic(inputs: JsonObject): number {
  if (text(inputs, 'response').trim() === '') return 0;
  const wanted = text(inputs, 'ground_truth') === '' ? 'query' : 'ground_truth';
  return keywordsOf(text(inputs, wanted)).size === 0 ? 1 : covered(inputs, wanted, 'response');
}

/** The share of the response's keywords that its sources hold. */
function grounded(inputs: JsonObject): number {
  const sources = ['context', 'tool_results', 'query'].map((name) => text(inputs, name)).join(' ');
  const keywords = keywordsOf(text(inputs, 'response'));
  return keywords.size === 0 ? 0 : coverage(keywords, keywordsOf(sources));
}

/** Calls of tools that are defined, with all of their required arguments. */
function toolCalls(inputs: JsonObject): number {
  const calls = callsOf(inputs);
  const definitions = isArray(inputs['tool_definitions']) ? inputs['tool_definitions'] : [];
  if (calls.length === 0) return definitions.length === 0 ? 1 : 0;
  return calls.filter((call) => isCorrect(call, definitions)).length / calls.length;
}

function callsOf(inputs: JsonObject): readonly Json[] {
  if (isArray(inputs['tool_calls'])) return inputs['tool_calls'];
  const items = isArray(inputs['response']) ? inputs['response'] : [];
  return items.filter((item) => ['function_call', 'tool_call'].includes(textAt(item, 'type') ?? ''));
}

function isCorrect(call: Json, definitions: readonly Json[]): boolean {
  const definition = definitions.find((each) => textAt(each, 'name') === textAt(call, 'name'));
  if (definition === undefined) return false;
  const sent = isObject(call) ? call['arguments'] : undefined;
  const given = typeof sent === 'string' ? parsed(sent) : sent;
  return textsAt(definition, 'parameters.required').every((name) => isObject(given) && Object.hasOwn(given, name));
}

function parsed(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return null;
  }
}

/** How well two sequences of steps agree: equal, in order, or as sets. */
function navigation(inputs: JsonObject, parameters: JsonObject): Quality {
  const actions = steps(inputs['actions'] ?? []);
  const expected = steps(inputs['expected_actions'] ?? []);
  const mode = textAt(parameters, 'matching_mode') ?? 'exact_match';
  const isSame = {
    exact_match: JSON.stringify(actions) === JSON.stringify(expected),
    in_order_match: containsInOrder(actions, expected),
    any_order_match: expected.every((step) => actions.includes(step)),
  }[mode];
  return exact(isSame === true ? 1 : 0, `${mode} of ${actions.length} steps and ${expected.length} expected ones`);
}

function steps(value: Json): string[] {
  return isArray(value)
    ? value.map((step) => textAt(step, 'name') ?? asText(step))
    : asText(value).split(/\s*[,\n]\s*/u);
}

function containsInOrder(actions: readonly string[], expected: readonly string[]): boolean {
  let position = 0;
  for (const action of actions) if (action === expected[position]) position += 1;
  return position === expected.length;
}

/** Normalised discounted gain of the first three documents. */
function ranking(inputs: JsonObject): Quality {
  const labels = new Map(
    arrayAt(inputs, 'retrieval_ground_truth').map((entry) => [
      textAt(entry, 'document_id') ?? '',
      gainOf(entry, 'query_relevance_label'),
    ]),
  );
  const found = arrayAt(inputs, 'retrieved_documents').toSorted(
    (a, b) => gainOf(b, 'relevance_score') - gainOf(a, 'relevance_score'),
  );
  const gain = (values: readonly number[]): number =>
    values.slice(0, 3).reduce((sum, value, index) => sum + (2 ** value - 1) / Math.log2(index + 2), 0);
  const best = gain([...labels.values()].toSorted((a, b) => b - a));
  const value = best === 0 ? 0 : gain(found.map((entry) => labels.get(textAt(entry, 'document_id') ?? '') ?? 0)) / best;
  return exact(value, 'ndcg@3');
}

function gainOf(entry: Json, key: string): number {
  const value = isObject(entry) ? entry[key] : undefined;
  return typeof value === 'number' ? value : 0;
}

const versus =
  (metric: (response: string, reference: string) => number, name: string): Rule =>
  (inputs) =>
    exact(metric(text(inputs, 'response'), text(inputs, 'ground_truth')), name);

const judge =
  (value: (inputs: JsonObject) => number, reason: string): Rule =>
  (inputs) =>
    judged(value(inputs), reason);

const ROUGE: Readonly<Record<string, (response: string, reference: string) => number>> = {
  rouge1: (a, b) => rougeN(a, b, 1).f1,
  rouge2: (a, b) => rougeN(a, b, 2).f1,
  rouge3: (a, b) => rougeN(a, b, 3).f1,
  rouge4: (a, b) => rougeN(a, b, 4).f1,
  rouge5: (a, b) => rougeN(a, b, 5).f1,
  rougeL: (a, b) => rougeL(a, b).f1,
};

const adheres = judge(
  (inputs) => (onTopic(inputs) >= 0.5 ? 1 : 0),
  'half of the keywords of the expected answer, or of the question, are in the response',
);
const toolsFit = judge(
  (inputs) => (toolCalls(inputs) === 1 ? 1 : 0),
  'all calls are of defined tools with their required arguments',
);

/** How built-in evaluators other than safety checks are computed; BEHAVIOUR.md describes the rules. */
export const QUALITY_RULES: Readonly<Record<string, Rule>> = {
  'builtin.f1_score': versus(f1, 'F1 over words'),
  'builtin.bleu_score': versus(bleu, 'BLEU'),
  'builtin.gleu_score': versus(gleu, 'GLEU'),
  'builtin.meteor_score': versus(meteor, 'METEOR without stems and synonyms'),
  'builtin.rouge_score': (inputs, parameters) => {
    const type = textAt(parameters, 'rouge_type') ?? 'rougeL';
    return versus(ROUGE[type] ?? ((a, b) => rougeL(a, b).f1), type)(inputs, parameters);
  },
  'builtin.document_retrieval': ranking,
  'builtin.task_navigation_efficiency': navigation,
  'builtin.coherence': judge(
    (inputs) => (onTopic(inputs) + form(text(inputs, 'response'))) / 2,
    'keywords of the question, form of the sentences',
  ),
  'builtin.fluency': judge((inputs) => form(text(inputs, 'response')), 'form of the sentences'),
  'builtin.relevance': judge(onTopic, 'keywords of the question in the response'),
  'builtin.groundedness': judge(grounded, 'keywords of the response in its sources'),
  'builtin.groundedness_pro': judge(
    (inputs) => (grounded(inputs) >= 0.5 ? 1 : 0),
    'half of the keywords of the response are in its sources',
  ),
  'builtin.retrieval': judge(
    (inputs) => covered(inputs, 'query', 'context'),
    'keywords of the question in the context',
  ),
  'builtin.response_completeness': judge(
    (inputs) => covered(inputs, 'ground_truth', 'response'),
    'keywords of the expected answer in the response',
  ),
  'builtin.similarity': judge((inputs) => f1(text(inputs, 'response'), text(inputs, 'ground_truth')), 'F1 over words'),
  'builtin.intent_resolution': judge(onTopic, 'keywords of the question in the response'),
  'builtin.customer_satisfaction': judge(onTopic, 'keywords of the question in the response'),
  'builtin.quality_grader': judge(
    (inputs) => (onTopic(inputs) + form(text(inputs, 'response'))) / 2,
    'keywords of the question, form of the sentences',
  ),
  'builtin.task_completion': adheres,
  'builtin.task_adherence': adheres,
  'builtin.tool_output_utilization': adheres,
  'builtin.tool_call_accuracy': judge(toolCalls, 'calls of defined tools with their required arguments'),
  'builtin.tool_selection': toolsFit,
  'builtin.tool_input_accuracy': toolsFit,
  'builtin.tool_call_success': judge(
    (inputs) => (/\b(?:error|exception|failed)\b/iu.test(text(inputs, 'response')) ? 0 : 1),
    'no word of failure in the response',
  ),
};

/** Estimated judgement of a response when nothing else is known: its fit to the expected answer, or to the question. */
export function overallQuality(inputs: JsonObject): number {
  return onTopic(inputs);
}
