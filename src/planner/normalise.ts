import { canonicalJson, isArray, isObject, mapValues, type Json, type JsonObject } from '../model/json.ts';
import { regionId } from '../model/region.ts';
import type { Comparison, SpecSchema } from '../model/schema.ts';

/**
 * Brings a value to the form in which it is compared, so that spellings which mean the same to Azure are equal: case of
 * enums, ids and locations, `0.5` and `0.50`, `PT5M` and `PT0H5M`. What is shown stays as it was written.
 */
export function normalise(value: Json, schema: SpecSchema | undefined): Json {
  const comparison = schema?.['x-compare'];
  if (comparison !== undefined) return normalisers[comparison as Comparison](value);
  return schema?.enum ? anyCase(value) : plain(value);
}

/** null, empty text, empty lists and empty mappings all mean "not set" in Azure's answers. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

const normalisers: Readonly<Record<Comparison, (value: Json) => Json>> = {
  location: (value) => text(value, regionId),
  id: (value) => mapValues(value, (one) => text(one, (id) => id.toLowerCase().replace(/\/+$/, ''))),
  url: (value) => text(value, normaliseUrl),
  quantity: normaliseQuantity,
  duration: (value) => text(value, normaliseDuration),
  text: (value) => text(value, (one) => one.replaceAll('\r\n', '\n').trimEnd()),
  'any-case': anyCase,
  json: (value) => text(value, jsonValue),
  identity: (value) =>
    text(value, (types) =>
      types
        .split(',')
        .map((type) => type.trim().toLowerCase())
        .toSorted()
        .join(','),
    ),
  tags: (value) => (isObject(value) ? lowerKeys(value) : value),
  free: freeValue,
};

function text(value: Json, change: (text: string) => string): Json {
  return typeof value === 'string' ? change(value) : value;
}

function anyCase(value: Json): Json {
  return text(value, (one) => one.toLowerCase());
}

/** Numbers that Azure returns as text, such as `"7"` for 7, stay apart here: only fields marked `quantity` mix them. */
function plain(value: Json): Json {
  return value;
}

function lowerKeys(value: JsonObject): Json {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]));
}

function normaliseUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(.*)$/i.exec(url);
  return match ? `${match[1]?.toLowerCase()}${match[2]?.replace(/\/+$/, '')}` : url.toLowerCase().replace(/\/+$/, '');
}

/**
 * A value of a type that nobody described: ids in any case, times in any spelling, numbers as texts. Other texts count as
 * they are, because they may be anything.
 */
function freeValue(value: Json): Json {
  if (typeof value === 'number') return String(value);
  return text(value, (one) => {
    if (/^\/(subscriptions|providers)\//i.test(one)) return one.toLowerCase().replace(/\/+$/, '');
    return TIME.test(one) && !Number.isNaN(Date.parse(one)) ? new Date(one).toISOString() : one;
  });
}

/** `2025-05-30T09:11:57.000Z` is `2025-05-30T09:11:57Z` is `2025-05-30T09:11:57+00:00`. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** `0.50` is `0.5`, `1.0Gi` is `1Gi`, `2048Mi` is `2Gi`, `"7"` is 7. */
function normaliseQuantity(value: Json): Json {
  if (typeof value === 'number') return String(value);
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)(Mi|Gi)?$/.exec(value) : null;
  if (!match) return value;
  const amount = Number(match[1]);
  if (match[2] === undefined) return String(amount);
  return `${match[2] === 'Gi' ? amount * 1024 : amount}Mi`;
}

const SECONDS: Readonly<Record<string, number>> = { D: 86_400, H: 3600, M: 60, S: 1 };

/** ISO 8601 durations of days and less, as seconds: `PT5M` is `PT0H5M` is `300s`. Months and years are left alone. */
function normaliseDuration(duration: string): string {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  if (!match) return duration;
  const total = ['D', 'H', 'M', 'S'].reduce(
    (sum, unit, index) => sum + Number(match[index + 1] ?? 0) * (SECONDS[unit] ?? 0),
    0,
  );
  return `${total}s`;
}

/** Text that holds JSON, in one form: neither order of members nor spaces count. Other text stays as it is. */
function jsonValue(text: string): string {
  try {
    return canonicalJson(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}
