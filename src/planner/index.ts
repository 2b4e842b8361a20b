import type { AzureReader } from '../model/azure.ts';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph } from '../model/graph.ts';
import type { AppliedMark, EnvironmentScope, KindCatalog } from '../model/kind.ts';
import type { Head, Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { loadEnvironment, type LoadedEnvironment } from './load.ts';
import type { ProjectFiles } from '../model/project-files.ts';
import { baseResources, findBase, type BaseSource } from './base.ts';
import { checkLegacy } from './legacy.ts';
import { decideChanges } from './plan.ts';
import { runPreflight } from './preflight.ts';
import { createFetched } from './read-live/fetch.ts';
import { readDeparted, readLive, type LiveState } from './read-live.ts';
import { resolveGraph } from './resolve.ts';
import { checkSafety } from './safety.ts';
import { sealPlan } from './seal.ts';

export interface ValidateRequest {
  readonly files: ProjectFiles;
  /** Folder of the environment from the repository's root. */
  readonly folder: string;
  readonly kinds: KindCatalog;
}

export interface Validated {
  readonly environment: LoadedEnvironment | undefined;
  readonly scope: EnvironmentScope | undefined;
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything that can be said without Azure: the graph, and all that is wrong with the files. */
export function validateEnvironment(request: ValidateRequest): Validated {
  const { environment, diagnostics } = loadEnvironment(request);
  if (!environment) return { environment, scope: undefined, graph: new Map(), diagnostics };
  const resolved = resolveGraph(environment, request.kinds);
  return {
    environment,
    scope: resolved.scope,
    graph: resolved.graph,
    diagnostics: sortDiagnostics([...diagnostics, ...resolved.diagnostics]),
  };
}

export interface PlanRequest {
  /** Files that were checked and have no errors. */
  readonly environment: LoadedEnvironment;
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly kinds: KindCatalog;
  /** Cannot write: it has no method that does. */
  readonly reader: AzureReader;
  readonly prune: boolean;
  /** Gates are evaluated although they have a verdict. */
  readonly anew?: boolean;
  /** Resources whose secrets are written again. */
  readonly rotate?: ReadonlySet<ResourceId>;
  readonly tool: string;
  readonly head: Head;
  /** Finds what was declared at the last complete apply; absent where there is no Git. */
  readonly baseSource?: BaseSource;
  /** Why the commit that is checked out must not follow the one that was applied last; absent where order does not matter. */
  readonly orderOf?: (applied: AppliedMark) => Promise<readonly Diagnostic[]>;
  /** An older commit may be applied. */
  readonly allowOlder?: boolean;
}

/** A plan and what it was made from. There is none when Azure could not be read in full. */
export interface Planned {
  readonly plan: Plan;
  readonly state: LiveState;
}

export type PlanResult = Planned | { readonly plan: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Reads Azure and decides what has to happen. Writes nothing. */
export async function planEnvironment(request: PlanRequest): Promise<PlanResult> {
  const { graph, scope, prune, tool, head } = request;
  const fetched = createFetched(request.reader);
  const read = await readLive(request, fetched);
  const { base, why, applied } = await findBase(graph, read, request.baseSource);
  const departed = base ? await readDeparted(request, base.graph, read, fetched) : [];
  if (hasErrors(fetched.problems)) return { plan: undefined, diagnostics: fetched.problems };
  const state: LiveState = { ...read, strays: [...read.strays, ...departed] };
  const now = new Date(request.reader.now());
  const before = base && baseResources(base, scope, read);
  const changes = decideChanges({
    graph,
    scope,
    state,
    base: before,
    prune,
    now,
    anew: request.anew ?? false,
    ...(request.rotate ? { rotate: request.rotate } : {}),
  });
  const order = applied && request.orderOf ? await request.orderOf(applied) : [];
  const found = [...order, ...(await runPreflight({ ...request, changes, state, now }))];
  const old = checkLegacy(changes, graph);
  const refusals = [
    ...old.filter((one) => one.severity === 'error'),
    ...checkSafety({ changes, graph, scope, state, base: before, protection: request.environment.spec.protection }),
    ...found.filter((one) => one.severity === 'error'),
  ];
  const warnings = [...old, ...found].filter((one) => one.severity === 'warning');
  const rotate = [...(request.rotate ?? [])].toSorted();
  const basis = { base: base?.commit ?? null, baseMissing: why ?? null };
  const asked = { prune, rotate, ...(request.allowOlder === true ? { allowOlder: true as const } : {}) };
  return { plan: sealPlan({ scope, tool, head, ...basis, ...asked, changes, state, refusals, warnings }), state };
}
