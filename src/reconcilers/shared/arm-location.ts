import { member, textOf, type JsonObject } from '../../model/json.ts';
import type { Location, Site } from '../../model/kind.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import type { CompiledArmKind } from './arm-kind.ts';
import { referenced } from './mapping.ts';

/** The field that names the parent in Azure's hierarchy. */
export interface ParentField {
  readonly name: string;
  readonly schema: SpecSchema;
}

export function parentFieldOf(fields: SpecSchema): ParentField | undefined {
  const found = Object.entries(fields.properties ?? {}).find(([, property]) => property['x-parent'] === true);
  return found && { name: found[0], schema: found[1] };
}

/** Path of what the resource lies below: its owner, the resource that its parent field names, or the resource group. */
export function parentPath(field: ParentField | undefined, site: Site): string | undefined {
  if (site.owner !== undefined) return site.pathOf(site.owner);
  if (!field) return site.environment.groupPath;
  const name = member(site.spec as JsonObject, field.name);
  const id = typeof name === 'string' ? referenced(name, field.schema) : undefined;
  return id && site.pathOf(id);
}

/** The part of a path that ends with the named ancestor: `accounts` gives `…/accounts/NAME`. */
export function ancestorPath(path: string | undefined, segment: string | undefined): string | undefined {
  if (path === undefined || segment === undefined) return undefined;
  return new RegExp(`^.*/${segment}/[^/]+`, 'i').exec(path)?.[0];
}

export function locateArm(kind: CompiledArmKind, site: Site): Location {
  const { type, apiVersion, below = '', noList, readQuery, listQuery } = kind;
  const field = parentFieldOf(kind.fields);
  const base = kind.scope ? kind.scope(site) : parentPath(field, site);
  if (base === undefined) return { address: undefined, collection: undefined };
  const topLevel = kind.scope !== undefined || (!field && site.owner === undefined);
  const folder = topLevel ? `${base}/providers/${type}` : `${base}${below}/${type.slice(type.lastIndexOf('/') + 1)}`;
  const query = readQuery ? { query: readQuery } : {};
  const whole = readQuery || listQuery ? { query: { ...readQuery, ...listQuery } } : {};
  const collection = noList ? undefined : { path: folder, apiVersion, ...whole };
  return { address: { path: `${folder}/${site.azureName}`, apiVersion, ...query }, collection };
}

/** The region of the resource that a child lies below, which Azure requires of the child too. */
export function locationOfParent(site: Site, schema: SpecSchema): string {
  const field = parentFieldOf(inlineSchema(schema));
  const name = field && textOf(site.spec as JsonObject, field.name);
  const parent = field && name ? referenced(name, field.schema) : undefined;
  const location = parent && site.outputOf(parent, 'location');
  return typeof location === 'string' ? location : site.environment.location;
}
