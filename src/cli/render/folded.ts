import { equal, type Json } from '../../model/json.ts';
import type { Change, Plan } from '../../model/plan.ts';
import { memberSchema, type SpecSchema } from '../../model/schema.ts';
import { count, styled, type Line, type Segment } from '../text.ts';
import { inline, isLongText, leaves, UNKNOWN } from './value.ts';

/** Characters that the fields of one resource may take. */
const WIDTH = 100;
const LONGEST_VALUE = 40;

type Create = Change & { readonly action: 'create' };

/** What many new resources have alike, so that it is said once. */
export interface Common {
  readonly location: string;
  /** Tags that every new resource with tags has, with the same value. */
  readonly tags: ReadonlyMap<string, Json>;
}

/** What the new resources of a plan have in common. */
export function commonOf(plan: Plan): Common {
  const tagged = plan.changes.flatMap((change) => {
    const tags = change.action === 'create' ? change.after['tags'] : undefined;
    return typeof tags === 'object' && tags !== null ? [Object.entries(tags)] : [];
  });
  const [first = [], ...others] = tagged;
  const shared = first.filter(([key, value]) =>
    others.every((tags) => tags.some(([name, one]) => name === key && equal(one, value))),
  );
  return { location: plan.environment.location, tags: new Map(shared) };
}

interface Folded {
  readonly texts: readonly string[];
  readonly defaults: number;
}

/** The fields of a new resource on one line: those that somebody chose, as many as fit. */
export function foldedFields(change: Create, schema: SpecSchema | undefined, common: Common): Segment[] {
  const { texts } = fold(change, schema, common);
  const shown: string[] = [];
  for (const text of texts) {
    if (shown.length > 0 && [...shown, text].join(', ').length > WIDTH) break;
    shown.push(text);
  }
  const more = texts.length - shown.length;
  if (shown.length === 0) return [];
  return ['  ', shown.join(', '), ...(more > 0 ? [` (+${more})`] : [])].map((text) => styled('dim', text));
}

/** What the folded lines leave out, on one line; none where nothing is left out. */
export function foldedNote(plan: Plan, schemaOf: (change: Change) => SpecSchema | undefined, common: Common): Line[] {
  const creates = plan.changes.filter((change): change is Create => change.action === 'create');
  const defaults = creates.reduce((sum, change) => sum + fold(change, schemaOf(change), common).defaults, 0);
  const tags = [...common.tags].map(([key, value]) => `${key}=${typeof value === 'string' ? value : inline(value)}`);
  const parts = [
    ...(defaults > 0 ? [count(defaults, 'default')] : []),
    ...(creates.some(({ after }) => after['location'] === common.location) ? [`location ${common.location}`] : []),
    ...(tags.length > 0 ? [`tags ${tags.join(' ')}`] : []),
  ];
  if (creates.length === 0) return [];
  const left = parts.length > 0 ? `New resources also have ${parts.join(', ')}. ` : '';
  return [[styled('dim', `${left}Every field: --verbose.`)]];
}

function fold(change: Create, schema: SpecSchema | undefined, { location, tags }: Common): Folded {
  const rest = Object.entries(change.after).filter(([name, value]) => name !== 'location' || value !== location);
  const chosen = chosenMembers(rest, schema);
  const fields = leaves(chosen.value, schema).filter(
    ({ label, value }) => !(label.startsWith('tags.') && equal(tags.get(label.slice('tags.'.length)), value)),
  );
  const ranked = fields
    .filter(({ label, value }) => inline(value) !== UNKNOWN && !isOwnKey(label, value))
    .toSorted((a, b) => rank(a.label) - rank(b.label));
  return { texts: ranked.map(({ label, value }) => `${label}: ${brief(value)}`), defaults: chosen.defaults };
}

/** A member of a list item that its label already says, such as `containers[api].name`. */
function isOwnKey(label: string, value: Json): boolean {
  const item = /\[([^\]]*)\]\.[^.[]+$/.exec(label);
  return item !== null && item[1] === value;
}

/** Plain fields before items of lists, prose last. */
function rank(label: string): number {
  if (/(^|\.)(description|displayName)$/.test(label)) return 2;
  return label.includes('[') ? 1 : 0;
}

function brief(value: Json): string {
  if (isLongText(value)) return `(${value.split('\n').length} lines)`;
  const text = typeof value === 'string' && /^[\w./:-]+$/.test(value) ? value : inline(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…${text.startsWith('"') ? '"' : ''}`;
}

interface Chosen {
  readonly value: { readonly [name: string]: Json };
  readonly defaults: number;
}

/** The members of a mapping that do not have the value that the schema fills in, at any depth. */
function chosenMembers(members: readonly (readonly [string, Json])[], schema: SpecSchema | undefined): Chosen {
  let defaults = 0;
  const kept = members.flatMap(([name, value]): [string, Json][] => {
    const member = schema && memberSchema(schema, name);
    if (member?.default !== undefined && equal(member.default, value)) {
      defaults++;
      return [];
    }
    const chosen = chosenIn(value, member);
    defaults += chosen.defaults;
    return [[name, chosen.value]];
  });
  return { value: Object.fromEntries(kept), defaults };
}

function chosenIn(value: Json, schema: SpecSchema | undefined): { readonly value: Json; readonly defaults: number } {
  if (typeof value !== 'object' || value === null || !schema) return { value, defaults: 0 };
  if (!Array.isArray(value)) return chosenMembers(Object.entries(value), schema);
  const items = value.map((item: Json) => chosenIn(item, schema.items));
  return { value: items.map((item) => item.value), defaults: items.reduce((sum, item) => sum + item.defaults, 0) };
}
