import { AzureError, isAzureError, type AzureReader } from '../model/azure.ts';
import { createReader } from './client.ts';
import type { Session } from './session.ts';

/** A time after which nothing is waited for any more. Everything that is read for one answer shares one. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Seconds, for people. */
  readonly seconds: number;
}

export function deadlineIn(seconds: number): Deadline {
  return { signal: AbortSignal.timeout(seconds * 1000), seconds };
}

/** Reads like `createReader`; what has no answer at the deadline, retries included, rejects as an AzureError `Network`. */
export function boundedReader(session: Session, deadline: Deadline): AzureReader {
  const { signal } = deadline;
  return createReader({
    ...session,
    async read(url, options, method) {
      try {
        signal.throwIfAborted();
        return await session.read(url, { ...options, signal }, method);
      } catch (error) {
        throw signal.aborted ? tooLate(error, url, deadline) : error;
      }
    },
  });
}

/** What a read that the deadline ended rejects with; an answer that had arrived by then stays what it was. */
export function tooLate(error: unknown, url: string, { seconds }: Deadline): AzureError {
  if (isAzureError(error) && error.details.status !== undefined) return error;
  return new AzureError(
    { code: 'Network', message: `No answer within ${seconds} seconds`, method: 'GET', url },
    { cause: error },
  );
}
