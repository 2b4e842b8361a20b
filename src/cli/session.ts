import { join } from 'node:path';
import type { Connection } from '../azure/connect.ts';
import type { Exchange } from '../azure/exchange.ts';
import { readHead } from '../git/head.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph } from '../model/graph.ts';
import type { AppliedMark, EnvironmentScope } from '../model/kind.ts';
import { planEnvironment, validateEnvironment, type Planned } from '../planner/index.ts';
import type { LoadedEnvironment } from '../planner/load.ts';
import { registry } from '../reconcilers/registry.ts';
import { baseFromGit } from './base.ts';
import { checkOrder, type OrderRequest } from './commit-order.ts';
import type { Io } from './io.ts';
import type { GlobalOptions } from './program/registrar.ts';
import { chooseEnvironment, environmentFolder, openProject, type Project } from './project.ts';
import { exitCodeFor, reportProblems } from './report.ts';
import { unlessStopped } from './stopping.ts';
import { rememberSecrets, rotated } from './secrets.ts';
import { styled } from './text.ts';
import { TOOL } from './version.ts';
import { watchFiles, type WatchedFiles } from './watched-files.ts';

export interface EnvironmentOptions extends GlobalOptions {
  readonly environment?: string;
  readonly output?: string;
}

/** An environment whose files are right. */
export interface Opened {
  readonly project: Project;
  readonly environment: LoadedEnvironment;
  readonly scope: EnvironmentScope;
  readonly graph: Graph;
  /** The files that the environment depends on; absent where they are those of another commit than the one checked out. */
  readonly watched?: WatchedFiles;
}

export type Result<T> = { readonly value: T; readonly exitCode?: undefined } | { readonly exitCode: number };

/** Finds and checks the environment that was asked for. Problems are reported here. */
export function openEnvironment(io: Io, options: EnvironmentOptions): Result<Opened> {
  const project = openProject(options.cwd);
  if ('code' in project) return failure(io, [project], options);
  const name = chooseEnvironment(project, options.environment);
  if (typeof name !== 'string') return failure(io, [name], options);
  const watched = watchFiles(project.files);
  const validated = validateEnvironment({
    files: watched.files,
    folder: environmentFolder(project, name),
    kinds: registry,
  });
  const { environment, scope, graph, diagnostics } = validated;
  if (!environment || !scope || hasErrors(diagnostics))
    return failure(io, diagnostics, { ...options, root: project.root });
  if (diagnostics.length > 0) reportProblems(io, diagnostics, { root: project.root });
  return { value: { project, environment, scope, graph, watched } };
}

function failure(
  io: Io,
  diagnostics: readonly Diagnostic[],
  options: { readonly output?: string; readonly root?: string },
): { exitCode: number } {
  reportProblems(io, diagnostics, options);
  return { exitCode: exitCodeFor(diagnostics) };
}

/** Where an environment lives, as its files say; undefined where they do not. */
export function declaredScope(project: Project, name: string): EnvironmentScope | undefined {
  return validateEnvironment({ files: project.files, folder: environmentFolder(project, name), kinds: registry }).scope;
}

/** Where state of this machine is kept, such as the embedded Azure's. Never committed. */
export function stateFolder(project: Project): string {
  return join(project.folder, '.ingate');
}

/** Opens Azure as the environment says. `@azure` packages are loaded here at the earliest. */
export async function connectTo(
  io: Io,
  { project, scope, graph }: Pick<Opened, 'project' | 'scope'> & Partial<Pick<Opened, 'graph'>>,
  options: GlobalOptions,
): Promise<Connection> {
  if (graph) rememberSecrets(io.secrets, graph, io.env);
  const { connect } = await import('../azure/connect.ts');
  const observe = options.debug
    ? (exchange: Exchange) => io.say([styled('dim', describeExchange(exchange))])
    : undefined;
  return connect({
    scope,
    stateFolder: stateFolder(project),
    userAgent: TOOL,
    ...(io.clock ? { clock: io.clock } : {}),
    ...(io.secrets ? { secrets: io.secrets } : {}),
    ...(observe ? { observe } : {}),
    ...(io.stop ? { stop: io.stop } : {}),
    notify: (waiting) => io.say([styled('dim', waiting)]),
  });
}

function describeExchange({ method, url, status, milliseconds, requestId }: Exchange): string {
  const [path = ''] = url.split('?', 1);
  return `${method} ${path} -> ${status ?? 'no answer'} (${Math.round(milliseconds)} ms${requestId === undefined ? '' : `, request ${requestId}`})`;
}

export interface PlanningOptions extends EnvironmentOptions {
  readonly prune: boolean;
  /** False: gates are evaluated although they have a verdict. */
  readonly cache?: boolean;
  /** Resources whose secrets are written again. */
  readonly rotate?: readonly string[];
  /** Whether a commit that is older than the applied one is taken; absent where the order of commits does not matter. */
  readonly allowOlder?: boolean;
}

/** Makes the plan, or reports why Azure could not be read. */
export async function makePlan(
  io: Io,
  opened: Opened,
  connection: Connection,
  options: PlanningOptions,
): Promise<Result<Planned>> {
  const { project, environment, scope, graph, watched } = opened;
  const rotate = rotated(options.rotate ?? [], graph);
  if ('problems' in rotate) return failure(io, rotate.problems, options);
  const head = await readHead(project.root, watched);
  const { allowOlder } = options;
  const request = {
    environment,
    graph,
    scope,
    kinds: registry,
    reader: connection.reader,
    prune: options.prune,
    rotate: rotate.ids,
    anew: options.cache === false,
    tool: TOOL,
    head,
    baseSource: baseFromGit(project.root, scope),
    ...(allowOlder === undefined ? {} : orderRules({ root: project.root, environment: scope.name, head, allowOlder })),
  };
  const planned = await unlessStopped(connection.stop, () => planEnvironment(request));
  if (!planned.plan) return failure(io, planned.diagnostics, options);
  return { value: planned };
}

function orderRules(request: OrderRequest) {
  const { allowOlder } = request;
  return { allowOlder, orderOf: (applied: AppliedMark) => checkOrder(request, applied) };
}
