/** Text that is HTML already. Only `html` makes it, so that nothing gets onto the page unescaped. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | undefined | readonly (Html | string)[];

/** A template whose values are escaped; lists are joined, undefined is left out. Attribute values must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const pieces = strings.flatMap((text, index) => [text, index < values.length ? insert(values[index]) : '']);
  return { markup: pieces.join('') };
}

function insert(value: Part): string {
  if (value === undefined) return '';
  if (typeof value === 'object') return 'markup' in value ? value.markup : value.map(insert).join('');
  return escape(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
