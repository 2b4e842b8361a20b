import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { git } from '../../git/run.ts';
import { trackedFiles } from '../../git/tracked-files.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { filesOnDisk } from '../../planner/load/files.ts';
import { environmentFolder, openProject, type Project } from '../project.ts';

/** The project that a folder belongs to, or the one that begins there: adoption may come before the first environment. */
export function projectAt(cwd: string): Project {
  const found = openProject(cwd);
  if (!('code' in found)) return found;
  const folder = rootOf(resolve(cwd)) ?? resolve(cwd);
  return { root: folder, folder, files: filesOnDisk(folder, (below) => trackedFiles(folder, below)), environments: [] };
}

function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : rootOf(dirname(folder));
}

/** A folder that manifests are written into. */
export interface Target {
  /** From the root of the repository. */
  readonly folder: string;
  /** Files that are there now, from the root. */
  readonly present: readonly string[];
}

/**
 * The folder of an environment, where it may be written: it is empty, or `force` is given and Git has every file of it as
 * it is now, so that nothing can be lost.
 */
export async function targetFolder(project: Project, name: string, force: boolean): Promise<Target | Diagnostic> {
  const folder = environmentFolder(project, name);
  const steps = folder.split('/').map((_, depth, all) => all.slice(0, depth + 1).join('/'));
  const link = steps.find((step) => project.files.stat(step)?.type === 'link');
  if (link !== undefined)
    return problem('ING6100', `${link} is a symbolic link, which could lead out of the repository`);
  const present = filesBelow(project, folder);
  if (present.length === 0) return { folder, present };
  if (!force)
    return problem('ING6100', `${folder} has ${present.length === 1 ? 'a file' : `${present.length} files`} already`, {
      hint: 'Pull into another environment, or replace these with --force.',
    });
  const lost = await notCommitted(project, present);
  if (lost.length === 0) return { folder, present };
  return problem('ING6100', `Git does not have ${lost.slice(0, 3).join(', ')} as it is now`, {
    hint: 'Commit everything in the folder first.',
  });
}

function filesBelow({ files }: Project, folder: string): string[] {
  return (files.entries(folder) ?? []).flatMap(({ name, type }) =>
    type === 'folder' ? filesBelow({ files } as Project, `${folder}/${name}`) : [`${folder}/${name}`],
  );
}

/** Files that are not in the last commit exactly as they are. */
async function notCommitted({ root }: Pick<Project, 'root'>, paths: readonly string[]): Promise<string[]> {
  const tracked = await git(root, 'ls-files', '-z', '--', ...paths);
  const status = await git(root, 'status', '--porcelain', '-z', '--untracked-files=all', '--', ...paths);
  if (tracked === undefined || status === undefined) return [...paths];
  const known = new Set(tracked.split('\0'));
  const changed = new Set(status.split('\0').map((line) => line.slice(3)));
  return paths.filter((path) => !known.has(path) || changed.has(path));
}
