import type { AzureReads } from '../../model/azure.ts';
import { problem, warning, type Diagnostic } from '../../model/diagnostic.ts';
import { isArray, member, textAt, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, Prospect } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';

const API_VERSION = '2026-07-01';

/** How many days ahead a retirement is reported. */
const NOTICE_DAYS = 90;

interface Offer {
  readonly name: string;
  readonly version: string;
  readonly lifecycle: string;
  readonly skus: readonly JsonObject[];
}

/**
 * What Microsoft.CognitiveServices says of models and quota of a region (`locations/{l}/models` and `usages`). Names of
 * quotas are never made up: the model's SKU tells which one it takes from.
 */
export async function checkModels(
  reader: AzureReads,
  prospects: readonly Prospect[],
  { subscriptionId, location }: EnvironmentScope,
  now: Date,
): Promise<Diagnostic[]> {
  const base = `/subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices/locations/${location}`;
  const [models, usages] = await Promise.all([
    reader.list({ path: `${base}/models`, apiVersion: API_VERSION }),
    reader.list({ path: `${base}/usages`, apiVersion: API_VERSION }),
  ]);
  const offers = (models ?? []).filter((one) => textOf(one, 'kind') === 'AIServices').map(toOffer);
  return [
    ...prospects.flatMap((prospect) => offerProblems(prospect, offers, location, now)),
    ...quotaProblems(prospects, offers, usages ?? [], location),
  ];
}

function toOffer(item: JsonObject): Offer {
  const skus = valueAt(item, '/model/skus');
  return {
    name: textAt(item, '/model/name'),
    version: textAt(item, '/model/version'),
    lifecycle: textAt(item, '/model/lifecycleStatus'),
    skus: isArray(skus) ? (skus as readonly JsonObject[]) : [],
  };
}

function offerProblems(
  { change, site }: Prospect,
  offers: readonly Offer[],
  location: string,
  now: Date,
): Diagnostic[] {
  const spec = site.spec as JsonObject;
  const [name, version, sku] = [textAt(spec, '/model/name'), textAt(spec, '/model/version'), textAt(spec, '/sku/name')];
  // Fine-tuned models, which may not be there yet, and those of other publishers are not in the catalogue.
  if (textAt(spec, '/model/format') !== 'OpenAI' || name === '' || /[.:]ft[-:]/.test(name) || offers.length === 0)
    return [];
  const versions = offers.filter((one) => one.name === name);
  const resource = change.id;
  if (versions.length === 0)
    return [
      problem('ING3011', `${location} does not offer the model ${name}`, {
        resource,
        hint: `There are: ${listed(offers.map((one) => one.name))}.`,
      }),
    ];
  const offer = version === '' ? versions[0] : versions.find((one) => one.version === version);
  if (!offer)
    return [
      problem('ING3011', `${location} does not offer version ${version} of ${name}`, {
        resource,
        hint: `There are: ${listed(versions.map((one) => one.version))}.`,
      }),
    ];
  const same = offer.skus.filter((one) => textOf(one, 'name') === sku);
  if (same.length === 0)
    return [
      problem('ING3011', `${location} does not offer ${name} as ${sku}`, {
        resource,
        hint: `There are: ${listed(offer.skus.map((one) => textOf(one, 'name')))}.`,
      }),
    ];
  return retirement(
    { resource, what: `${name} ${offer.version} as ${sku}`, isNew: change.action !== 'update' },
    same,
    now,
  );
}

interface Deployed {
  readonly resource: ResourceId;
  /** For people, such as `gpt-4.1 2025-04-14 as Standard`. */
  readonly what: string;
  /** A deployment is made: Azure makes none of a model that is retired. One that exists keeps what it has. */
  readonly isNew: boolean;
}

/**
 * By the latest `deprecationDate` of the SKUs of that name: Azure lists a SKU once for the model and once for its fine-tuned
 * form. A lifecycle of Deprecating or Deprecated alone does not stop a deployment before that date.
 */
function retirement({ resource, what, isNew }: Deployed, skus: readonly JsonObject[], now: Date): Diagnostic[] {
  const retires = skus
    .map((one) => textOf(one, 'deprecationDate'))
    .filter((date) => date !== '')
    .toSorted()
    .at(-1);
  if (retires === undefined) return [];
  const [day, days] = [retires.slice(0, 10), daysUntil(retires, now)];
  const hint = 'Use a newer version or another model.';
  if (days > 0) return days < NOTICE_DAYS ? [warning('ING3012', `Azure retires ${what} on ${day}`, { resource })] : [];
  return [(isNew ? problem : warning)('ING3012', `Azure retired ${what} on ${day}`, { resource, hint })];
}

function daysUntil(date: string, now: Date): number {
  return (Date.parse(date) - now.getTime()) / 86_400_000;
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].toSorted().join(', ');
}

/** Capacity that the plan adds, by quota, against what is left of it. */
function quotaProblems(
  prospects: readonly Prospect[],
  offers: readonly Offer[],
  usages: readonly JsonObject[],
  location: string,
): Diagnostic[] {
  const added = new Map<string, { sum: number; readonly first: Prospect }>();
  for (const prospect of prospects) {
    const spec = prospect.site.spec as JsonObject;
    const quota = quotaOf(spec, offers);
    if (quota === undefined) continue;
    const entry = added.get(quota) ?? { sum: 0, first: prospect };
    entry.sum += capacityOf(spec) - capacityBefore(prospect, quota, offers);
    added.set(quota, entry);
  }
  return [...added].flatMap(([quota, { sum, first }]): Diagnostic[] => {
    const usage = usages.find((one) => textAt(one, '/name/value') === quota);
    const left = Number(member(usage, 'limit') ?? Infinity) - Number(member(usage, 'currentValue') ?? 0);
    if (sum <= 0 || sum <= left) return [];
    const message = `The plan takes ${sum} more of the quota ${quota} in ${location}, of which ${Math.max(0, left)} are left`;
    return [problem('ING3010', message, { resource: first.change.id })];
  });
}

function quotaOf(spec: Json, offers: readonly Offer[]): string | undefined {
  const [name, version, sku] = [textAt(spec, '/model/name'), textAt(spec, '/model/version'), textAt(spec, '/sku/name')];
  const offer = offers.find((one) => one.name === name && (version === '' || one.version === version));
  const found = offer?.skus.find(
    (one) => textOf(one, 'name') === sku && !textOf(one, 'usageName').includes('finetune'),
  );
  return found && textOf(found, 'usageName');
}

function capacityOf(spec: Json): number {
  return Number(valueAt(spec, '/sku/capacity') ?? 0);
}

/** What the live deployment takes from the same quota already. A replaced one lets go of it first. */
function capacityBefore({ change }: Prospect, quota: string, offers: readonly Offer[]): number {
  if (change.action !== 'update' && change.action !== 'replace') return 0;
  return quotaOf(change.before, offers) === quota ? capacityOf(change.before) : 0;
}
