import type { Json } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import type { LocalRequest } from '../../http/request.ts';
import { invalid } from './foundry-error.ts';

const DEFAULT_LIMIT = 20;

/** How a list is paged that differs from the others. */
export interface Paging {
  /** Default desc. */
  readonly order?: 'asc' | 'desc';
  /** Most items of a page. Default 100. */
  readonly most?: number;
  /** Items of a page when none are asked for. Default 20. */
  readonly limit?: number;
}

/** An item of a list that is paged by the id of its last item. */
export interface CursorItem {
  readonly id: string;
  readonly body: Json;
}

/** `limit` 1 to 100 (20), `order` asc or desc (desc), `after` and `before` are ids. Items come oldest first. */
export function cursorPage(request: LocalRequest, items: readonly CursorItem[], paging: Paging = {}): Reply {
  const limit = limitOf(request, paging);
  const ordered = orderOf(request, paging) === 'asc' ? items : items.toReversed();
  const after = positionOf(request, 'after', ordered);
  const before = positionOf(request, 'before', ordered);
  const range = ordered.slice(after === undefined ? 0 : after + 1, before ?? ordered.length);
  const page = before !== undefined && after === undefined ? range.slice(-limit) : range.slice(0, limit);
  return json(200, {
    object: 'list',
    data: page.map(({ body }) => body),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: range.length > page.length,
  });
}

function limitOf({ query }: LocalRequest, { most = 100, limit: preset = DEFAULT_LIMIT }: Paging): number {
  const limit = Number(query.get('limit') ?? preset);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw invalid(`limit must be between 1 and ${most}`, 'limit');
}

function orderOf({ query }: LocalRequest, { order: preset = 'desc' }: Paging): string {
  const order = query.get('order') ?? preset;
  if (order === 'asc' || order === 'desc') return order;
  throw invalid('order must be asc or desc', 'order');
}

function positionOf(
  { query }: LocalRequest,
  name: 'after' | 'before',
  items: readonly CursorItem[],
): number | undefined {
  const id = query.get(name);
  if (id === undefined || id === '') return undefined;
  const position = items.findIndex((item) => item.id === id);
  if (position < 0) throw invalid(`${name} names no item of this list: '${id}'`, name);
  return position;
}

const PAGE = 100;

/** Lists of connections, deployments and the like: `{value, nextLink}`, the link absolute. `preset` items without a `limit`. */
export function linkedPage(request: LocalRequest, items: readonly Json[], preset: number = PAGE): Reply {
  const size = limitOf(request, { limit: preset });
  const skip = Number(request.query.get('skip') ?? 0);
  const value = items.slice(skip, skip + size);
  if (items.length <= skip + size) return json(200, { value });
  const query = new URLSearchParams(request.query.entries().filter(([name]) => name !== 'skip') as [string, string][]);
  query.set('skip', String(skip + size));
  const path = request.segments.map(encodeURIComponent).join('/');
  return json(200, { value, nextLink: `${request.origin}/${path}?${query.toString()}` });
}
