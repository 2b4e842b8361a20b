import type { Address } from '../../model/azure.ts';
import { isObject, member, type JsonObject } from '../../model/json.ts';
import type { Location, Site } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import { valueToArm } from '../shared/mapping.ts';
import schema from './schema.json' with { type: 'json' };
import { API_VERSION, type VersionContent } from './versions.ts';

const fields = inlineSchema(schema);

/** Schema of the definition, with references inlined. */
export function definitionSchema() {
  return fields.properties?.['definition'];
}

/** Where an agent is; no address while the endpoint of its project is not known. */
export function locate(site: Site): Location {
  const project = member(site.spec as JsonObject, 'project');
  const endpoint =
    typeof project === 'string' ? site.outputOf(resourceId('FoundryProject', project), 'endpoint') : undefined;
  if (typeof endpoint !== 'string') return { address: undefined, collection: undefined };
  const folder = `${endpoint.replace(/\/+$/, '')}/agents`;
  const address: Address = { path: `${folder}/${site.azureName}`, apiVersion: API_VERSION };
  return { address, collection: { path: folder, apiVersion: API_VERSION, query: { limit: '100' } } };
}

/** What a version of this manifest is made from. */
export function contentFor(site: Site): VersionContent {
  const spec = site.spec as JsonObject;
  const definition = valueToArm(member(spec, 'definition') ?? {}, definitionSchema(), site);
  const description = member(spec, 'description');
  const metadata = member(spec, 'metadata');
  return {
    definition: isObject(definition) ? definition : {},
    description: typeof description === 'string' ? description : undefined,
    metadata: isObject(metadata) ? metadata : {},
  };
}
