import { distance } from 'fastest-levenshtein';
import { l as rougeL } from 'js-rouge';

/** Methods that compare a text with a reference, by a number from 0 to 1. */
export const SIMILARITIES = ['f1', 'fuzzy', 'rougeL', 'bleu', 'gleu', 'cosine'] as const;

export type Similarity = (typeof SIMILARITIES)[number];

/** Sequences of one to so many words count in BLEU and GLEU. */
const LONGEST = 4;

/** How similar two texts are. But for `fuzzy` and `rougeL` only words count, without regard to case. */
export function similarity(method: Similarity, text: string, reference: string): number {
  if (method === 'fuzzy') return fuzzy(text, reference);
  if (method === 'rougeL') return text.trim() === '' || reference.trim() === '' ? 0 : rougeL(text, reference);
  const [found, wanted] = [wordsOf(text), wordsOf(reference)];
  if (found.length === 0 || wanted.length === 0) return found.length === wanted.length ? 1 : 0;
  switch (method) {
    case 'f1':
      return (2 * shared(sequences(found, 1), sequences(wanted, 1))) / (found.length + wanted.length);
    case 'bleu':
      return bleu(found, wanted);
    case 'gleu':
      return gleu(found, wanted);
    case 'cosine':
      return cosine(sequences(found, 1), sequences(wanted, 1));
  }
}

/** Letters and digits; everything else stands between words. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function fuzzy(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - distance(a, b) / longest;
}

type Counts = ReadonlyMap<string, number>;

/** How often each sequence of `size` words occurs. */
function sequences(words: readonly string[], size: number): Counts {
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= words.length; start++) {
    const key = words.slice(start, start + size).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function shared(one: Counts, two: Counts): number {
  let sum = 0;
  for (const [key, count] of one) sum += Math.min(count, two.get(key) ?? 0);
  return sum;
}

const SIZES = Array.from({ length: LONGEST }, (_, index) => index + 1);

function countOf(words: readonly string[], size: number): number {
  return Math.max(0, words.length - size + 1);
}

/**
 * BLEU of one text: geometric mean of the precision of sequences of one to four words, times the penalty for texts that are
 * shorter than the reference. From two words on one is added to both counts (Lin and Och 2004), since single texts share few.
 */
function bleu(found: readonly string[], wanted: readonly string[]): number {
  const logs = SIZES.map((size) => {
    const more = size === 1 ? 0 : 1;
    return Math.log((shared(sequences(found, size), sequences(wanted, size)) + more) / (countOf(found, size) + more));
  });
  const brevity = Math.min(0, 1 - wanted.length / found.length);
  return Math.exp(brevity + logs.reduce((sum, log) => sum + log, 0) / LONGEST);
}

/** Google-BLEU: shared sequences of one to four words, as a share of those of the text that has more. */
function gleu(found: readonly string[], wanted: readonly string[]): number {
  const total = (of: (size: number) => number): number => SIZES.reduce((sum, size) => sum + of(size), 0);
  const matches = total((size) => shared(sequences(found, size), sequences(wanted, size)));
  return (
    matches /
    Math.max(
      total((size) => countOf(found, size)),
      total((size) => countOf(wanted, size)),
    )
  );
}

/** Cosine of the angle between the counts of words. */
function cosine(one: Counts, two: Counts): number {
  const square = (counts: Counts): number => [...counts.values()].reduce((sum, count) => sum + count * count, 0);
  const product = [...one].reduce((sum, [word, count]) => sum + count * (two.get(word) ?? 0), 0);
  return Math.min(1, product / Math.sqrt(square(one) * square(two)));
}
