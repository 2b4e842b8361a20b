import { distance } from 'fastest-levenshtein';
import { l as rougeL } from 'js-rouge';
import { RE2JS } from 're2js';

/** Graders that need no model and no service. All of them look at the text of an answer. */
export const LOCAL_GRADERS = [
  'exactMatch',
  'f1',
  'contains',
  'startsWith',
  'fuzzy',
  'rougeL',
  'regex',
  'json',
  'wordCount',
] as const;

export type LocalGraderType = (typeof LOCAL_GRADERS)[number];

export interface LocalGrader {
  readonly type: LocalGraderType;
  /** What the answer is compared with; `{{item.x}}` is taken from the item. Several for `contains`, of which all are needed. */
  readonly reference?: string;
  readonly values?: readonly string[];
  readonly pattern?: string;
  /** Most words that an answer may have. */
  readonly most?: number;
  /** Least score that passes. Default 0.5. */
  readonly passAt?: number;
  readonly ignoreCase?: boolean;
}

export interface LocalGrade {
  readonly score: number;
  readonly passed: boolean;
}

/** Grades an answer. `item`: the row of the dataset, for references. Patterns run in linear time, whatever they are. */
export function gradeLocally(grader: LocalGrader, answer: string, item: Readonly<Record<string, unknown>>): LocalGrade {
  const fold = (text: string): string => (grader.ignoreCase ? text.normalize('NFKC').toLowerCase() : text);
  const reference = fold(fill(grader.reference ?? '', item));
  const text = fold(answer);
  const score = scoreOf(
    grader,
    text,
    reference,
    (grader.values ?? []).map((value) => fold(fill(value, item))),
  );
  return { score, passed: score >= (grader.passAt ?? (grader.type === 'f1' || isSimilarity(grader.type) ? 0.5 : 1)) };
}

function isSimilarity(type: LocalGraderType): boolean {
  return type === 'fuzzy' || type === 'rougeL';
}

function scoreOf(grader: LocalGrader, text: string, reference: string, values: readonly string[]): number {
  switch (grader.type) {
    case 'exactMatch':
      return text.trim() === reference.trim() ? 1 : 0;
    case 'f1':
      return tokenF1(text, reference);
    case 'contains':
      return [...values, ...(grader.reference === undefined ? [] : [reference])].every((part) => text.includes(part))
        ? 1
        : 0;
    case 'startsWith':
      return text.trimStart().startsWith(reference) ? 1 : 0;
    case 'fuzzy':
      return similarity(text, reference);
    case 'rougeL':
      return text.trim() === '' || reference.trim() === '' ? 0 : rougeL(text, reference);
    case 'regex':
      return RE2JS.compile(grader.pattern ?? '')
        .matcher(text)
        .find()
        ? 1
        : 0;
    case 'json':
      return isJson(text) ? 1 : 0;
    case 'wordCount':
      return wordsOf(text).length <= (grader.most ?? Infinity) ? 1 : 0;
  }
}

/** Why a pattern cannot be used; undefined for one that can. */
export function patternProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Replaces `{{item.x}}` by the item's own members; what an item does not have is empty. */
export function fill(template: string, item: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{\{\s*item\.([A-Za-z0-9_]+)\s*\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Harmonic mean of precision and recall over words, each counted as often as it occurs. */
function tokenF1(answer: string, reference: string): number {
  const [found, wanted] = [wordsOf(answer), wordsOf(reference)];
  if (found.length === 0 || wanted.length === 0) return found.length === wanted.length ? 1 : 0;
  const open = new Map<string, number>();
  for (const word of wanted) open.set(word, (open.get(word) ?? 0) + 1);
  const common = found.filter((word) => {
    const left = open.get(word) ?? 0;
    open.set(word, left - 1);
    return left > 0;
  }).length;
  return (2 * common) / (found.length + wanted.length);
}

function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - distance(a, b) / longest;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
