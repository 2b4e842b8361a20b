import { arrayAt, isObject, mergePatch, textAt, textsAt, valueAt, type JsonObject } from '../engine/json.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { compileObject } from '../shape/notation.ts';
import { assetId, assetsOf, type Assets, type AssetVersion } from './shared/assets.ts';
import { readBody, requireShape } from './shared/body.ts';
import { missing } from './shared/foundry-error.ts';
import { linkedPage } from './shared/paging.ts';
import type { FoundryCall, Route } from './shared/route.ts';

const preview = 'Evaluations=V1Preview';

/** Taxonomies of what an agent must not do (preview). They have one version. */
export const TAXONOMY_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'evaluationtaxonomies', preview, handle: list },
  {
    method: 'GET',
    path: 'evaluationtaxonomies/{name}',
    preview,
    handle: (call) => json(200, show(call, requireOne(call))),
  },
  { method: 'PUT', path: 'evaluationtaxonomies/{name}', preview, handle: (call) => write(call, readBody(call)) },
  { method: 'PATCH', path: 'evaluationtaxonomies/{name}', preview, handle: patch },
  { method: 'DELETE', path: 'evaluationtaxonomies/{name}', preview, handle: remove },
];

const RISKS =
  'HateUnfairness|Violence|Sexual|SelfHarm|ProtectedMaterial|CodeVulnerability|UngroundedAttributes|ProhibitedActions|SensitiveDataLeakage|TaskAdherence';

const sub = {
  'id!': 'string',
  'name!': 'string',
  description: 'string',
  'enabled!': 'boolean',
  properties: { '*': 'string' },
} as const;

const TAXONOMY = compileObject({
  description: 'string',
  tags: { '*': 'string' },
  properties: { '*': 'string' },
  'taxonomyInput!': {
    'type!': 'agent',
    'target!': { 'type!': 'azure_ai_agent|azure_ai_model', '*': 'any' },
    'riskCategories!': [RISKS],
  },
  taxonomyCategories: [
    {
      'id!': 'string',
      'name!': 'string',
      description: 'string',
      'riskCategory!': RISKS,
      'subCategories!': [sub],
      properties: { '*': 'string' },
    },
  ],
  id: 'readonly',
  name: 'readonly',
  version: 'readonly',
});

const VERSION = '1';

function storeOf({ engine, project }: FoundryCall): Assets {
  return assetsOf(engine, project, 'taxonomies');
}

function nameOf({ names }: FoundryCall): string {
  return names['name'] ?? '';
}

function requireOne(call: FoundryCall): AssetVersion {
  const found = storeOf(call).find(nameOf(call), VERSION);
  if (found) return found;
  throw missing(`Evaluation taxonomy '${nameOf(call)}'`, 'NotFound');
}

function show({ account, project }: FoundryCall, { name, version, body }: AssetVersion): JsonObject {
  return { ...body, name, version, id: assetId(account, project, 'taxonomies', { name, version }) };
}

function list(call: FoundryCall): Reply {
  const { query } = call.request;
  const found = storeOf(call)
    .latest()
    .filter(({ name }) => query.get('inputName') === undefined || name === query.get('inputName'))
    .filter(
      ({ body }) =>
        query.get('inputType') === undefined || textAt(body, 'taxonomyInput.type') === query.get('inputType'),
    );
  return linkedPage(
    call.request,
    found.map((taxonomy) => show(call, taxonomy)),
  );
}

/** 201, or 200 when it replaces one. Categories that are not given are made from the risk categories. */
function write(call: FoundryCall, content: JsonObject): Reply {
  const body = requireShape(TAXONOMY, content);
  const previous = storeOf(call).find(nameOf(call), VERSION);
  const categories = arrayAt(body, 'taxonomyCategories');
  const taxonomy = {
    name: nameOf(call),
    version: VERSION,
    body: { ...body, taxonomyCategories: categories.length > 0 ? categories : categoriesFor(body) },
  };
  storeOf(call).save(taxonomy);
  return json(previous ? 200 : 201, show(call, taxonomy));
}

function categoriesFor(body: JsonObject): JsonObject[] {
  const target = valueAt(body, 'taxonomyInput.target');
  return textsAt(body, 'taxonomyInput.riskCategories').map((risk) => ({
    id: risk.toLowerCase(),
    name: risk,
    description: `Requests of the category ${risk} to ${textAt(target, 'name') ?? 'the target'}`,
    riskCategory: risk,
    subCategories: [{ id: `${risk.toLowerCase()}-1`, name: risk, description: risk, enabled: true }],
  }));
}

function patch(call: FoundryCall): Reply {
  const merged = mergePatch(requireOne(call).body, readBody(call));
  return write(call, isObject(merged) ? merged : {});
}

function remove(call: FoundryCall): Reply {
  storeOf(call).remove(nameOf(call), VERSION);
  return empty(204);
}
