import { notFound } from '../../arm/existence.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { textAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { imagesOf } from './image-store.ts';
import { replications } from './replications.ts';
import { REGISTRY_VERSIONS } from './shared.ts';
import { webhooks } from './webhooks.ts';

const GIBIBYTE = 1024 ** 3;

/** Storage and webhooks that come with a sku. */
const LIMITS: Readonly<Record<string, { readonly size: number; readonly webhooks: number }>> = {
  Basic: { size: 10 * GIBIBYTE, webhooks: 2 },
  Standard: { size: 100 * GIBIBYTE, webhooks: 10 },
  Premium: { size: 500 * GIBIBYTE, webhooks: 500 },
};

/** `GET {registry}/listUsages`: what a registry holds, against what its sku allows. */
export const usages: ResourceType = {
  type: 'Microsoft.ContainerRegistry/registries/listUsages',
  apiVersions: REGISTRY_VERSIONS,
  placement: 'none',
  handlers: { LIST: listUsages },
};

function listUsages(call: Call): Reply {
  const { engine, target, type } = call;
  const registry = engine.resources.get(target.parent);
  if (!registry) throw notFound(target, type);
  const sku = textAt(registry.writable, 'sku.name') ?? 'Basic';
  const limits = LIMITS[sku];
  const count = (each: ResourceType): number => engine.resources.list({ type: each.type, parent: registry.id }).length;
  const usage = (name: string, limit: number, currentValue: number, unit: string): JsonObject => ({
    name,
    limit,
    currentValue,
    unit,
  });
  const value = [
    usage('Size', limits?.size ?? 0, imagesOf(engine, registry).size(), 'Bytes'),
    usage('Webhooks', limits?.webhooks ?? 0, count(webhooks), 'Count'),
    ...(sku === 'Premium' ? [usage('Geo-replications', -1, count(replications), 'Count')] : []),
  ];
  return json(200, { value });
}
