/** Runs pieces of work that share a key one after the other, in the order they came. */
export interface Mutex {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createMutex(): Mutex {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(
        key,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
