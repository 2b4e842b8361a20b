/** A shorter value cannot be told from other text, so it is not taken as a secret. */
export const SHORTEST_SECRET = 6;

/** Shortest line of a secret of several lines that is replaced on its own. */
const SHORTEST_LINE = 12;

/** Values of secrets that this process has read, and the tokens that it was given. */
export interface KnownSecrets {
  /** Values shorter than `SHORTEST_SECRET` are not kept. */
  add(value: string): void;
  /** The text with every known value replaced, in every form that `formsOf` knows; upper and lower case do not count. */
  conceal(text: string): string;
  /** The same for every text in a value, at any depth. */
  concealIn<T>(value: T): T;
}

export function createKnownSecrets(): KnownSecrets {
  const values = new Set<string>();
  /** Longest first, so that no form is hidden by a piece of it. */
  let forms: readonly Form[] = [];

  function conceal(text: string): string {
    return forms.reduce((rest, form) => (form.text.length > rest.length ? rest : replaced(rest, form)), text);
  }

  return {
    add(value) {
      if (value.trim().length < SHORTEST_SECRET || values.has(value)) return;
      values.add(value);
      const all = new Set([...values].flatMap(formsOf));
      forms = [...all].toSorted((a, b) => b.length - a.length).map(toForm);
    },
    conceal,
    concealIn: <T>(value: T): T => mapTexts(value, conceal) as T,
  };
}

interface Form {
  readonly text: string;
  /** Absent for long ones, which nobody writes in other letters. */
  readonly pattern?: RegExp;
}

/** Longest form that is looked for without regard to case. */
const LONGEST_PATTERN = 500;

function toForm(text: string): Form {
  return text.length > LONGEST_PATTERN ? { text } : { text, pattern: new RegExp(escaped(text), 'giu') };
}

function replaced(text: string, { text: form, pattern }: Form): string {
  return pattern ? text.replace(pattern, '(secret)') : text.replaceAll(form, '(secret)');
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * The forms in which servers and libraries repeat a value: as it is, in JSON and in JSON within JSON, in a URL and in a form,
 * in HTML, in base64 and base64url at any place of a longer text, and its lines one by one.
 */
function formsOf(value: string): string[] {
  const whole = value.toWellFormed();
  const raw = [whole, whole.trim(), ...linesOf(whole)];
  const forms = raw.flatMap((text) => {
    const json = inJson(text);
    const url = encodeURIComponent(text);
    return [
      text,
      json,
      inJson(json),
      text.replaceAll('/', '\\/'),
      url,
      strictly(url),
      strictly(url).replaceAll('%20', '+'),
      encodeURI(text),
      inHtml(text),
    ];
  });
  return [...new Set([...forms, ...inBase64(value), ...inBase64(value.trim())])].filter(
    (form) => form.length >= SHORTEST_SECRET,
  );
}

function linesOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return lines.length < 2 ? [] : lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----'));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As forms and signatures are encoded. */
function strictly(url: string): string {
  return url.replaceAll(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function inHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** What base64 makes of the bytes whatever precedes and follows them: characters that hold only bits of the value. */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const inner = text.slice(first, Math.floor(((before + bytes.length) * 8) / 6));
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(inner)];
  });
}
