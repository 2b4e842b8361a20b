/** A lease as it was last taken or renewed. Times are milliseconds of the clock; `seconds` -1 never ends. */
export interface LeaseRecord {
  readonly id: string;
  readonly seconds: number;
  readonly from: number;
  /** When a break takes effect; absent while it is not being broken. */
  readonly breaksAt?: number;
}

/** States of the blob service's leases. A lease that was released is forgotten, which is `available`. */
export type LeaseState = 'available' | 'leased' | 'expired' | 'breaking' | 'broken';

export function leaseState(lease: LeaseRecord | undefined, now: number): LeaseState {
  if (!lease) return 'available';
  if (lease.breaksAt !== undefined) return now < lease.breaksAt ? 'breaking' : 'broken';
  return lease.seconds === -1 || now < lease.from + lease.seconds * 1000 ? 'leased' : 'expired';
}

/** Whether the lease keeps others from writing. */
export function isHeld(lease: LeaseRecord | undefined, now: number): lease is LeaseRecord {
  const state = leaseState(lease, now);
  return state === 'leased' || state === 'breaking';
}

/** What Get Blob and Get Blob Properties say of it. */
export function leaseHeaders(lease: LeaseRecord | undefined, now: number): Readonly<Record<string, string>> {
  const state = leaseState(lease, now);
  return {
    'x-ms-lease-status': isHeld(lease, now) ? 'locked' : 'unlocked',
    'x-ms-lease-state': state,
    ...(state === 'leased' ? { 'x-ms-lease-duration': lease?.seconds === -1 ? 'infinite' : 'fixed' } : {}),
  };
}
