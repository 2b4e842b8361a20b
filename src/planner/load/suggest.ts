import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, or undefined when none is near. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  const nearest = sameLetters ?? closest(word, [...known]);
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3))
    ? nearest
    : undefined;
}

/** `Did you mean "x"?`, else the known words when they are few. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const near = suggestion(word, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length > 0 && known.length <= 12 ? `Known: ${known.toSorted().join(', ')}.` : undefined;
}
