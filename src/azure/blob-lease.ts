import { randomUUID } from 'node:crypto';
import { isAzureError } from '../model/azure.ts';
import { problem, ProblemError } from '../model/diagnostic.ts';
import { backoff } from '../http/retry-after.ts';
import { isPassing, type Session } from './session.ts';

const STORAGE_VERSION = '2025-05-05';
/** The longest that the blob service gives a lease for without making it endless. */
const LEASE_SECONDS = 60;
const LEASE_MS = LEASE_SECONDS * 1000;
/** Renewed after a third of its time; no write starts in its last third. */
const RENEW_MS = LEASE_MS / 3;
const LOOK_MS = 5_000;
/** How long giving back may take before it is left to the lease's own end. */
const RELEASE_MS = 5_000;

/** Who holds a lock, for people. Texts are kept to ASCII because they travel in headers. */
export interface LockOwner {
  readonly who: string;
  /** The run of a pipeline, or the correlation id. */
  readonly run: string;
  /** ISO 8601. */
  readonly since: string;
}

/** The right to write to an environment, renewed in the background until it is released. */
export interface Lease {
  /** Rejects writes with ING6402 once the lease may run out while they are under way. */
  assertHeld(): void;
  /** Gives it back within 5 s; never rejects, because the lease runs out by itself. */
  release(): Promise<void>;
}

export interface LeaseRequest {
  readonly session: Session;
  /** URL of the container. */
  readonly container: string;
  readonly blob: string;
  readonly owner: LockOwner;
  /** How long to wait for somebody else's lease, in milliseconds. */
  readonly patience: number;
  /** Ends the waiting. What was taken by then is given back, and the request rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly report?: (holder: LockOwner | undefined) => void;
}

/**
 * Takes the lease on a blob, which is created when it is missing (Put Blob, Lease Blob; Azure Storage REST). Resolves to
 * who holds it when it is not free in time. Rejects with AzureError, `ContainerNotFound` among others. Nothing is held
 * after a rejection, and whatever fails once the lease is taken does not keep it.
 */
export async function takeLease(request: LeaseRequest): Promise<Lease | { readonly holder: LockOwner | undefined }> {
  const { session, signal } = request;
  const url = `${request.container}/${encodeURIComponent(request.blob)}`;
  const id = randomUUID();
  const until = session.clock.now() + request.patience;
  await createBlob(session, url, signal);
  for (let told = false; ; told = true) {
    const from = session.clock.now();
    if (await acquire(request, url, id)) return hold(request, url, id, from);
    const holder = await ownerOf(session, url, signal);
    signal?.throwIfAborted();
    if (session.clock.now() >= until) return { holder };
    if (!told) request.report?.(holder);
    await session.clock.sleep(Math.min(LOOK_MS, until - session.clock.now()), signal);
  }
}

function headers(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return { 'x-ms-version': STORAGE_VERSION, accept: 'application/xml', ...more };
}

interface Put {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Sends until an answer comes: all of these requests can be repeated. */
async function put(session: Session, { url, headers: more, signal }: Put): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      await session.send('PUT', url, { headers: headers(more), signal });
      return;
    } catch (error) {
      if (attempt >= 5 || !isPassing(error) || signal?.aborted) throw error;
      await session.clock.sleep(backoff(attempt), signal);
    }
  }
}

/** Gives a lease back, as far as that is possible in a few seconds. Never rejects. */
async function giveBack(session: Session, url: string, id: string): Promise<void> {
  const action = { 'x-ms-lease-action': 'release', 'x-ms-lease-id': id };
  const signal = AbortSignal.timeout(RELEASE_MS);
  await put(session, { url: `${url}?comp=lease`, headers: action, signal }).catch(() => undefined);
}

async function createBlob(session: Session, url: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await put(session, { url, headers: { 'x-ms-blob-type': 'BlockBlob', 'if-none-match': '*' }, signal });
  } catch (error) {
    if (!isAzureError(error, 'BlobAlreadyExists', 'LeaseIdMissing', 'ConditionNotMet')) throw error;
  }
}

/**
 * False when somebody else has it. The id makes a second try after a lost answer the same as the first; when no answer
 * comes at all the lease may have been taken, so it is given back.
 */
async function acquire({ session, signal }: LeaseRequest, url: string, id: string): Promise<boolean> {
  const wanted = {
    'x-ms-lease-action': 'acquire',
    'x-ms-lease-duration': String(LEASE_SECONDS),
    'x-ms-proposed-lease-id': id,
  };
  try {
    await put(session, { url: `${url}?comp=lease`, headers: wanted, signal });
    signal?.throwIfAborted();
    return true;
  } catch (error) {
    if (isAzureError(error, 'LeaseAlreadyPresent')) return false;
    if (!isAzureError(error) || isPassing(error)) await giveBack(session, url, id);
    throw error;
  }
}

async function ownerOf(session: Session, url: string, signal: AbortSignal | undefined): Promise<LockOwner | undefined> {
  const reply = await session.read(url, { headers: headers(), signal }, 'HEAD');
  const { 'x-ms-meta-who': who, 'x-ms-meta-run': run, 'x-ms-meta-since': since } = reply.headers;
  return who === undefined ? undefined : { who, run: run ?? '', since: since ?? '' };
}

async function hold(request: LeaseRequest, url: string, id: string, from: number): Promise<Lease> {
  const { session } = request;
  const { clock } = session;
  const ended = new AbortController();
  let safeUntil = from + LEASE_MS - RENEW_MS;
  const keep = async (): Promise<void> => {
    for (let wait = RENEW_MS; ;) {
      await clock.sleep(wait, ended.signal);
      const sent = clock.now();
      try {
        const action = headers({ 'x-ms-lease-action': 'renew', 'x-ms-lease-id': id });
        await session.send('PUT', `${url}?comp=lease`, { headers: action, signal: ended.signal });
        safeUntil = sent + LEASE_MS - RENEW_MS;
        wait = RENEW_MS;
      } catch (error) {
        if (!isPassing(error)) {
          if (!ended.signal.aborted) safeUntil = 0;
          return;
        }
        wait = 2_000;
      }
    }
  };
  const keeping = keep().catch(() => undefined);
  const release = async (): Promise<void> => {
    ended.abort();
    safeUntil = 0;
    await keeping;
    await giveBack(session, url, id);
  };
  try {
    await nameOwner(request, url, id);
  } catch (error) {
    await release();
    throw error;
  }
  return {
    assertHeld() {
      if (clock.now() < safeUntil) return;
      throw new ProblemError(
        problem('ING6402', 'The lock on the environment was lost', { hint: 'Nothing more was written. Run it again.' }),
      );
    },
    release,
  };
}

/** Writes who holds the lease, for people. The lock is as good without it, so what Azure refuses is left. */
async function nameOwner({ session, owner, signal }: LeaseRequest, url: string, id: string): Promise<void> {
  const meta = { 'x-ms-meta-who': plain(owner.who), 'x-ms-meta-run': plain(owner.run), 'x-ms-meta-since': owner.since };
  try {
    await put(session, { url: `${url}?comp=metadata`, headers: { 'x-ms-lease-id': id, ...meta }, signal });
  } catch (error) {
    if (!isAzureError(error)) throw error;
  }
  signal?.throwIfAborted();
}

function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, '?').slice(0, 200);
}
