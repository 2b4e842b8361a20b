import { expect, it } from 'vitest';
import { createVirtualClock } from '../../src/engine/clock.ts';
import { openDatabase } from '../../src/engine/database.ts';
import { createTasks } from '../../src/engine/tasks.ts';

it('a task that is due now is taken now, also between two milliseconds of a clock that stands still', () => {
  for (const fraction of [0, 0.25, 0.5, 0.75]) {
    const clock = createVirtualClock(1000 + fraction);
    const tasks = createTasks(openDatabase(undefined), clock);
    tasks.schedule('revision-ready', clock.now(), {});
    expect(tasks.takeDue()?.task, String(fraction)).toBe('revision-ready');
    expect(tasks.takeDue()).toBeUndefined();
  }
});
