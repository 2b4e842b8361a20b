import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { JsonObject } from './json.ts';

/** Something that happens by itself when its time has come: an operation ends, a revision becomes healthy. */
export interface Tasks {
  /** `task` names a handler; `due` is in milliseconds of the clock, fractions rounded down. Survives a restart. */
  schedule(task: string, due: number, payload: JsonObject): void;
  /** Takes the earliest task that is due, if any. */
  takeDue(): DueTask | undefined;
}

export interface DueTask {
  readonly task: string;
  readonly due: number;
  readonly payload: JsonObject;
}

export function createTasks({ connection }: Database, clock: Clock): Tasks {
  const insert = connection.prepare('INSERT INTO tasks (due, task, payload) VALUES (?, ?, ?)');
  const earliest = connection.prepare(
    'SELECT sequence, due, task, payload FROM tasks WHERE due <= ? ORDER BY due, sequence LIMIT 1',
  );
  const remove = connection.prepare('DELETE FROM tasks WHERE sequence = ?');
  return {
    schedule: (task, due, payload) => void insert.run(Math.floor(due), task, JSON.stringify(payload)),
    takeDue: () => {
      const row = earliest.get(clock.now());
      if (!row) return undefined;
      remove.run(Number(row['sequence']));
      return {
        task: String(row['task']),
        due: Number(row['due']),
        payload: JSON.parse(String(row['payload'])) as JsonObject,
      };
    },
  };
}
