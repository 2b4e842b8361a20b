import type { Json } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { gatewayError } from './arm-error.ts';
import type { Call } from './contract.ts';

const DEFAULT_PAGE_SIZE = 200;

/** Where a page starts and how many items it holds. */
export interface PageRequest {
  /** Only items created after this place in the order. */
  readonly after: number;
  readonly size: number;
}

/** From `$skiptoken`, `$top` (or `$maxpagesize`) and the page size of the type. */
export function pageRequest({ engine, request, type }: Call): PageRequest {
  const own = engine.pageSize ?? type.pageSize ?? DEFAULT_PAGE_SIZE;
  const asked = Number(request.query.get('$top') ?? request.query.get('$maxpagesize') ?? own);
  return {
    after: decodeToken(request.query.get('$skiptoken')),
    size: Math.max(1, Math.min(own, Number.isNaN(asked) ? own : asked)),
  };
}

interface Placed {
  readonly sequence: number;
}

/** One page of `items`, which may reach beyond it: that is how a further page is known. `nextLink` is absolute. */
export function pageReply<T extends Placed>(call: Call, items: readonly T[], view: (item: T) => Json): Reply {
  const { after, size } = pageRequest(call);
  const rest = items.filter(({ sequence }) => sequence > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const value = page.map(view);
  if (rest.length <= size || !last) return json(200, { value });
  return json(200, { value, nextLink: nextLink(call.request, last.sequence) });
}

function nextLink(request: LocalRequest, after: number): string {
  const others = request.query.entries().filter(([key]) => key.toLowerCase() !== '$skiptoken');
  const query = new URLSearchParams(others.map(([key, value]): [string, string] => [key, value]));
  query.append('$skiptoken', encodeToken(after));
  const path = request.segments.map(encodeURIComponent).join('/');
  return `${request.origin}/${path}?${query.toString()}`;
}

function encodeToken(after: number): string {
  return Buffer.from(JSON.stringify({ after })).toString('base64url');
}

function decodeToken(token: string | undefined): number {
  if (token === undefined) return 0;
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as { after: unknown };
    if (typeof after === 'number') return after;
  } catch {
    // Refused below: a token that is not ours.
  }
  throw gatewayError(400, 'InvalidSkipToken', 'The provided skip token is invalid.');
}
