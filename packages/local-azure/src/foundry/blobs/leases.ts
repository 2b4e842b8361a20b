import { empty, type Reply } from '../../http/reply.ts';
import type { BlobCall } from './call.ts';
import { isHeld, leaseState, type LeaseRecord } from './lease-state.ts';
import { BlobError } from './xml.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Lease Blob: acquire (201), renew, change, release (200) and break (202), by `x-ms-lease-action`. */
export function leaseBlob(call: BlobCall): Reply {
  const { request, container, blob } = call;
  const found = container.find(blob);
  if (!found) throw new BlobError(404, 'BlobNotFound', 'The specified blob does not exist.');
  const action = request.headers['x-ms-lease-action']?.toLowerCase() ?? '';
  const run = ACTIONS[action];
  if (!run) throw invalid('x-ms-lease-action');
  const headers = { etag: found.etag, 'last-modified': new Date(found.modified).toUTCString() };
  const { status, ...more } = run(call, container.lease(blob));
  return empty(status, { ...headers, ...more.headers });
}

/** 412 for a write without the lease of a leased blob, or with a lease that is not the blob's. */
export function requireLease({ engine, request, container, blob }: Omit<BlobCall, 'account' | 'name'>): void {
  const lease = container.lease(blob);
  const given = request.headers['x-ms-lease-id'];
  const held = isHeld(lease, engine.clock.now());
  if (given === undefined && held)
    throw new BlobError(
      412,
      'LeaseIdMissing',
      'There is currently a lease on the blob and no lease ID was specified in the request.',
    );
  if (given === undefined) return;
  if (!lease) throw new BlobError(412, 'LeaseNotPresentWithBlobOperation', 'There is currently no lease on the blob.');
  if (lease.id !== given.toLowerCase())
    throw new BlobError(
      412,
      'LeaseIdMismatchWithBlobOperation',
      'The lease ID specified did not match the lease ID for the blob.',
    );
  if (!held) throw new BlobError(412, 'LeaseLost', 'A lease ID was specified, but the lease for the blob has expired.');
}

interface Outcome {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const ACTIONS: Readonly<Record<string, (call: BlobCall, lease: LeaseRecord | undefined) => Outcome>> = {
  acquire,
  renew,
  change,
  release,
  break: breakLease,
};

function acquire({ engine, request, container, blob }: BlobCall, lease: LeaseRecord | undefined): Outcome {
  const seconds = Number(request.headers['x-ms-lease-duration'] ?? Number.NaN);
  if (seconds !== -1 && !(Number.isInteger(seconds) && seconds >= 15 && seconds <= 60))
    throw invalid('x-ms-lease-duration');
  const proposed = request.headers['x-ms-proposed-lease-id'] ?? engine.ids.guid();
  if (!GUID.test(proposed)) throw invalid('x-ms-proposed-lease-id');
  const id = proposed.toLowerCase();
  const now = engine.clock.now();
  const state = leaseState(lease, now);
  if (state === 'breaking' || (state === 'leased' && lease?.id !== id))
    throw new BlobError(409, 'LeaseAlreadyPresent', 'There is already a lease present.');
  container.setLease(blob, { id, seconds, from: now });
  return { status: 201, headers: { 'x-ms-lease-id': id } };
}

function renew({ engine, request, container, blob }: BlobCall, lease: LeaseRecord | undefined): Outcome {
  const own = requireOwn(request.headers, lease);
  const now = engine.clock.now();
  const state = leaseState(own, now);
  if (state === 'breaking' || state === 'broken')
    throw new BlobError(409, 'LeaseIsBrokenAndCannotBeRenewed', 'The lease ID matched, but the lease has been broken.');
  container.setLease(blob, { id: own.id, seconds: own.seconds, from: now });
  return { status: 200, headers: { 'x-ms-lease-id': own.id } };
}

function change({ engine, request, container, blob }: BlobCall, lease: LeaseRecord | undefined): Outcome {
  const proposed = request.headers['x-ms-proposed-lease-id']?.toLowerCase() ?? '';
  if (!GUID.test(proposed)) throw invalid('x-ms-proposed-lease-id');
  const now = engine.clock.now();
  const own = lease?.id === proposed ? lease : requireOwn(request.headers, lease);
  if (leaseState(own, now) !== 'leased')
    throw new BlobError(409, 'LeaseNotPresentWithLeaseOperation', 'There is currently no lease on the blob.');
  container.setLease(blob, { ...own, id: proposed });
  return { status: 200, headers: { 'x-ms-lease-id': proposed } };
}

function release({ request, container, blob }: BlobCall, lease: LeaseRecord | undefined): Outcome {
  requireOwn(request.headers, lease);
  container.setLease(blob, undefined);
  return { status: 200 };
}

function breakLease({ engine, request, container, blob }: BlobCall, lease: LeaseRecord | undefined): Outcome {
  const now = engine.clock.now();
  if (!lease) throw new BlobError(409, 'LeaseNotPresentWithLeaseOperation', 'There is currently no lease on the blob.');
  const asked = Number(request.headers['x-ms-lease-break-period'] ?? Number.NaN);
  const left = lease.seconds === -1 ? 0 : Math.max(0, lease.from + lease.seconds * 1000 - now);
  const wait = isHeld(lease, now) ? Math.min(Number.isFinite(asked) ? asked * 1000 : left, left) : 0;
  container.setLease(blob, { ...lease, breaksAt: Math.min(lease.breaksAt ?? Number.POSITIVE_INFINITY, now + wait) });
  return { status: 202, headers: { 'x-ms-lease-time': String(Math.ceil(wait / 1000)) } };
}

function requireOwn(headers: Readonly<Record<string, string>>, lease: LeaseRecord | undefined): LeaseRecord {
  const given = headers['x-ms-lease-id']?.toLowerCase();
  if (given === undefined || !GUID.test(given)) throw invalid('x-ms-lease-id');
  if (lease?.id === given) return lease;
  throw new BlobError(
    409,
    'LeaseIdMismatchWithLeaseOperation',
    'The lease ID specified did not match the lease ID for the blob.',
  );
}

function invalid(header: string): BlobError {
  const message = 'The value for one of the HTTP headers is not in the correct format.';
  return new BlobError(400, 'InvalidHeaderValue', `${message} (${header})`);
}
