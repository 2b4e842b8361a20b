/** A task with the tasks that must have succeeded before it starts. */
export interface Scheduled {
  readonly key: string;
  readonly after: readonly string[];
}

export type Ended = 'done' | 'failed' | 'blocked' | 'unstarted';

export interface ScheduleOptions<T extends Scheduled> {
  readonly tasks: readonly T[];
  /** Most tasks that run at once. */
  readonly parallelism: number;
  /** When it aborts nothing new starts; what runs is finished. */
  readonly stop: AbortSignal;
  /** Resolves to false when the task failed. Never rejects. */
  readonly run: (task: T) => Promise<boolean>;
  /** A task that will not start because `by` failed, or because of `stop` (undefined). */
  readonly skipped: (task: T, by: T | undefined) => void;
}

/**
 * Runs tasks as soon as everything before them succeeded, as many at once as allowed. A failure stops its dependents and
 * nothing else. Resolves when nothing runs any more and nothing can start.
 */
export async function runSchedule<T extends Scheduled>(options: ScheduleOptions<T>): Promise<Map<string, Ended>> {
  const { tasks, parallelism, stop, run, skipped } = options;
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const open = new Map(tasks.map((task) => [task.key, new Set(task.after.filter((key) => byKey.has(key)))]));
  const dependents = dependentsOf(tasks);
  const ended = new Map<string, Ended>();
  const ready = tasks.filter((task) => open.get(task.key)?.size === 0);
  let running = 0;

  return new Promise((resolve) => {
    function advance(): void {
      while (running < parallelism && !stop.aborted) {
        const task = ready.shift();
        if (!task) break;
        running++;
        void run(task).then((succeeded) => finish(task, succeeded));
      }
      if (running > 0) return;
      for (const task of tasks) if (!ended.has(task.key)) leaveOut(task, 'unstarted', undefined);
      resolve(ended);
    }

    function finish(task: T, succeeded: boolean): void {
      running--;
      ended.set(task.key, succeeded ? 'done' : 'failed');
      for (const key of dependents.get(task.key) ?? []) {
        const dependent = byKey.get(key);
        if (!dependent) continue;
        if (!succeeded) block(dependent, task);
        else if (settle(key, task.key)) ready.push(dependent);
      }
      advance();
    }

    function settle(key: string, done: string): boolean {
      const rest = open.get(key);
      rest?.delete(done);
      return rest?.size === 0 && !ended.has(key);
    }

    function block(task: T, by: T): void {
      if (ended.has(task.key)) return;
      leaveOut(task, 'blocked', by);
      for (const key of dependents.get(task.key) ?? []) {
        const next = byKey.get(key);
        if (next) block(next, by);
      }
    }

    function leaveOut(task: T, how: 'blocked' | 'unstarted', by: T | undefined): void {
      ended.set(task.key, how);
      skipped(task, by);
    }

    advance();
  });
}

function dependentsOf(tasks: readonly Scheduled[]): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const task of tasks) {
    for (const key of task.after) {
      const known = dependents.get(key);
      if (known) known.push(task.key);
      else dependents.set(key, [task.key]);
    }
  }
  return dependents;
}
