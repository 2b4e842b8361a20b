import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Documents } from './documents.ts';
import type { Ids } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { Resources } from './resources.ts';
import type { Tasks } from './tasks.ts';
import type { Timing } from '../options.ts';
import type { Registry } from '../arm/registry.ts';
import type { ModelSettings } from '../foundry/models/settings.ts';
import type { Intent } from '../providers/authorization/authorise.ts';

/** Everything that handlers work with. All of it is synchronous, so that a request is never half done. */
export interface Engine {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly database: Database;
  readonly resources: Resources;
  readonly documents: Documents;
  readonly tasks: Tasks;
  readonly timing: Timing;
  readonly registry: Registry;
  readonly tenantId: string;
  /** Whether the caller may do something; undefined while access control is off. */
  readonly isAllowed: ((intent: Intent) => boolean) | undefined;
  /** Items per page of every list, instead of each type's own. */
  readonly pageSize: number | undefined;
  /** What models and agents answer. */
  readonly models: ModelSettings;
}

/** Does what was scheduled; `due` is the time it was scheduled for, which may be long ago. */
export type TaskHandler = (engine: Engine, payload: JsonObject, due: number) => void;

/** Does everything that has become due, in the order of time. */
export function settle(engine: Engine, handlers: ReadonlyMap<string, TaskHandler>): void {
  for (let next = engine.tasks.takeDue(); next; next = engine.tasks.takeDue()) {
    const { task, payload, due } = next;
    engine.database.transaction(() => handlers.get(task)?.(engine, payload, due));
  }
}
