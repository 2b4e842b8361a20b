import { objectAt, textAt } from '../../engine/json.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError, invalid, missing } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { cursorPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { versionedStore, type VersionBody, type Versioned, type VersionedStore } from '../shared/versioned-store.ts';
import { showToolbox, showToolboxVersion } from './view.ts';

/** Toolboxes: versions of sets of tools, and the one that is in use. */
export const TOOLBOX_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'toolboxes', handle: listToolboxes },
  { method: 'GET', path: 'toolboxes/{name}', handle: (call) => show(call, requireToolbox(call)) },
  { method: 'PATCH', path: 'toolboxes/{name}', handle: updateToolbox },
  { method: 'DELETE', path: 'toolboxes/{name}', handle: deleteToolbox },
  { method: 'GET', path: 'toolboxes/{name}/versions', handle: listVersions },
  { method: 'POST', path: 'toolboxes/{name}/versions', handle: createVersion },
  { method: 'GET', path: 'toolboxes/{name}/versions/{version}', handle: getVersion },
  { method: 'DELETE', path: 'toolboxes/{name}/versions/{version}', handle: deleteVersion },
];

const TOOLS =
  'code_interpreter|file_search|web_search|shell|mcp|azure_ai_search|openapi|a2a|a2a_preview|browser_automation_preview|browser_automation|reminder_preview|work_iq_preview|fabric_iq_preview|web_iq_preview|toolbox_search_preview|toolbox_search';

const CREATE = compileObject({
  description: 'string',
  metadata: { '*': 'string' },
  'tools!': [{ 'type!': TOOLS, '*': 'any' }],
  skills: [{ 'type!': 'skill_reference', 'name!': 'string', version: 'string' }],
  policies: { rai_config: { 'rai_policy_name!': 'string' } },
});

const UPDATE = compileObject({ 'default_version!': 'string' });

function storeOf({ engine, project }: FoundryCall): VersionedStore {
  return versionedStore(engine, project, 'toolboxes');
}

function nameOf({ names }: FoundryCall): string {
  return names['name'] ?? '';
}

function requireToolbox(call: FoundryCall): Versioned {
  const found = storeOf(call).find(nameOf(call));
  if (found) return found;
  throw missing(`Toolbox ${nameOf(call)}`);
}

function requireVersion(call: FoundryCall, version: string): VersionBody {
  const found = storeOf(call)
    .versions(nameOf(call))
    .find((each) => each.version === version);
  if (found) return found;
  throw missing(`Version ${version} of toolbox ${nameOf(call)}`);
}

function show(call: FoundryCall, toolbox: Versioned): Reply {
  return json(200, showToolbox(toolbox, storeOf(call).versions(toolbox.name)));
}

function listToolboxes(call: FoundryCall): Reply {
  const store = storeOf(call);
  return cursorPage(
    call.request,
    store.list().map((toolbox) => ({ id: toolbox.id, body: showToolbox(toolbox, store.versions(toolbox.name)) })),
  );
}

const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/u;

/** Creates the toolbox as well when there is none. 200, not 201. */
function createVersion(call: FoundryCall): Reply {
  if (!NAME.test(nameOf(call))) throw invalid(`The toolbox name '${nameOf(call)}' is invalid`, 'name');
  const body = requireShape(CREATE, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  const { thing, version } = storeOf(call).add(nameOf(call), body);
  return json(200, showToolboxVersion(thing, version));
}

function updateToolbox(call: FoundryCall): Reply {
  const toolbox = requireToolbox(call);
  const wanted = textAt(requireShape(UPDATE, readBody(call)), 'default_version') ?? '';
  requireVersion(call, wanted);
  const changed = { ...toolbox, defaultVersion: wanted, updated: call.engine.clock.now() };
  storeOf(call).save(changed);
  return show(call, changed);
}

function deleteToolbox(call: FoundryCall): Reply {
  storeOf(call).remove(requireToolbox(call).name);
  return empty(204);
}

function listVersions(call: FoundryCall): Reply {
  const toolbox = requireToolbox(call);
  const versions = storeOf(call).versions(toolbox.name);
  return cursorPage(
    call.request,
    versions.map((version) => ({ id: `${toolbox.id}:${version.version}`, body: showToolboxVersion(toolbox, version) })),
  );
}

function getVersion(call: FoundryCall): Reply {
  const toolbox = requireToolbox(call);
  return json(200, showToolboxVersion(toolbox, requireVersion(call, call.names['version'] ?? '')));
}

/** The default version stays while there are others. */
function deleteVersion(call: FoundryCall): Reply {
  const toolbox = requireToolbox(call);
  const { version } = requireVersion(call, call.names['version'] ?? '');
  const store = storeOf(call);
  const isLast = store.versions(toolbox.name).length === 1;
  if (toolbox.defaultVersion === version && !isLast)
    throw new FoundryError(409, 'conflict', `Version ${version} is the default version of toolbox ${toolbox.name}`);
  store.removeVersion(toolbox.name, version);
  if (isLast) store.remove(toolbox.name);
  return empty(204);
}
