import { isArray, isObject, member, type Json, type JsonObject } from '../../../engine/json.ts';

/** Values available to templates of graders and prompts: `{{item.query}}`, `{{sample.output_text}}`. */
export interface Scope {
  readonly item: JsonObject;
  readonly sample: JsonObject;
}

/** A name in a template that stands for nothing in this row. */
export class MissingValue extends Error {
  constructor(path: string) {
    super(`The template names '${path}', which the row does not have`);
    this.name = 'MissingValue';
  }
}

const NAME = /\{\{\s*(?<path>[\w.[\]-]+)\s*\}\}/gu;

/** A template with its names replaced; one that is nothing but a name becomes the value itself. Throws a MissingValue. */
export function fill(template: Json, scope: Scope): Json {
  if (typeof template !== 'string') return template;
  const whole = /^\s*\{\{\s*(?<path>[\w.[\]-]+)\s*\}\}\s*$/u.exec(template)?.groups?.['path'];
  if (whole !== undefined) return lookup(whole, scope);
  return template.replaceAll(NAME, (_match, path: string) => asText(lookup(path, scope)));
}

/** The same as text. */
export function fillText(template: Json, scope: Scope): string {
  return asText(fill(template, scope));
}

export function asText(value: Json): string {
  if (typeof value === 'string') return value;
  if (isArray(value)) {
    const texts = value.map((item) => (isObject(item) ? messageText(item) : undefined));
    if (texts.length > 0 && texts.every((text) => text !== undefined)) return texts.join('\n');
  }
  return value === null ? '' : JSON.stringify(value);
}

/** The text of a message, whose content is text or a list of parts. */
function messageText(item: JsonObject): string | undefined {
  const content = member(item, 'content');
  if (typeof content === 'string') return content;
  if (!isArray(content)) return undefined;
  return content.map((part) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}

function lookup(path: string, scope: Scope): Json {
  const steps = path.split(/[.[\]]+/u).filter((step) => step !== '');
  const root: Json = steps[0] === 'item' || steps[0] === 'sample' ? { ...scope } : scope.item;
  let value: Json | undefined = root;
  for (const step of steps) value = isArray(value) ? value[Number(step)] : member(value, step);
  if (value === undefined) throw new MissingValue(path);
  return value;
}
