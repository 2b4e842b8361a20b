import type { Connection } from '../../azure/connect.ts';
import { SOURCE } from '../../model/promotion/types.ts';
import type { Planned } from '../../planner/index.ts';
import type { Io } from '../io.ts';
import { makePlan, type EnvironmentOptions, type Opened } from '../session.ts';
import { promotionsOf } from './files.ts';
import { releaseThere } from './there.ts';

/**
 * Releases that an environment has after a complete apply, by name. Where its files make them, what only Azure knows is
 * read again unless the plan had nothing to do.
 */
export async function releasesAfterApply(
  io: Io,
  opened: Opened,
  connection: Connection,
  planned: Planned,
  options: EnvironmentOptions,
): Promise<ReadonlyMap<string, string>> {
  const all = promotionsOf(opened.project);
  const own = all.promotions.filter(({ policy }) => policy.stages.some((one) => one.environment === opened.scope.name));
  if (own.length === 0) return new Map();
  const pointed = new Map(opened.environment.pointers.map(({ name, id }) => [name, id]));
  const isMade = own.some(({ name }) => (pointed.get(name) ?? SOURCE) === SOURCE);
  const isStale = isMade && planned.plan.changes.some(({ action }) => action !== 'keep');
  const again = isStale ? await makePlan(io, opened, connection, { ...options, prune: false }) : { value: planned };
  if (again.exitCode !== undefined) return new Map();
  return new Map(
    own.flatMap((promotion) => {
      const given = pointed.get(promotion.name) ?? SOURCE;
      if (given !== SOURCE) return [[promotion.name, given] as const];
      const { id, pending } = releaseThere(opened, again.value, promotion, all);
      return id === undefined || pending.length > 0 ? [] : [[promotion.name, id] as const];
    }),
  );
}
