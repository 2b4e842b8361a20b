import type { Call, Engine } from './contract.ts';
import { textAt } from '../engine/json.ts';
import type { Resource, StoredResource } from '../engine/resources.ts';

/** Where a resource belongs; the casing of its name is that of the last PUT, that of everything above is as it was stored. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly subscription: string;
  readonly resourceGroup: string;
}

export function placeOf({ engine, target, type, request }: Call, existing: StoredResource | undefined): Place {
  const name = request.method === 'PATCH' && existing ? existing.name : (target.names.at(-1) ?? '');
  const group = engine.resources.get(`/subscriptions/${target.subscription}/resourceGroups/${target.resourceGroup}`);
  const parent = engine.resources.get(target.parent)?.id ?? withGroupCasing(target.parent, group?.name);
  return {
    id: `${parent}${pathBelow(type.typeInIds ?? type.type, type.placement)}/${name}`,
    name,
    parent,
    subscription: target.subscription,
    resourceGroup: group?.name ?? target.resourceGroup,
  };
}

function pathBelow(type: string, placement: string): string {
  if (placement === 'child') return `/${type.split('/').at(-1) ?? ''}`;
  return type === 'Microsoft.Resources/resourceGroups' ? '/resourceGroups' : `/providers/${type}`;
}

function withGroupCasing(id: string, group: string | undefined): string {
  return group === undefined ? id : id.replace(/^(\/subscriptions\/[^/]+\/resourceGroups\/)[^/]+/iu, `$1${group}`);
}

/** A resource's own location, or that of the nearest ancestor that has one. */
export function locationOf(engine: Engine, resource: Resource | undefined): string {
  if (!resource) return 'global';
  return textAt(resource.writable, 'location') ?? locationOf(engine, engine.resources.get(resource.parent));
}
