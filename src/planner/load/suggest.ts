import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, or undefined when none is near. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const asked = word.toLowerCase();
  const sameLetters =
    known.find((candidate) => candidate.toLowerCase() === asked) ??
    known.find((candidate) => isSwap(asked, candidate.toLowerCase()));
  if (sameLetters !== undefined) return sameLetters;
  const nearest = closest(word, [...known]);
  return distance(asked, nearest.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3)) ? nearest : undefined;
}

/** Whether two neighbouring letters changed places, the commonest slip, which costs two edits otherwise. */
function isSwap(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const swapped = `${one.slice(0, at)}${one[at + 1] ?? ''}${one[at] ?? ''}${one.slice(at + 2)}`;
  return at < one.length && swapped === other;
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
