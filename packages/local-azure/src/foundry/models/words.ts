/** Lower-case words of a text: letters and digits of any script. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that say nothing about what a text is about. */
const COMMON = new Set(
  'a an and are as at be by can do does for from have how i if in is it me my of on or our that the this to was we what when where which who why will with you your'.split(
    ' ',
  ),
);

/** The words of a text without the most common ones, each once. */
export function keywordsOf(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => !COMMON.has(word)));
}

/** The share of `wanted` that occurs in `text`, 0 to 1; 0 when nothing is wanted. */
export function coverage(wanted: ReadonlySet<string>, text: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  return [...wanted].filter((word) => text.has(word)).length / wanted.size;
}

/** Splits at the ends of sentences and lines. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** About how many tokens a text has: four characters each, as a rule of thumb. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}

/** True when `phrase` occurs in `text`, in any casing. */
export function mentions(text: string, phrase: string): boolean {
  return text.toLowerCase().includes(phrase.toLowerCase());
}
