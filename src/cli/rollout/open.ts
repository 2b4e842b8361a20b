import { nameHint } from '../../planner/load/suggest.ts';
import type { Connection } from '../../azure/connect.ts';
import { secretSource } from '../../azure/secrets.ts';
import { generationOf } from '../../git/generation.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { Live, Site, WriteContext } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { createSites } from '../../model/site.ts';
import { isObject } from '../../model/json.ts';
import type { Planned } from '../../planner/index.ts';
import { rolloutKinds } from '../../reconcilers/rollouts.ts';
import type { RolloutKind } from '../../reconcilers/shared/rollout/kind.ts';
import type { Io } from '../io.ts';
import type { Opened } from '../session.ts';

/** A resource that is there and whose manifest declares a rollout. */
export interface RolledOut {
  readonly id: ResourceId;
  readonly kind: RolloutKind;
  readonly site: Site;
  readonly live: Live;
}

/** Resources that declare a rollout and are not in Azure yet. */
export function unappliedRollouts({ graph }: Opened, { state }: Planned): readonly ResourceId[] {
  return [...graph.values()]
    .filter(
      ({ id, definition, spec }) =>
        rolloutKinds.has(definition.kind) && !state.live.has(id) && isObject(spec['rollout']),
    )
    .map(({ id }) => id);
}

/** The rollouts of an environment, or of the resources that are named; problems for names that have none. */
export function rolloutsOf(
  { graph, scope }: Opened,
  { state }: Planned,
  wanted: readonly string[],
): { readonly found: readonly RolledOut[]; readonly problems: readonly Diagnostic[] } {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  const found = [...graph.values()].flatMap((node): RolledOut[] => {
    const kind = rolloutKinds.get(node.definition.kind);
    const live = state.live.get(node.id);
    if (!kind || !live) return [];
    const site = sites.siteOf(node);
    return kind.hashOf(site) === undefined ? [] : [{ id: node.id, kind, site, live }];
  });
  const isNamed = (one: RolledOut, name: string): boolean => one.id === name || one.id.endsWith(`/${name}`);
  const missing = wanted.filter((name) => !found.some((one) => isNamed(one, name)));
  return {
    found: wanted.length === 0 ? found : found.filter((one) => wanted.some((name) => isNamed(one, name))),
    problems: missing.map((name) =>
      problem('ING8016', `"${name}" is not a live resource with a rollout`, {
        hint: nameHint(
          name,
          found.map(({ id }) => id),
          'live resources with a rollout in this environment',
        ),
      }),
    ),
  };
}

/** What carries out the steps of one rollout. */
export async function contextFor(
  io: Io,
  { project }: Opened,
  connection: Connection,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<WriteContext> {
  return {
    azure: connection.azure,
    probe: connection.probe,
    generation: await generationOf(project.root),
    secret: secretSource(io.env, connection),
    files: project.files,
    signal,
    report,
    attach: () => undefined,
    nominate: () => Promise.reject(new Error('Nothing is evaluated here')),
  };
}
