import { append } from '../model/append.ts';
import { AzureError } from '../model/azure.ts';
import { isArray, isObject, member, type Json, type JsonObject } from '../model/json.ts';
import type { Session } from './session.ts';

const MAX_PAGES = 10_000;

/**
 * Every item of a collection over all its pages. Knows both forms: `{value, nextLink}` of ARM and Foundry's Azure-style
 * routes, and `{data, has_more, last_id}` of agents and the OpenAI-compatible routes. An empty page may have a next one.
 */
export async function readPages(
  session: Session,
  first: string,
  headers?: Readonly<Record<string, string>>,
): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  const seen = new Set<string>();
  for (let url: string | undefined = first; url !== undefined;) {
    if (seen.has(url) || seen.size >= MAX_PAGES)
      throw badPage(session, url, 'The pages of the list refer to each other');
    seen.add(url);
    const { body } = await session.read(url, { headers });
    const page = member(body, 'value') ?? member(body, 'data');
    if (!isArray(page)) throw badPage(session, url, 'The answer is not a list');
    append(items, page.filter(isObject));
    url = nextPage(session, body, url);
  }
  return items;
}

function nextPage(session: Session, body: Json | undefined, current: string): string | undefined {
  const link = member(body, 'nextLink');
  if (typeof link === 'string' && link !== '') {
    const next = URL.parse(link, current);
    if (next === null) throw badPage(session, current, 'The link to the next page is not a URL');
    return next.href;
  }
  const last = member(body, 'last_id');
  if (member(body, 'has_more') !== true || typeof last !== 'string') return undefined;
  const url = new URL(current);
  url.searchParams.set('after', last);
  return url.href;
}

function badPage(session: Session, url: string, message: string): AzureError {
  return new AzureError({ code: 'BadResponse', message, method: 'GET', url, correlationId: session.correlationId });
}
