import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMutex } from '../../src/reconcilers/apply/mutex.ts';
import { runSchedule, type Scheduled } from '../../src/reconcilers/apply/schedule.ts';

const tasks = fc.integer({ min: 1, max: 20 }).chain((size) =>
  fc
    .tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), { maxLength: Math.min(index, 4) }),
      ),
    )
    .map((edges) =>
      edges.map((after, index): Scheduled => ({
        key: `t${index}`,
        after: index === 0 ? [] : after.map((one) => `t${one}`),
      })),
    ),
);

/** All tasks behind one, at any distance. */
function dependentsOf(key: string, all: readonly Scheduled[]): Set<string> {
  const found = new Set<string>();
  for (const task of all) if (task.after.some((before) => before === key || found.has(before))) found.add(task.key);
  return found;
}

describe('the schedule of an apply', () => {
  it('starts nothing before what it waits for, blocks exactly the dependents of a failure, and ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        tasks,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 30 }),
        async (all, parallelism, failing) => {
          const done: string[] = [];
          let running = 0;
          let most = 0;
          const failed = `t${failing}`;
          const ended = await runSchedule({
            tasks: all,
            parallelism,
            stop: new AbortController().signal,
            async run(task) {
              most = Math.max(most, ++running);
              expect(task.after.every((key) => done.includes(key))).toBe(true);
              await Promise.resolve();
              running--;
              if (task.key === failed) return false;
              done.push(task.key);
              return true;
            },
            skipped: () => undefined,
          });
          expect(most).toBeLessThanOrEqual(parallelism);
          const blocked = all.some((task) => task.key === failed) ? dependentsOf(failed, all) : new Set<string>();
          for (const { key } of all)
            expect(ended.get(key)).toBe(key === failed ? 'failed' : blocked.has(key) ? 'blocked' : 'done');
        },
      ),
    );
  });

  it('finishes what runs and starts nothing new after a stop', async () => {
    const stop = new AbortController();
    const all: Scheduled[] = [
      { key: 'a', after: [] },
      { key: 'b', after: [] },
      { key: 'c', after: ['a'] },
    ];
    const ended = await runSchedule({
      tasks: all,
      parallelism: 1,
      stop: stop.signal,
      run: () => {
        stop.abort();
        return Promise.resolve(true);
      },
      skipped: () => undefined,
    });
    expect(Object.fromEntries(ended)).toEqual({ a: 'done', b: 'unstarted', c: 'unstarted' });
  });
});

describe('a mutex', () => {
  it('runs work of one key in order and of different keys at once', async () => {
    const mutex = createMutex();
    const log: string[] = [];
    const release = Promise.withResolvers<void>();
    const work = (key: string, label: string, until: Promise<void>) =>
      mutex.run(key, async () => {
        log.push(`${label} begins`);
        await until;
        log.push(`${label} ends`);
      });
    const first = work('x', 'x1', release.promise);
    const second = work('x', 'x2', Promise.resolve());
    await work('y', 'y1', Promise.resolve());
    expect(log).toEqual(['x1 begins', 'y1 begins', 'y1 ends']);
    release.resolve();
    await Promise.all([first, second]);
    expect(log.slice(3)).toEqual(['x1 ends', 'x2 begins', 'x2 ends']);
  });

  it('goes on after a failure', async () => {
    const mutex = createMutex();
    await expect(mutex.run('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await mutex.run('x', () => Promise.resolve(1))).toBe(1);
  });
});
