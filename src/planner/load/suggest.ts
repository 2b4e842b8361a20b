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

/**
 * The hint for a name that is not there, such as a resource or a gate that somebody named on the command line: what was
 * probably meant, what there is, or that there is none. `noun` is the plural of what was looked for.
 */
export function nameHint(word: string, known: readonly string[], noun: string): string {
  if (known.length === 0) return `There are no ${noun}.`;
  const own = word.includes('/') ? [] : known.map((one) => one.slice(one.indexOf('/') + 1));
  const near = suggestion(word, known) ?? known[own.indexOf(suggestion(word, own) ?? '')];
  if (near !== undefined) return `Did you mean "${near}"?`;
  const shown = known.toSorted().slice(0, 12);
  return `There are: ${shown.join(', ')}${known.length > shown.length ? `, and ${known.length - shown.length} more` : ''}.`;
}
