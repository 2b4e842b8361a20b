import { member, textOf, valueAt, type Json, type JsonObject, type Pointer } from '../../model/json.ts';

/** Transaction units of the objectives that Azure answers as their tier and a capacity: `S3` as `Standard` with 100. */
const UNITS: Readonly<Record<string, number>> = {
  s0: 10,
  s1: 20,
  s2: 50,
  s3: 100,
  s4: 200,
  s6: 400,
  s7: 800,
  s9: 1600,
  s12: 3000,
  p1: 125,
  p2: 250,
  p4: 500,
  p6: 1000,
  p11: 1750,
  p15: 4000,
};

/**
 * Where the name of a sku differs and means the same: `P1` is answered as `Premium` with 125 units, `GP_Gen5_8` as
 * `GP_Gen5` with 8 cores (10 of 10 recordings).
 */
export function sameObjective(desired: JsonObject, live: JsonObject): readonly Pointer[] {
  const [wanted, known] = [desired, live].map((spec) => objective(valueAt(spec, '/sku')));
  return wanted !== undefined && wanted === known ? ['/sku/name'] : [];
}

/** Name and capacity in one form; undefined without a capacity, because a name alone says less than Azure answers. */
function objective(sku: Json | undefined): string | undefined {
  const name = textOf(sku, 'name').toLowerCase();
  const capacity = member(sku, 'capacity');
  const units = UNITS[name];
  if (units !== undefined) return `${name.startsWith('s') ? 'standard' : 'premium'} ${units}`;
  const [, base = name, cores] = /^(\w+?_\w+?(?:_\w+?)?)_(\d+)$/.exec(name) ?? [];
  const amount = cores ?? (typeof capacity === 'number' || typeof capacity === 'string' ? String(capacity) : undefined);
  return amount === undefined ? undefined : `${base} ${amount}`;
}

/** Only premium and business critical databases let it be chosen; Azure answers its own value for all others (3 recordings). */
export function fixedReadScale(live: JsonObject): readonly Pointer[] {
  const name = textOf(valueAt(live, '/sku'), 'name').toLowerCase();
  return /^(p\d|premium|bc_)/.test(name) ? [] : ['/readScale'];
}
