import { isObject, member, textAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError, invalid, missing } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import { epoch } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { versionedStore, type VersionBody, type Versioned, type VersionedStore } from '../shared/versioned-store.ts';

const preview = 'Skills=V1Preview';

/** Skills with inline content (preview). Those made of files are not imitated. */
export const SKILL_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'skills', preview, handle: listSkills },
  { method: 'GET', path: 'skills/{name}', preview, handle: (call) => show(call, requireSkill(call)) },
  { method: 'POST', path: 'skills/{name}', preview, handle: updateSkill },
  { method: 'DELETE', path: 'skills/{name}', preview, handle: deleteSkill },
  { method: 'GET', path: 'skills/{name}/versions', preview, handle: listVersions },
  { method: 'POST', path: 'skills/{name}/versions', preview, handle: createVersion },
  { method: 'GET', path: 'skills/{name}/versions/{version}', preview, handle: getVersion },
  { method: 'DELETE', path: 'skills/{name}/versions/{version}', preview, handle: deleteVersion },
];

const CREATE = compileObject({
  'inline_content!': {
    'description!': 'string',
    'instructions!': 'string',
    license: 'string',
    compatibility: 'string',
    metadata: { '*': 'string' },
    allowed_tools: ['string'],
  },
  default: 'boolean = false',
});

const UPDATE = compileObject({ 'default_version!': 'string' });

function storeOf({ engine, project }: FoundryCall): VersionedStore {
  return versionedStore(engine, project, 'skills');
}

function requireSkill(call: FoundryCall): Versioned {
  const name = call.names['name'] ?? '';
  const found = storeOf(call).find(name);
  if (found) return found;
  throw missing(`Skill ${name}`);
}

function requireVersion(call: FoundryCall, { name }: Versioned, version: string): VersionBody {
  const found = storeOf(call)
    .versions(name)
    .find((each) => each.version === version);
  if (found) return found;
  throw missing(`Version ${version} of skill ${name}`);
}

function describe(call: FoundryCall, skill: Versioned): JsonObject {
  const versions = storeOf(call).versions(skill.name);
  const chosen = versions.find(({ version }) => version === skill.defaultVersion);
  return {
    id: skill.id,
    name: skill.name,
    description: textAt(chosen?.body, 'description') ?? '',
    created_at: epoch(skill.created),
    default_version: skill.defaultVersion,
    latest_version: versions.at(-1)?.version ?? skill.defaultVersion,
  };
}

function show(call: FoundryCall, skill: Versioned): Reply {
  return json(200, describe(call, skill));
}

function showVersion({ id, name }: Versioned, { version, created, body }: VersionBody): JsonObject {
  return {
    id: `${id}:${version}`,
    skill_id: id,
    name,
    version,
    description: textAt(body, 'description') ?? '',
    created_at: epoch(created),
  };
}

function listSkills(call: FoundryCall): Reply {
  const skills = storeOf(call).list();
  return cursorPage(
    call.request,
    skills.map((skill) => ({ id: skill.id, body: describe(call, skill) })),
  );
}

const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/u;

/** Creates the skill as well when there is none. 200, not 201. */
function createVersion(call: FoundryCall): Reply {
  const name = call.names['name'] ?? '';
  if (!NAME.test(name)) throw invalid(`The skill name '${name}' is invalid`, 'name');
  if ((call.request.headers['content-type'] ?? '').startsWith('multipart/'))
    throw new FoundryError(501, 'not_imitated', 'The embedded Azure does not imitate skills made of files');
  const body = requireShape(CREATE, readBody(call));
  const content = member(body, 'inline_content');
  const { thing, version } = storeOf(call).add(name, isObject(content) ? content : {});
  if (member(body, 'default') === true) storeOf(call).save({ ...thing, defaultVersion: version.version });
  return json(200, showVersion(thing, version));
}

function updateSkill(call: FoundryCall): Reply {
  const skill = requireSkill(call);
  const wanted = textAt(requireShape(UPDATE, readBody(call)), 'default_version') ?? '';
  const changed = { ...skill, defaultVersion: requireVersion(call, skill, wanted).version };
  storeOf(call).save(changed);
  return show(call, changed);
}

function deleteSkill(call: FoundryCall): Reply {
  const { id, name } = requireSkill(call);
  storeOf(call).remove(name);
  return json(200, { id, name, deleted: true });
}

function listVersions(call: FoundryCall): Reply {
  const skill = requireSkill(call);
  return cursorPage(
    call.request,
    storeOf(call)
      .versions(skill.name)
      .map((version) => ({ id: `${skill.id}:${version.version}`, body: showVersion(skill, version) })),
  );
}

function getVersion(call: FoundryCall): Reply {
  const skill = requireSkill(call);
  return json(200, showVersion(skill, requireVersion(call, skill, call.names['version'] ?? '')));
}

/** The default version stays while there are others; the last one takes the skill with it. */
function deleteVersion(call: FoundryCall): Reply {
  const skill = requireSkill(call);
  const { version } = requireVersion(call, skill, call.names['version'] ?? '');
  const store = storeOf(call);
  const isLast = store.versions(skill.name).length === 1;
  if (skill.defaultVersion === version && !isLast)
    throw new FoundryError(409, 'conflict', `Version ${version} is the default version of skill ${skill.name}`);
  store.removeVersion(skill.name, version);
  if (isLast) store.remove(skill.name);
  return json(200, { id: `${skill.id}:${version}`, name: skill.name, version, deleted: true });
}
