import { requireParent } from '../../arm/existence.ts';
import { allLocations, normaliseLocation } from '../../arm/locations.ts';
import { locationOf } from '../../arm/place.ts';
import type { Call, Engine, ResourceType } from '../../arm/contract.ts';
import { defined, sameText, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { MODELS, QUOTA, type CatalogueModel, type CatalogueSku } from './models.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS } from './shared.ts';

const DEPLOYMENT_TYPE = 'Microsoft.CognitiveServices/accounts/deployments';

/** The model of that version, or the default version when none is given. */
export function findModel(name: string, version: string | undefined): CatalogueModel | undefined {
  const versions = MODELS.filter((model) => sameText(model.name, name));
  return versions.find((model) =>
    version === undefined || version === '' ? model.isDefault : model.version === version,
  );
}

export function findSku(model: CatalogueModel | undefined, sku: string): CatalogueSku | undefined {
  return model?.skus.find(({ name }) => sameText(name, sku));
}

/** Models of fine-tuning jobs are not in the catalogue: `gpt-4.1-2025-04-14.ft-0123`. */
export function isFineTuned(name: string): boolean {
  return /[.:]ft[-:]/u.test(name);
}

/** Capacity that deployments take from a quota, without the deployment `except`. */
export function usedCapacity(
  engine: Engine,
  subscription: string,
  location: string,
  usageName: string,
  except = '',
): number {
  return engine.resources
    .list({ type: DEPLOYMENT_TYPE, subscription })
    .filter((deployment) => !sameText(deployment.id, except))
    .filter((deployment) => normaliseLocation(locationOf(engine, deployment)) === normaliseLocation(location))
    .filter(({ writable }) => {
      const model = findModel(
        textAt(writable, 'properties.model.name') ?? '',
        textAt(writable, 'properties.model.version'),
      );
      return findSku(model, textAt(writable, 'sku.name') ?? '')?.usageName === usageName;
    })
    .reduce((sum, { writable }) => sum + Number(valueAt(writable, 'sku.capacity') ?? 0), 0);
}

function listModels(location: string): Json[] {
  const region =
    allLocations()
      .find(([name]) => name === normaliseLocation(location))?.[1]
      .replaceAll(' ', '') ?? location;
  return MODELS.flatMap((model) =>
    ['OpenAI', 'AIServices'].map((kind) => ({
      kind,
      skuName: 'S0',
      location: region,
      name: `${model.format}.${model.name}.${model.version}`,
      model: describeModel(model),
    })),
  );
}

function describeModel({
  format,
  name,
  version,
  isDefault,
  lifecycle,
  retired,
  capabilities,
  skus,
}: CatalogueModel): JsonObject {
  const day = (text: string | undefined): string | undefined => (text === undefined ? undefined : `${text}T00:00:00Z`);
  return {
    format,
    name,
    version,
    isDefaultVersion: isDefault,
    lifecycleStatus: lifecycle,
    maxCapacity: 3,
    deprecation: defined({ inference: day(retired.inference), fineTune: day(retired.fineTune) }),
    capabilities: Object.fromEntries(capabilities.map((capability) => [capability, 'true'])),
    skus: skus.map(describeSku),
  };
}

function describeSku({ name, usageName, preset, minimum, step, maximum, retired }: CatalogueSku): JsonObject {
  return defined({
    name,
    usageName,
    capacity: defined({ minimum, maximum, step, default: preset }),
    deprecationDate: retired === undefined ? undefined : `${retired}T00:00:00Z`,
    rateLimits: [
      { key: 'request', renewalPeriod: 60, count: 1 },
      { key: 'token', renewalPeriod: 60, count: 1000 },
    ],
  });
}

function listUsages({ engine, target }: Call, location: string): Json[] {
  const names = [...new Set(MODELS.flatMap(({ skus }) => skus.map(({ usageName }) => usageName)))];
  const quotas = names.map((value) => ({
    name: { value, localizedValue: `Tokens Per Minute (thousands) - ${value}` },
    currentValue: usedCapacity(engine, target.subscription, location, value),
    limit: QUOTA,
    unit: 'Count',
  }));
  const accounts = engine.resources.list({ type: ACCOUNT_TYPE, subscription: target.subscription });
  const here = accounts.filter(
    (account) => normaliseLocation(locationOf(engine, account)) === normaliseLocation(location),
  );
  const count = {
    name: { value: 'AIServices.S0.AccountCount', localizedValue: 'Azure AI Services S0 accounts' },
    currentValue: here.length,
    limit: 100,
    unit: 'Count',
  };
  return [...quotas, count];
}

function listSkus(): Json[] {
  return ['AIServices', 'OpenAI'].flatMap((kind) =>
    allLocations().map(([name]) => ({
      resourceType: 'accounts',
      kind,
      name: 'S0',
      tier: 'Standard',
      locations: [name.toUpperCase()],
      restrictions: [],
    })),
  );
}

function catalogueType(type: string, list: (call: Call) => Json[]): ResourceType {
  const reply = (call: Call): Reply => json(200, { value: list(call) });
  return {
    type: `Microsoft.CognitiveServices/${type}`,
    apiVersions: COGNITIVE_VERSIONS,
    placement: 'none',
    handlers: { LIST: reply },
  };
}

/** Lists below an account need the account, and answer for its region. */
function accountLocation(call: Call): string {
  requireParent({ ...call, type: { ...call.type, placement: 'child' } });
  return locationOf(call.engine, call.engine.resources.get(call.target.parent));
}

/** The catalogue: models, quotas and SKUs, for a region or an account. */
export const catalogueTypes: readonly ResourceType[] = [
  catalogueType('skus', listSkus),
  catalogueType('locations/models', ({ target }) => listModels(target.names[0] ?? '')),
  catalogueType('locations/usages', (call) => listUsages(call, call.target.names[0] ?? '')),
  catalogueType('accounts/models', (call) =>
    listModels(accountLocation(call)).map((entry) => valueAt(entry, 'model') ?? null),
  ),
  catalogueType('accounts/usages', (call) => listUsages(call, accountLocation(call))),
  catalogueType('accounts/skus', (call) => {
    accountLocation(call);
    return [{ resourceType: 'accounts', sku: { name: 'S0', tier: 'Standard' } }];
  }),
];
