import { append } from '../../model/append.ts';
import { posix } from 'node:path';
import { hasErrors, problem, type Diagnostic } from '../../model/diagnostic.ts';
import { isObject, member, textOf, type JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { decodeUtf8 } from '../load/discover.ts';
import { confined } from '../load/file-fields.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import { readAgent, type ReadAgent } from './agent-dialects.ts';
import type { Omission } from './subject.ts';

/** Host of services of azd that are agents. Source: azd's agents extension. */
const AGENT_HOST = 'azure.ai.agent';

const AGENT_FILES: readonly string[] = ['agent.yaml', 'agent.yml'];
const MAX_BYTES = 1024 * 1024;

export interface AgentFiles {
  readonly agents: readonly (ReadAgent & { readonly file: string })[];
  readonly omissions: readonly Omission[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Agents of azd's azure.yaml (services of host azure.ai.agent, described in the service or in agent.yaml of its project) or
 * of single files of AgentSchema. `files` is rooted where nothing outside may be read; `path` is below it.
 */
export function readAgentFiles(files: ProjectFiles, path: string, agent: KindDefinition): AgentFiles {
  const found: Found = { agents: [], omissions: [], diagnostics: [] };
  const type = files.stat(path)?.type ?? (path === '.' ? 'folder' : undefined);
  const azd = type === 'folder' ? posix.join(path, 'azure.yaml') : path;
  if (type === undefined) found.diagnostics.push(problem('ING6108', `${path} does not exist`));
  else if (/^azure\.ya?ml$/.test(posix.basename(azd)) && files.stat(azd)?.type === 'file')
    readAzd(files, azd, agent, found);
  else for (const file of type === 'folder' ? yamlFiles(files, path) : [path]) readFile(files, file, agent, found);
  if (found.agents.length === 0 && !hasErrors(found.diagnostics))
    found.diagnostics.push(problem('ING6108', `${path} describes no agent`, { hint: reasons(found.omissions) }));
  return found;
}

interface Found {
  readonly agents: (ReadAgent & { readonly file: string })[];
  readonly omissions: Omission[];
  readonly diagnostics: Diagnostic[];
}

function reasons(omissions: readonly Omission[]): string | undefined {
  return omissions.length === 0 ? undefined : omissions.map(({ what, reason }) => `${what}: ${reason}`).join('; ');
}

function yamlFiles(files: ProjectFiles, folder: string): string[] {
  const entries = files.entries(folder) ?? [];
  return entries
    .filter(({ name, type }) => type === 'file' && /\.ya?ml$/.test(name))
    .map(({ name }) => posix.join(folder, name))
    .toSorted();
}

function readAzd(files: ProjectFiles, file: string, agent: KindDefinition, found: Found): void {
  const [document] = parse(files, file, found);
  const services = document && member(document, 'services');
  for (const [name, service] of Object.entries(isObject(services) ? services : {})) {
    const host = textOf(service, 'host');
    if (host !== AGENT_HOST || !isObject(service)) {
      found.omissions.push({
        what: `${file} services.${name}`,
        reason: `its host is ${host || 'not named'}; only ${AGENT_HOST} is read`,
      });
      continue;
    }
    const folder = confined(textOf(service, 'project') || '.', posix.dirname(file));
    const described =
      folder === undefined
        ? undefined
        : AGENT_FILES.map((one) => posix.join(folder, one)).find((one) => files.stat(one)?.type === 'file');
    if (folder === undefined)
      found.omissions.push({ what: `${file} services.${name}`, reason: 'its project lies outside of the folder' });
    else if (described === undefined) take(service, name, file, agent, found);
    else readFile(files, described, agent, found, name, service);
  }
  for (const part of Object.keys(document ?? {}).filter(
    (key) => !['name', 'services', 'metadata', '$schema'].includes(key),
  ))
    found.omissions.push({ what: `${file} ${part}`, reason: 'only services are read' });
}

function readFile(
  files: ProjectFiles,
  file: string,
  agent: KindDefinition,
  found: Found,
  name?: string,
  service: JsonObject = {},
): void {
  for (const document of parse(files, file, found)) {
    if (isAgent(document))
      take({ ...service, ...document }, name ?? posix.basename(file).replace(/\.ya?ml$/, ''), file, agent, found);
    else found.omissions.push({ what: file, reason: 'it describes no agent' });
  }
}

function take(value: JsonObject, name: string, file: string, agent: KindDefinition, found: Found): void {
  const read = readAgent(value, name, agent);
  found.agents.push({ ...read, file });
  append(
    found.omissions,
    read.unread.map(({ part, reason }) => ({ what: `${file} ${read.name} ${part}`, reason })),
  );
}

/** AgentSchema's own example has no `kind`. */
function isAgent(document: JsonObject): boolean {
  const kind = textOf(document, 'kind').toLowerCase();
  const isKnown = ['prompt', 'hosted', 'workflow', 'external'].includes(kind);
  return isKnown || isObject(member(document, 'template')) || (kind === '' && member(document, 'model') !== undefined);
}

/** Placeholders without quotes would be read as mappings. */
function quoted(text: string): string {
  return text.replaceAll(/^(\s*(?:- )?[\w$-]+:\s*|\s*-\s+)(\{\{[^{}"\n]*\}\})\s*$/gm, '$1"$2"');
}

function parse(files: ProjectFiles, file: string, { diagnostics }: Found): JsonObject[] {
  const size = files.stat(file)?.size ?? 0;
  const text = size > MAX_BYTES ? undefined : decodeUtf8(files.read(file));
  if (text === undefined) {
    diagnostics.push(problem('ING6108', `${file} is not a text of at most ${MAX_BYTES} bytes`));
    return [];
  }
  return parseYaml({ file, text: quoted(text) }, diagnostics).map(({ value }) => value);
}
