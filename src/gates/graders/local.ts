import { RE2JS } from 're2js';
import { equal, type Json } from '../../model/json.ts';
import { valueAtPath } from '../../model/json-path.ts';
import { fitsSchema } from './json-schema.ts';
import { isRefusal } from './refusal.ts';
import { SIMILARITIES, similarity, wordsOf, type Similarity } from './similarity.ts';

/** Graders that say yes or no. */
export const YES_OR_NO = [
  'exactMatch',
  'contains',
  'startsWith',
  'regex',
  'json',
  'jsonSchema',
  'jsonPath',
  'refusal',
] as const;

/** Graders that need no model and no service. All of them look at the text of an answer. */
export const LOCAL_GRADERS = [...YES_OR_NO, ...SIMILARITIES, 'wordCount'] as const;

export type LocalGraderType = (typeof LOCAL_GRADERS)[number];

export interface LocalGrader {
  readonly type: LocalGraderType;
  /** Text that the answer is compared with; `{{item.x}}` is taken from the item. Several for `contains`, of which all are needed. */
  readonly reference?: string;
  readonly values?: readonly string[];
  /** regex: has to be found; jsonPath: has to be found in the value; refusal: counts as one as well. */
  readonly pattern?: string;
  /** jsonSchema. */
  readonly schema?: object;
  /** jsonPath: place in an answer that is JSON, and the value expected there; by default any. */
  readonly path?: string;
  readonly equals?: string | number | boolean;
  /** Passes what would fail, and the other way round; for graders that say yes or no. */
  readonly negate?: boolean;
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
  const { type, passAt, most = Infinity } = grader;
  const fold = (text: string): string => (grader.ignoreCase ? text.normalize('NFKC').toLowerCase() : text);
  const reference = fold(fill(grader.reference ?? '', item));
  if (isSimilarity(type)) {
    const score = similarity(type, fold(answer), reference);
    return { score, passed: score >= (passAt ?? 0.5) };
  }
  const holds =
    type === 'wordCount'
      ? wordsOf(answer).length <= most
      : saysYes({ ...grader, type }, fold, answer, item) !== (grader.negate ?? false);
  const score = holds ? 1 : 0;
  return { score, passed: score >= (passAt ?? 1) };
}

function isSimilarity(type: LocalGraderType): type is Similarity {
  return (SIMILARITIES as readonly string[]).includes(type);
}

function saysYes(
  grader: LocalGrader & { readonly type: (typeof YES_OR_NO)[number] },
  fold: (text: string) => string,
  answer: string,
  item: Readonly<Record<string, unknown>>,
): boolean {
  const text = fold(answer);
  const reference = fold(fill(grader.reference ?? '', item));
  switch (grader.type) {
    case 'exactMatch':
      return text.trim() === reference.trim();
    case 'contains': {
      const parts = (grader.values ?? []).map((value) => fold(fill(value, item)));
      return [...parts, ...(grader.reference === undefined ? [] : [reference])].every((part) => text.includes(part));
    }
    case 'startsWith':
      return text.trimStart().startsWith(reference);
    case 'regex':
      return matches(grader, grader.pattern ?? '', text);
    case 'json':
      return jsonOf(answer) !== undefined;
    case 'jsonSchema':
      return fitsSchema(grader.schema ?? {}, answer);
    case 'jsonPath':
      return hasAtPath(grader, fold, answer, item);
    case 'refusal':
      return isRefusal(answer, grader.pattern);
  }
}

/** Whether JSON has a value at a path, and it is the one, or matches the pattern, that is asked for. */
function hasAtPath(
  grader: LocalGrader,
  fold: (text: string) => string,
  answer: string,
  item: Readonly<Record<string, unknown>>,
): boolean {
  const { path = '$', equals, pattern } = grader;
  const found = valueAtPath(jsonOf(answer), path);
  if (found === undefined) return false;
  const text = fold(typeof found === 'string' ? found : JSON.stringify(found));
  if (pattern !== undefined && !matches(grader, pattern, text)) return false;
  if (equals === undefined) return true;
  if (typeof equals !== 'string') return equal(found, equals);
  return text === fold(fill(equals, item));
}

function matches({ ignoreCase }: LocalGrader, pattern: string, text: string): boolean {
  return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    .matcher(text)
    .find();
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

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
