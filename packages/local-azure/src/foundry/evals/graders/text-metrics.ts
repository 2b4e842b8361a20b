import { wordsOf } from '../../models/words.ts';

/** Sequences of `size` words, with how often each occurs. */
function ngrams(words: readonly string[], size: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= words.length; start += 1) {
    const key = words.slice(start, start + size).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function overlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  return [...a].reduce((sum, [key, count]) => sum + Math.min(count, b.get(key) ?? 0), 0);
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** Precision, recall and F1 of ROUGE-N: shared sequences of `size` words. */
export function rougeN(text: string, reference: string, size: number): Scores {
  const found = ngrams(wordsOf(text), size);
  const wanted = ngrams(wordsOf(reference), size);
  return scores(overlap(found, wanted), total(found), total(wanted));
}

export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

function scores(shared: number, found: number, wanted: number): Scores {
  const precision = found === 0 ? 0 : shared / found;
  const recall = wanted === 0 ? 0 : shared / wanted;
  return { precision, recall, f1: harmonic(precision, recall) };
}

/** The same of ROUGE-L: the longest common subsequence of words. */
export function rougeL(text: string, reference: string): Scores {
  const found = wordsOf(text);
  const wanted = wordsOf(reference);
  return scores(commonLength(found, wanted), found.length, wanted.length);
}

/** Length of the longest common subsequence. */
function commonLength<T>(a: readonly T[], b: readonly T[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const left of a) {
    const next = [0];
    for (const [index, right] of b.entries()) {
      const best = left === right ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0);
      next.push(best);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** F1 over words without articles and punctuation. */
export function f1(text: string, reference: string): number {
  const words = (of: string): string[] => wordsOf(of).filter((word) => !['a', 'an', 'the'].includes(word));
  const found = ngrams(words(text), 1);
  const wanted = ngrams(words(reference), 1);
  return scores(overlap(found, wanted), total(found), total(wanted)).f1;
}

const SMOOTHING = 5;

/** BLEU with sequences of up to four words; those without any match count a little (Chen and Cherry, method 4). */
export function bleu(text: string, reference: string): number {
  const found = wordsOf(text);
  const wanted = wordsOf(reference);
  if (overlap(ngrams(found, 1), ngrams(wanted, 1)) === 0) return 0;
  let misses = 0;
  const logs = [1, 2, 3, 4].map((size) => {
    const candidate = ngrams(found, size);
    const shared = overlap(candidate, ngrams(wanted, size));
    const count = Math.max(1, total(candidate));
    if (shared > 0) return Math.log(shared / count);
    misses += 1;
    return found.length > 1 ? Math.log(Math.log(found.length) / (2 ** misses * SMOOTHING) / count) : Math.log(1e-9);
  });
  const brevity = found.length >= wanted.length ? 1 : Math.exp(1 - wanted.length / found.length);
  return brevity * Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

/** Shared sequences of one to four words over those of the longer text. */
export function gleu(text: string, reference: string): number {
  const found = wordsOf(text);
  const wanted = wordsOf(reference);
  const sizes = [1, 2, 3, 4].map((size) => ({ a: ngrams(found, size), b: ngrams(wanted, size) }));
  const shared = sizes.reduce((sum, { a, b }) => sum + overlap(a, b), 0);
  const longest = Math.max(
    ...[found, wanted].map((words) =>
      [1, 2, 3, 4].reduce((sum, size) => sum + Math.max(0, words.length - size + 1), 0),
    ),
  );
  return longest === 0 ? 0 : shared / longest;
}

/** METEOR over equal words, without stems and synonyms: recall counts nine times, scattered matches are punished. */
export function meteor(text: string, reference: string): number {
  const found = wordsOf(text);
  const wanted = wordsOf(reference);
  const taken = new Set<number>();
  const positions = found.map((word) => {
    const position = wanted.findIndex((other, index) => other === word && !taken.has(index));
    if (position >= 0) taken.add(position);
    return position;
  });
  const matches = taken.size;
  if (matches === 0) return 0;
  const chunks = positions.filter((position, index) => position >= 0 && positions[index - 1] !== position - 1).length;
  const precision = matches / found.length;
  const recall = matches / wanted.length;
  const mean = (precision * recall) / (0.9 * precision + 0.1 * recall);
  return mean * (1 - 0.5 * (chunks / matches) ** 3);
}

/** Cosine of the word counts. The service compares embeddings instead. */
function cosine(text: string, reference: string): number {
  const a = ngrams(wordsOf(text), 1);
  const b = ngrams(wordsOf(reference), 1);
  const product = [...a].reduce((sum, [word, count]) => sum + count * (b.get(word) ?? 0), 0);
  const length = (counts: ReadonlyMap<string, number>): number =>
    Math.sqrt([...counts.values()].reduce((sum, count) => sum + count ** 2, 0));
  const lengths = length(a) * length(b);
  return lengths === 0 ? 0 : product / lengths;
}

/** Twice the longest common subsequence of characters over both lengths. */
function fuzzyMatch(text: string, reference: string): number {
  const a = text.split('');
  const b = reference.split('');
  return a.length + b.length === 0 ? 1 : (2 * commonLength(a, b)) / (a.length + b.length);
}

const SIMILARITIES: Readonly<Record<string, (text: string, reference: string) => number>> = {
  bleu,
  cosine,
  fuzzy_match: fuzzyMatch,
  gleu,
  meteor,
  rouge_l: (text, reference) => rougeL(text, reference).f1,
};

/** The metrics of text_similarity graders, 0 to 1; undefined for one that does not exist. */
export function similarity(metric: string): ((text: string, reference: string) => number) | undefined {
  const size = /^rouge_(?<size>[1-5])$/u.exec(metric)?.groups?.['size'];
  return size === undefined ? SIMILARITIES[metric] : (text, reference) => rougeN(text, reference, Number(size)).f1;
}
