import { append } from '../../model/append.ts';
import { hasErrors, type Diagnostic } from '../../model/diagnostic.ts';
import { validateEnvironment, type Validated } from '../../planner/index.ts';
import { registry } from '../../reconcilers/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { chooseEnvironment, environmentFolder, openProject, type Project } from '../project.ts';
import { checkPromotions } from '../promotion/check.ts';
import { promotionsOf, releasesOf } from '../promotion/files.ts';
import { exitCodeFor, reportProblems } from '../report.ts';
import type { EnvironmentOptions } from '../session.ts';
import { count, jsonText, styled, type Line } from '../text.ts';

/** Checks one environment, or all of them when none is named. Touches no network. */
export async function validate(io: Io, options: EnvironmentOptions): Promise<number> {
  const project = openProject(options.cwd);
  if ('code' in project) return refuse(io, [project], options);
  const chosen = options.environment === undefined ? project.environments : [options.environment];
  const counts: Line[] = [];
  const found: Diagnostic[] = [];
  const environments = new Map<string, Validated>();
  for (const name of chosen) {
    const known = chooseEnvironment(project, name);
    if (typeof known !== 'string') return refuse(io, [known], options);
    const validated = load(project, known);
    environments.set(known, validated);
    append(found, validated.diagnostics);
    counts.push(verdict(known, validated.graph.size, validated.diagnostics));
  }
  append(found, promotionProblems(project, environments));
  if (found.length > 0) reportProblems(io, unique(found), { ...options, root: project.root });
  if (options.output !== 'json') io.print(...counts);
  else if (found.length === 0) io.write(`${jsonText({ outcome: 'ok', diagnostics: [] })}\n`);
  return hasErrors(found) ? exitCodeFor(found) : exitCodes.ok;
}

function load(project: Project, name: string): Validated {
  return validateEnvironment({ files: project.files, folder: environmentFolder(project, name), kinds: registry });
}

/** Policies are about several environments, so all of them are read, also when one was asked for. */
function promotionProblems(project: Project, known: ReadonlyMap<string, Validated>): Diagnostic[] {
  const all = promotionsOf(project);
  const pointers = [...known.values()].some(({ environment }) => (environment?.pointers.length ?? 0) > 0);
  if (all.promotions.length === 0 && all.diagnostics.length === 0 && all.trust.keys.length === 0 && !pointers)
    return [];
  const environments = project.environments.map((name) => [name, known.get(name) ?? load(project, name)] as const);
  return checkPromotions(all, new Map(environments), { files: project.files, releases: releasesOf(project) });
}

function verdict(name: string, resources: number, diagnostics: readonly Diagnostic[]): Line {
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  if (errors > 0) return [styled('error', 'invalid'), ` ${name}: ${count(errors, 'problem')}`];
  return [styled('add', 'valid'), ` ${name}: ${count(resources, 'resource')}`];
}

function refuse(io: Io, diagnostics: readonly Diagnostic[], options: EnvironmentOptions): number {
  reportProblems(io, diagnostics, options);
  return exitCodeFor(diagnostics);
}

/** A mistake in a folder that several environments extend is told once. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
