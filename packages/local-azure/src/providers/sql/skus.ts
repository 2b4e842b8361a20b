import { defined, sameText, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';

/** The sku of a database. */
export interface Sku {
  /** As it is returned: name, tier, family and capacity. */
  readonly shown: JsonObject;
  /** The service objective: `S0`, `GP_S_Gen5_2`. */
  readonly objective: string;
  readonly tier: string;
  /** vCore or DTU, serverless or not, as `kind` shows it. */
  readonly kind: string;
}

const GIBIBYTE = 1024 ** 3;

/** DTU sizes: capacity by service objective. */
const OBJECTIVES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  Basic: [['Basic', 5]],
  Standard: [
    ['S0', 10],
    ['S1', 20],
    ['S2', 50],
    ['S3', 100],
    ['S4', 200],
    ['S6', 400],
    ['S7', 800],
    ['S9', 1600],
    ['S12', 3000],
  ],
  Premium: [
    ['P1', 125],
    ['P2', 250],
    ['P4', 500],
    ['P6', 1000],
    ['P11', 1750],
    ['P15', 4000],
  ],
};

const VCORE =
  /^(?<edition>GP|BC|HS)(?<serverless>_S)?_(?<family>Gen5|Fsv2|DC|PRMS|MOPRMS|8IM|8IH)(?:_(?<cores>\d+))?$/iu;
const EDITIONS: Readonly<Record<string, string>> = {
  GP: 'GeneralPurpose',
  BC: 'BusinessCritical',
  HS: 'Hyperscale',
};
const FAMILIES = ['Gen5', 'Fsv2', 'DC', 'PRMS', 'MOPRMS', '8IM', '8IH'];

/** The sku of a database without one. */
export const DEFAULT_SKU: JsonObject = { name: 'GP_Gen5_2' };
export const SYSTEM_SKU: Sku = {
  shown: { name: 'System', tier: 'System', capacity: 0 },
  objective: 'System',
  tier: 'System',
  kind: 'v12.0,system',
};

/** Undefined when no such sku is sold. Names are taken in any casing, with the size in the name or in `capacity`. */
export function resolveSku(sku: Json): Sku | undefined {
  const name = textAt(sku, 'name') ?? '';
  const capacity = Number(valueAt(sku, 'capacity') ?? 0);
  return dtuSku(name, capacity) ?? vcoreSku(name, capacity);
}

function dtuSku(name: string, capacity: number): Sku | undefined {
  for (const [tier, sizes] of Object.entries(OBJECTIVES)) {
    const size = sameText(name, tier)
      ? sizes.find(([, units]) => units === (capacity === 0 ? sizes[0]?.[1] : capacity))
      : sizes.find(([objective]) => sameText(objective, name));
    if (!size) continue;
    const [objective, units] = size;
    return { shown: { name: tier, tier, capacity: units }, objective, tier, kind: 'v12.0,user' };
  }
  return undefined;
}

function vcoreSku(name: string, capacity: number): Sku | undefined {
  const { edition = '', serverless, family = '', cores } = VCORE.exec(name)?.groups ?? {};
  const tier = EDITIONS[edition.toUpperCase()];
  if (tier === undefined) return undefined;
  const official = FAMILIES.find((each) => sameText(each, family)) ?? family;
  const prefix = `${edition.toUpperCase()}${serverless === undefined ? '' : '_S'}_${official}`;
  const size = cores === undefined ? (capacity === 0 ? 2 : capacity) : Number(cores);
  return {
    shown: defined({ name: prefix, tier, family: official, capacity: size }),
    objective: `${prefix}_${size}`,
    tier,
    kind: `v12.0,user,vcore${serverless === undefined ? '' : ',serverless'}`,
  };
}

/** Bytes that a database of a tier may grow to unless it says otherwise. */
export function defaultMaxSize(tier: string): number {
  const sizes: Readonly<Record<string, number>> = { Basic: 2, Standard: 250, Premium: 500, System: 30 };
  return (sizes[tier] ?? 32) * GIBIBYTE;
}
