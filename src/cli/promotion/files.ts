import { posix, relative, sep } from 'node:path';
import { hasErrors, problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { releasesFolder } from '../../planner/load/releases.ts';
import { nameHint } from '../../planner/load/suggest.ts';
import { loadPromotions, type Promotion, type Promotions } from '../../planner/promotion.ts';
import { validateEnvironment } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { environmentFolder, type Project } from '../project.ts';
import type { Opened } from '../session.ts';

/** Folder of releases from the root of the repository. */
export function releasesOf(project: Project): string {
  return releasesFolder(environmentFolder(project, 'any'));
}

/** Policies, trust and releases; `files` may be those of another commit. */
export function promotionsOf(project: Project, files: ProjectFiles = project.files): Promotions {
  return loadPromotions({ files, releases: releasesOf(project), kinds: registry });
}

/** The policy of one release, or why there is none. */
export function promotionNamed(all: Promotions, name: string, folder: string): Promotion | readonly Diagnostic[] {
  if (hasErrors(all.diagnostics)) return all.diagnostics;
  const found = all.promotions.find((one) => one.name === name);
  const names = all.promotions.map((one) => one.name);
  const hint = names.length > 0 ? nameHint(name, names, 'policies') : 'Write one; `ingate explain PromotionPolicy`.';
  return found ?? [problem('ING8106', `There is no policy ${posix.join(folder, name, 'policy.yaml')}`, { hint })];
}

/** An environment as the files of a commit declare it, or what is wrong with them. */
export function openAt(project: Project, files: ProjectFiles, name: string): Opened | readonly Diagnostic[] {
  const folder = environmentFolder(project, name);
  if (files.entries(folder) === undefined) return [problem('ING1002', `There is no environment "${name}" there`)];
  const { environment, scope, graph, diagnostics } = validateEnvironment({ files, folder, kinds: registry });
  if (!environment || !scope || hasErrors(diagnostics)) return diagnostics;
  return { project: { ...project, files }, environment, scope, graph };
}

/** Path from the root of the repository, with forward slashes. */
export function fromRoot(project: Project, path: string): string {
  return relative(project.root, path).split(sep).join('/');
}
