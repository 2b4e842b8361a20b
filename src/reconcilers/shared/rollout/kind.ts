import type { AzureReads } from '../../../model/azure.ts';
import type { Live, Site, WriteContext } from '../../../model/kind.ts';
import type { Snapshot, Target } from '../../../rollout/types.ts';
import type { RolloutPort } from './run.ts';

/** How the rollouts of a kind are looked at and carried on. Sites have every value known. */
export interface RolloutKind {
  /** What is wanted; undefined where the manifest declares no rollout, or part of it is only known after apply. */
  hashOf(site: Site): string | undefined;
  /** `generation`: seconds since 1970 of the commit; `force`: goes on although what serves is unhealthy. */
  targetOf(site: Site, generation: number, force?: boolean): Target;
  read(reader: AzureReads, site: Site, live: Live): Promise<Snapshot>;
  port(context: WriteContext, site: Site): RolloutPort;
  /** Why the last rollout was given up, where that is kept. */
  reasonOf(reader: Pick<AzureReads, 'get'>, site: Site, live: Live): Promise<string | undefined>;
}
