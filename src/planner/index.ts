import type { AzureReader } from '../model/azure.ts';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph } from '../model/graph.ts';
import type { JsonObject } from '../model/json.ts';
import type { EnvironmentScope, KindCatalog } from '../model/kind.ts';
import type { Head, Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { loadEnvironment, type LoadedEnvironment } from './load.ts';
import type { ProjectFiles } from './load/files.ts';
import { decideChanges } from './plan.ts';
import { readLive, type LiveState } from './read-live.ts';
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
  readonly tool: string;
  readonly head: Head;
  readonly base: { readonly commit: string; readonly specs: ReadonlyMap<ResourceId, JsonObject> } | undefined;
}

/** A plan and what it was made from. There is none when Azure could not be read in full. */
export interface Planned {
  readonly plan: Plan;
  readonly state: LiveState;
}

export type PlanResult = Planned | { readonly plan: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Reads Azure and decides what has to happen. Writes nothing. */
export async function planEnvironment(request: PlanRequest): Promise<PlanResult> {
  const { graph, scope, prune, tool, head, base } = request;
  const state = await readLive(request);
  if (hasErrors(state.diagnostics)) return { plan: undefined, diagnostics: state.diagnostics };
  const changes = decideChanges({ graph, scope, state, base: base?.specs, prune });
  const refusals = checkSafety({ changes, graph, scope, state, protection: request.environment.spec.protection });
  const plan = sealPlan({ scope, tool, head, base: base?.commit ?? null, prune, changes, state, refusals });
  return { plan, state };
}
