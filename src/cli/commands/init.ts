import { basename } from 'node:path';
import { originOf, pathInRepository } from '../../git/facts.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { exitCodes } from '../exit-codes.ts';
import { bundledSchema, environmentFiles, SCHEMA_FILE } from '../init/environment-files.ts';
import { environmentNames, githubRepository, projectName } from '../init/names.ts';
import { firstStep, nextSteps } from '../init/next-steps.ts';
import { pipelineFiles, type Forge } from '../init/templates.ts';
import { appendLines, HEADER, writeFiles, type Written } from '../init/write.ts';
import type { Io } from '../io.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { openProject } from '../project.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import { styled, type Line, type Style } from '../text.ts';

export interface InitOptions extends GlobalOptions {
  readonly github: boolean;
  readonly azureDevops: boolean;
  /** Names separated by commas; without them those that there are, else dev, qa and prod. */
  readonly environments?: string;
  readonly force: boolean;
}

/** Lines of .gitignore: state of this machine, and saved plans, which would make the work tree differ from its commit. */
const IGNORED = ['.ingate/', '*.plan'];
const FIRST = ['dev', 'qa', 'prod'];
const SETTINGS = '.vscode/settings.json';

/** Writes a project that is valid at once, and its pipelines. What is there stays as it is. */
export async function init(io: Io, options: InitOptions): Promise<number> {
  const root = options.cwd;
  const existing = environmentsIn(root);
  const names = chosenNames(options.environments, existing);
  if ('code' in names) return refuse(io, [names]);
  const added = names.filter((name) => !existing.includes(name));
  const project = projectName(basename(root));
  const forges: readonly Forge[] = [
    ...(options.github || !options.azureDevops ? (['github'] as const) : []),
    ...(options.azureDevops ? (['azure-devops'] as const) : []),
  ];
  const wanted = new Map([
    ...(added.length > 0 ? environmentFiles(project, added) : []),
    ...forges.flatMap((one) => [...pipelineFiles(one, names)]),
    [SCHEMA_FILE, bundledSchema(HEADER)],
    [SETTINGS, editorSettings()],
  ]);
  const { files, problems } = writeFiles(root, wanted, options.force);
  const ignored = appendLines(root, '.gitignore', IGNORED);
  const all = new Map([...files, ...(typeof ignored === 'string' ? ([['.gitignore', ignored]] as const) : [])]);
  io.print(...fileLines(all, options.force));
  const failed = [...problems, ...(typeof ignored === 'string' ? [] : [ignored])];
  if (failed.length > 0) return refuse(io, failed);
  const remote = await originOf(root);
  const repository = remote === undefined ? undefined : githubRepository(remote);
  io.print([], ...forges.flatMap((one) => nextSteps({ forge: one, project, environments: names, repository })));
  io.say(...placeLines(await pathInRepository(root)));
  io.print([], ...firstStep(names[0] ?? ''));
  return exitCodes.ok;
}

/** Pipelines are found at the root of a repository only. */
function placeLines(prefix: string | undefined): Line[] {
  if (prefix === undefined) return [[], ['This is not a Git repository yet: git init']];
  if (prefix === '') return [];
  return [[], [`This folder is ${prefix} of a repository. Move the pipelines to its root, or run this there.`]];
}

/** Pipelines apply environments in order, so the order of several is never guessed. */
function chosenNames(asked: string | undefined, existing: readonly string[]): readonly string[] | Diagnostic {
  if (asked !== undefined) return environmentNames(asked);
  const known = existing.every((name) => FIRST.includes(name));
  if (known)
    return environmentNames((existing.length === 0 ? FIRST : FIRST.filter((one) => existing.includes(one))).join());
  if (existing.length === 1) return environmentNames(existing.join());
  return problem('ING6300', 'In which order are the environments applied?', {
    hint: `Name them in that order: --environments ${existing.join(',')}`,
  });
}

/** Environments that the folder itself has; not those of a folder above it. */
function environmentsIn(root: string): readonly string[] {
  const project = openProject(root);
  return 'code' in project || project.folder !== root ? [] : project.environments;
}

function refuse(io: Io, problems: Parameters<typeof reportProblems>[1]): number {
  reportProblems(io, problems, {});
  return exitCodeFor(problems);
}

/** Completion and checks in VS Code, by the extension redhat.vscode-yaml. */
function editorSettings(): string {
  const manifests = ['environments', 'releases'].map((folder) => `${folder}/**/*.{yaml,yml}`);
  return `${JSON.stringify({ 'yaml.schemas': { [`./${SCHEMA_FILE}`]: manifests } }, null, 2)}\n`;
}

const STYLES: Readonly<Record<Written, Style>> = {
  new: 'add',
  replaced: 'change',
  extended: 'change',
  kept: 'warning',
  same: 'dim',
};

function fileLines(files: ReadonlyMap<string, Written>, force: boolean): Line[] {
  const rows = [...files].map(([name, written]): Line => [styled(STYLES[written], written.padEnd(9)), name]);
  const kept = [...files].filter(([, written]) => written === 'kept');
  if (kept.length === 0) return rows;
  const hint = force
    ? 'What was kept was not written by ingate init, or somebody took its first line away.'
    : 'What was kept was there before. --force replaces those whose first line says that ingate init wrote them.';
  const settings =
    files.get(SETTINGS) === 'kept' ? [[`For ${SETTINGS}: ${editorSettings().replaceAll(/\s+/g, ' ')}`]] : [];
  return [...rows, [], [hint], ...settings];
}
