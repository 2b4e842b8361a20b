import type { Engine, TaskHandler } from '../arm/contract.ts';

/** Does everything that has become due, in the order of time. */
export function settle(engine: Engine, handlers: ReadonlyMap<string, TaskHandler>): void {
  for (let next = engine.tasks.takeDue(); next; next = engine.tasks.takeDue()) {
    const { task, payload, due } = next;
    engine.database.transaction(() => handlers.get(task)?.(engine, payload, due));
  }
}
