import { basename, dirname } from 'node:path';
import { statSync } from 'node:fs';
import { hasErrors, problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Graph } from '../../model/graph.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import { agentDrafts } from '../../planner/adopt/agent-drafts.ts';
import { readAgentFiles } from '../../planner/adopt/agent-files.ts';
import { withoutErrors } from '../../planner/adopt/check.ts';
import { filesWith } from '../../planner/adopt/overlay.ts';
import { filesOnDisk } from '../../planner/load/files.ts';
import { registry } from '../../reconcilers/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import type { FilePath } from '../file-path.ts';
import type { Io } from '../io.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { openEnvironment, type EnvironmentOptions } from '../session.ts';
import { appendedFiles } from './append.ts';
import { showPulled } from './report.ts';
import { replaceFiles } from './write.ts';

export interface PullAgentsOptions extends EnvironmentOptions {
  readonly from: FilePath;
  readonly project?: string;
}

/** Appends manifests of the agents that files of azd or AgentSchema describe. Touches no network. */
export function pullAgents(io: Io, options: PullAgentsOptions): number {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const { project, environment, graph } = opened.value;
  const agent = registry.get('Agent');
  if (!agent) throw new Error('There is no kind Agent');
  const source = options.from.absolute;
  const isFile = statSync(source, { throwIfNoEntry: false })?.isFile() === true;
  const found = readAgentFiles(filesOnDisk(isFile ? dirname(source) : source), isFile ? basename(source) : '.', agent);
  if (hasErrors(found.diagnostics)) return refuse(io, found.diagnostics, options);
  const owner = projectFor(graph, options.project);
  if (typeof owner !== 'string') return refuse(io, [owner], options);
  const made = agentDrafts(found, owner, agent, (id) => graph.has(id));
  const filesFor = (drafts: typeof made.drafts) => appendedFiles(project, environment.folder, drafts);
  const first = filesFor(made.drafts);
  if (!(first instanceof Map)) return refuse(io, [first], options);
  const checked = withoutErrors(made.drafts, {
    folder: environment.folder,
    kinds: registry,
    filesWith: (drafts) => filesWith(project.files, mapOf(filesFor(drafts))),
  });
  const files = mapOf(filesFor(checked.drafts));
  replaceFiles(project.root, files, []);
  showPulled(io, options.output, {
    environment: environment.name,
    files: [...files.keys()],
    removed: [],
    drafts: checked.drafts,
    omissions: [...found.omissions, ...made.omissions, ...checked.omissions],
    secrets: [],
    problems: [],
    plan: undefined,
  });
  return exitCodes.ok;
}

function mapOf(files: Map<string, string> | Diagnostic): Map<string, string> {
  return files instanceof Map ? files : new Map();
}

function refuse(io: Io, diagnostics: readonly Diagnostic[], options: PullAgentsOptions): number {
  reportProblems(io, diagnostics, options);
  return exitCodeFor(diagnostics);
}

/** The project that agents go to: the one that is named, or the only one. */
function projectFor(graph: Graph, wanted: string | undefined): string | Diagnostic {
  const projects = [...graph.keys()].filter((id) => kindOf(id) === 'FoundryProject').map(nameOf);
  const [only, second] = projects;
  if (wanted !== undefined && projects.includes(wanted)) return wanted;
  if (wanted === undefined && only !== undefined && second === undefined) return only;
  return problem('ING6105', 'Which FoundryProject do the agents live in? Pass it with --project', {
    hint: projects.length === 0 ? 'The environment declares none yet.' : `There are: ${projects.join(', ')}.`,
  });
}
