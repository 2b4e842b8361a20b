import type { Clock } from '../engine/clock.ts';
import type { Ids } from '../engine/ids.ts';
import type { Reply } from './reply.ts';
import type { LocalRequest } from './request.ts';

const RATE_LIMITS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  reads: [
    ['x-ms-ratelimit-remaining-subscription-reads', '249'],
    ['x-ms-ratelimit-remaining-subscription-global-reads', '3749'],
  ],
  writes: [
    ['x-ms-ratelimit-remaining-subscription-writes', '199'],
    ['x-ms-ratelimit-remaining-subscription-global-writes', '2999'],
  ],
  deletes: [
    ['x-ms-ratelimit-remaining-subscription-deletes', '199'],
    ['x-ms-ratelimit-remaining-subscription-global-deletes', '2999'],
  ],
};

/** The reply with the headers that every answer of the control plane carries. The rate limits are those of a full bucket. */
export function withArmHeaders(reply: Reply, request: LocalRequest, ids: Ids, clock: Clock): Reply {
  const requestId = ids.guid();
  const correlationId = request.headers['x-ms-correlation-request-id'] ?? requestId;
  const time = new Date(clock.now()).toISOString().replace(/\.\d+/u, '').replaceAll(/[-:]/gu, '');
  const budget =
    request.method === 'GET' || request.method === 'HEAD'
      ? 'reads'
      : request.method === 'DELETE'
        ? 'deletes'
        : 'writes';
  return {
    ...reply,
    headers: {
      ...commonHeaders(request, clock),
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': correlationId,
      'x-ms-routing-request-id': `EASTUS2:${time}:${requestId}`,
      ...Object.fromEntries(RATE_LIMITS[budget] ?? []),
      ...reply.headers,
    },
  };
}

/** The reply with the headers that every answer of the Foundry data plane carries. */
export function withFoundryHeaders(reply: Reply, request: LocalRequest, ids: Ids, clock: Clock): Reply {
  const requestId = ids.guid();
  return {
    ...reply,
    headers: {
      ...commonHeaders(request, clock),
      'x-request-id': requestId,
      'x-ms-request-id': requestId,
      'apim-request-id': requestId,
      ...reply.headers,
    },
  };
}

function commonHeaders(request: LocalRequest, clock: Clock): Record<string, string> {
  const clientId = request.headers['x-ms-client-request-id'];
  const echo = clientId !== undefined && request.headers['x-ms-return-client-request-id']?.toLowerCase() === 'true';
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    date: new Date(clock.now()).toUTCString(),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    ...(echo ? { 'x-ms-client-request-id': clientId } : {}),
  };
}
