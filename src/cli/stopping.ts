import type { AzureReader } from '../model/azure.ts';

/** Settles as the work does, or rejects with the reason of `stop` as soon as that aborts. */
export async function unlessStopped<T>(stop: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!stop) return work();
  stop.throwIfAborted();
  let give: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    give = () => reject(stop.reason as Error);
    stop.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    stop.removeEventListener('abort', give);
  }
}

/** The same reader, whose reads end as soon as `stop` aborts. For planning: what writes has to finish what it began. */
export function stoppable(reader: AzureReader, stop: AbortSignal): AzureReader {
  return {
    now: () => reader.now(),
    get: (address) => unlessStopped(stop, () => reader.get(address)),
    head: (address) => unlessStopped(stop, () => reader.head(address)),
    text: (address) => unlessStopped(stop, () => reader.text(address)),
    list: (collection) => unlessStopped(stop, () => reader.list(collection)),
  };
}

/** Milliseconds that work gets to end after it was asked to stop for the second time. */
const GRACE = 2_000;

/** Settles as the work does; when that does not end soon after `kill`, rejects with the reason of `kill`. */
export async function withinGrace<T>(kill: AbortSignal, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    kill.addEventListener(
      'abort',
      () => {
        timer = setTimeout(() => reject(kill.reason as Error), GRACE);
      },
      { once: true },
    );
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
