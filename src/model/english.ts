/** The noun with its indefinite article: `an Agent`, `a ContainerApp`, `an SQL database`, `a UserPool`. */
export function withArticle(noun: string): string {
  return `${beginsWithVowelSound(noun) ? 'an' : 'a'} ${noun}`;
}

function beginsWithVowelSound(noun: string): boolean {
  const word = /^[A-Za-z]+/.exec(noun)?.[0] ?? '';
  const spelt = /^[A-Z]{2,}(?![a-z])/.exec(word)?.[0];
  if (spelt !== undefined) return /^[AEFHILMNORSX]/.test(spelt);
  return /^[aeiou]/i.test(word) && !/^(uni([^mn]|$)|use|eu|one)/i.test(word);
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `1 item`, `2 items`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** At most `most` characters; what is left out is counted in its place. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text
    .slice(0, most - 40)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  return `${kept}… (${text.length - kept.length} more characters)`;
}
