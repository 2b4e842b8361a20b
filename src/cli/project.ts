import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { trackedFiles } from '../git/tracked-files.ts';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import type { ProjectFiles } from '../model/project-files.ts';
import { filesOnDisk } from '../planner/load/files.ts';
import { didYouMean } from '../planner/load/suggest.ts';

/** A repository with environments in it. */
export interface Project {
  /** Root of the repository; what manifests may refer to lies below it. */
  readonly root: string;
  /** Folder that holds `environments`; the root, or a folder below it. */
  readonly folder: string;
  readonly files: ProjectFiles;
  /** Names of the environments, in alphabetical order. */
  readonly environments: readonly string[];
}

/** Finds the project that a folder belongs to, looking upwards for `environments`. */
export function openProject(cwd: string): Project | Diagnostic {
  const folder = upwards(resolve(cwd), (one) => existsSync(join(one, 'environments')));
  if (folder === undefined) {
    return problem('ING1001', `There is no folder "environments" in ${cwd} or above it`, {
      hint: 'Change to your repository, or pass it with --cwd.',
    });
  }
  const root = upwards(folder, (one) => existsSync(join(one, '.git'))) ?? folder;
  const link = linkedFolder(folder);
  if (link !== undefined) {
    const hint = 'Replace it by the folder itself; links could lead out of the repository.';
    return problem('ING1003', `${relative(root, link).split(sep).join('/')} is a symbolic link`, { hint });
  }
  const below = readdirSync(join(folder, 'environments'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const environments = below.filter(
    (name) => !name.startsWith('.') && !name.startsWith('_') && hasEnvironment(join(folder, 'environments', name)),
  );
  return {
    root,
    folder,
    files: filesOnDisk(root, (below) => trackedFiles(root, below)),
    environments: environments.toSorted(),
  };
}

/** `environments`, or a folder in it, that is a link. */
function linkedFolder(folder: string): string | undefined {
  const environments = join(folder, 'environments');
  const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();
  if (isLink(environments)) return environments;
  const paths = readdirSync(environments).map((name) => join(environments, name));
  return paths.find((path) => isLink(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false);
}

function upwards(from: string, wanted: (folder: string) => boolean): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (wanted(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** A folder that others only extend has no environment document of its own. */
function hasEnvironment(folder: string): boolean {
  return ['environment.yaml', 'environment.yml'].some((name) => existsSync(join(folder, name)));
}

/** Folder of an environment from the repository's root, with forward slashes. */
export function environmentFolder(project: Project, name: string): string {
  return relative(project.root, join(project.folder, 'environments', name))
    .split(sep)
    .join('/');
}

/** The environment that was asked for, or the only one there is. */
export function chooseEnvironment(project: Project, name: string | undefined): string | Diagnostic {
  const [only, second] = project.environments;
  if (name === undefined) {
    if (only !== undefined && second === undefined) return only;
    return problem('ING1002', 'Which environment? Pass it with --environment', {
      hint: `There are: ${project.environments.join(', ')}.`,
    });
  }
  if (project.environments.includes(name)) return name;
  return problem('ING1002', `There is no environment "${name}"`, { hint: didYouMean(name, project.environments) });
}
