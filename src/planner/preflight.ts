import { isAzureError, type AzureReader } from '../model/azure.ts';
import { warning, type Diagnostic } from '../model/diagnostic.ts';
import type { Graph } from '../model/graph.ts';
import type { EnvironmentScope, KindCatalog, Prospect } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import { createSites } from '../model/site.ts';
import { checkBelow } from './preflight/below.ts';
import { checkLocks } from './preflight/locks.ts';
import type { LiveState } from './read-live.ts';

export interface PreflightRequest {
  readonly graph: Graph;
  readonly kinds: KindCatalog;
  readonly scope: EnvironmentScope;
  readonly reader: AzureReader;
  readonly now: Date;
  readonly state: LiveState;
  readonly changes: readonly Change[];
}

/**
 * Asks Azure before the apply what would stop it half way: names that deleted resources hold, quota, models, providers.
 * A question that the identity may not ask is a warning.
 */
export async function runPreflight(request: PreflightRequest): Promise<Diagnostic[]> {
  const { graph, scope, reader, now, changes } = request;
  const general = [
    ask('locks', () => checkLocks(reader, changes, scope)),
    ask('what lies below deleted resources', () => checkBelow(request)),
  ];
  const prospects = prospectsOf(request);
  const byKind = Map.groupBy(prospects, ({ definition }) => definition);
  const environment = graph.get(`Environment/${scope.name}`)?.definition;
  if (environment && prospects.length > 0) byKind.set(environment, prospects);
  const answers = [...byKind].map(([definition, own]) =>
    ask(definition.kind, async () => (await definition.preflight?.(reader, own, scope, now)) ?? []),
  );
  return (await Promise.all([...general, ...answers])).flat();
}

function prospectsOf({ graph, scope, state, changes }: PreflightRequest): Prospect[] {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  return changes.flatMap((change): Prospect[] => {
    const node = graph.get(change.id);
    const writes = change.action === 'create' || change.action === 'update' || change.action === 'replace';
    return node && writes ? [{ change, definition: node.definition, site: sites.siteOf(node) }] : [];
  });
}

async function ask(what: string, question: () => Promise<readonly Diagnostic[]>): Promise<readonly Diagnostic[]> {
  try {
    return await question();
  } catch (error) {
    if (!isAzureError(error)) throw error;
    const { code, message } = error.details;
    return [warning('ING3013', `Azure was not asked about ${what}: ${code}: ${message}`)];
  }
}
