import { arrayAt, member, textAt, textsAt, valueAt, type Json, type JsonObject } from '../../../engine/json.ts';
import { answerPrompt } from '../../models/answer.ts';
import type { Message, ModelAnswer } from '../../models/prompt.ts';
import type { ModelSettings } from '../../../engine/model-settings.ts';
import { keywordsOf, coverage, mentions } from '../../models/words.ts';
import { asText, fillText, type Scope } from './template.ts';
import { overallQuality } from './heuristics.ts';
import { rounded, type ComputedBy, type Grade } from './result.ts';
import { similarity } from './text-metrics.ts';

/** `string_check`: equal, not equal, contains, contains in any casing. */
export function gradeString(criterion: JsonObject, scope: Scope): Grade {
  const input = fillText(criterion['input'] ?? '', scope);
  const reference = fillText(criterion['reference'] ?? '', scope);
  const operation = textAt(criterion, 'operation') ?? '';
  const passed = {
    eq: input === reference,
    ne: input !== reference,
    like: input.includes(reference),
    ilike: mentions(input, reference),
  }[operation];
  return {
    ...headOf(criterion),
    score: passed === true ? 1 : 0,
    passed: passed === true,
    reason: `'${shortened(input)}' ${operation} '${shortened(reference)}'`,
    computedBy: 'formula',
  };
}

/** `text_similarity`: one of the metrics, passing at `pass_threshold` (0.5 when there is none). */
export function gradeSimilarity(criterion: JsonObject, scope: Scope): Grade {
  const metric = textAt(criterion, 'evaluation_metric') ?? '';
  const compute = similarity(metric) ?? (() => 0);
  const score = rounded(
    compute(fillText(criterion['input'] ?? '', scope), fillText(criterion['reference'] ?? '', scope)),
  );
  return { ...headOf(criterion), ...judgedBy(criterion, score, 0.5), metric, computedBy: 'formula' };
}

/** `score_model`: the number that the model answers, or a rule of thumb when it answers none. */
export async function gradeScore(criterion: JsonObject, scope: Scope, models: ModelSettings): Promise<Grade> {
  const [least = 0, most = 1] = arrayAt(criterion, 'range').map(Number);
  const answer = await ask(criterion, scope, models);
  const said = answer.answeredBy === 'script' || answer.answeredBy === 'endpoint' ? numberIn(answer.text) : undefined;
  const score = said ?? least + (most - least) * overallQuality(commonInputs(scope));
  const clamped = rounded(Math.max(least, Math.min(most, score)));
  return {
    ...headOf(criterion),
    ...judgedBy(criterion, clamped, (least + most) / 2),
    computedBy: madeBy(answer, said),
  };
}

/** `label_model`: the label that the model answers, or the one that has most to do with what it was asked. */
export async function gradeLabel(criterion: JsonObject, scope: Scope, models: ModelSettings): Promise<Grade> {
  const labels = textsAt(criterion, 'labels');
  const answer = await ask(criterion, scope, models);
  const said =
    answer.answeredBy === 'script' || answer.answeredBy === 'endpoint'
      ? labels.find((label) => mentions(answer.text, label))
      : undefined;
  const label = said ?? closest(labels, textsAt(criterion, 'passing_labels'), fillMessages(criterion, scope));
  const passed = textsAt(criterion, 'passing_labels').includes(label);
  return { ...headOf(criterion), score: passed ? 1 : 0, label, passed, computedBy: madeBy(answer, said) };
}

/** The label whose words occur most in the dialogue's last message; without any the first passing one. */
function closest(labels: readonly string[], passing: readonly string[], messages: readonly Message[]): string {
  const words = keywordsOf(messages.at(-1)?.text ?? '');
  const scored = labels.map((label) => ({ label, score: coverage(keywordsOf(label), words) }));
  const [best] = scored.toSorted((a, b) => b.score - a.score);
  return best && best.score > 0 ? best.label : (passing[0] ?? labels[0] ?? '');
}

function madeBy(answer: ModelAnswer, said: unknown): ComputedBy {
  if (said === undefined) return 'heuristic';
  return answer.answeredBy === 'endpoint' ? 'endpoint' : 'script';
}

function ask(criterion: JsonObject, scope: Scope, models: ModelSettings): Promise<ModelAnswer> {
  return answerPrompt(models, {
    deployment: textAt(criterion, 'model') ?? '',
    agent: undefined,
    instructions: '',
    messages: fillMessages(criterion, scope),
    knowledge: [],
    format: undefined,
  });
}

function fillMessages(criterion: JsonObject, scope: Scope): Message[] {
  return arrayAt(criterion, 'input').map((message) => ({
    role: (['system', 'developer', 'assistant'] as const).find((role) => role === textAt(message, 'role')) ?? 'user',
    text: fillText(contentOf(message), scope),
  }));
}

function contentOf(message: Json): string {
  const content = member(message, 'content') ?? '';
  return textAt(content, 'text') ?? asText(content);
}

/** Inputs of a judge when only the row is known: the usual names of columns. */
function commonInputs({ item, sample }: Scope): JsonObject {
  const first = (...names: readonly string[]): Json =>
    names.map((name) => item[name]).find((value) => value !== undefined) ?? '';
  return {
    query: first('query', 'question', 'input', 'prompt'),
    response: sample['output_text'] ?? first('response', 'answer', 'output'),
    ground_truth: first('ground_truth', 'expected', 'reference', 'expected_response'),
    context: first('context'),
  };
}

/** The first number of a text, or the `result` or `score` of a JSON object. */
export function numberIn(text: string): number | undefined {
  const found = /-?\d+(?:\.\d+)?/u.exec(text)?.[0];
  try {
    const value: Json = JSON.parse(text) as Json;
    const named = ['result', 'score'].map((key) => valueAt(value, key)).find((each) => typeof each === 'number');
    if (typeof named === 'number') return named;
  } catch {
    // Not JSON: the first number counts.
  }
  return found === undefined ? undefined : Number(found);
}

function judgedBy(criterion: JsonObject, score: number, preset: number): Pick<Grade, 'score' | 'passed' | 'threshold'> {
  const wanted = member(criterion, 'pass_threshold');
  const threshold = typeof wanted === 'number' ? wanted : preset;
  return { score, threshold, passed: score >= threshold };
}

function headOf(criterion: JsonObject): Pick<Grade, 'name' | 'type'> {
  return { name: textAt(criterion, 'name') ?? '', type: textAt(criterion, 'type') ?? '' };
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
