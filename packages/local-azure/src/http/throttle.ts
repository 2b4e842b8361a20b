import type { Clock } from '../engine/clock.ts';

/** The three kinds of requests that Azure Resource Manager counts apart. */
export type Budget = 'reads' | 'writes' | 'deletes';

export interface BucketSize {
  /** Requests that can be sent at once. */
  readonly size: number;
  /** Requests that are added each second. */
  readonly refill: number;
}

export type ThrottlingLimits = Readonly<Record<Budget, BucketSize>>;

/** Limits of a principal in a subscription, or in the tenant, as documented for Azure Resource Manager. */
export const ARM_LIMITS: ThrottlingLimits = {
  reads: { size: 250, refill: 25 },
  writes: { size: 200, refill: 10 },
  deletes: { size: 200, refill: 10 },
};

/** All principals together have this many times as much. */
const GLOBAL_FACTOR = 15;

/** Remaining budget after a request; `retryAfter` is set, in whole seconds, when the request is refused. */
export interface Allowance {
  readonly remaining: number;
  readonly globalRemaining: number;
  readonly retryAfter?: number;
}

export interface Throttle {
  /** Counts a request. `scope` is a subscription, or the tenant; a refused request costs nothing. */
  take(scope: string, principal: string, budget: Budget): Allowance;
}

interface Bucket {
  level: number;
  at: number;
}

/** Token buckets on the server's clock. */
export function createThrottle(clock: Clock, limits: ThrottlingLimits): Throttle {
  const buckets = new Map<string, Bucket>();
  const filled = (key: string, { size, refill }: BucketSize): Bucket => {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { level: size, at: now };
    const level = Math.min(size, bucket.level + (Math.max(0, now - bucket.at) / 1000) * refill);
    const current = { level, at: now };
    buckets.set(key, current);
    return current;
  };
  return {
    take: (scope, principal, budget) => {
      const limit = limits[budget];
      const all = { size: limit.size * GLOBAL_FACTOR, refill: limit.refill * GLOBAL_FACTOR };
      const own = filled(`${budget} ${scope} ${principal}`, limit);
      const global = filled(`${budget} ${scope}`, all);
      const missing = Math.max((1 - own.level) / limit.refill, (1 - global.level) / all.refill);
      const refused = missing > 0;
      if (!refused) {
        own.level -= 1;
        global.level -= 1;
      }
      return {
        remaining: Math.max(0, Math.floor(own.level)),
        globalRemaining: Math.max(0, Math.floor(global.level)),
        ...(refused ? { retryAfter: Math.max(1, Math.ceil(missing)) } : {}),
      };
    },
  };
}

/** The allowance of a full bucket, for servers that do not throttle. */
export function fullAllowance(budget: Budget): Allowance {
  const { size } = ARM_LIMITS[budget];
  return { remaining: size - 1, globalRemaining: size * GLOBAL_FACTOR - 1 };
}

/** Where requests are counted that name no subscription. */
export const TENANT_SCOPE = 'tenant';

export function scopeOf([first, subscription]: readonly string[]): string {
  const isSubscription = first?.toLowerCase() === 'subscriptions' && subscription !== undefined;
  return isSubscription ? subscription.toLowerCase() : TENANT_SCOPE;
}

export function budgetOf(method: string): Budget {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
}
