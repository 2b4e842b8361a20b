import { isArray, isObject, textAt, type Json } from '../engine/json.ts';
import type { Outcome } from './http-server.ts';
import { createQuery, segmentsOf, type LocalRequest } from './request.ts';

/** One request of a seed file, sent as if by a client whose operations end at once. */
export interface SeedRequest {
  /** Default PUT. */
  readonly method: string;
  /** Path and query; `{subscription}` stands for the server's subscription. */
  readonly path: string;
  readonly body: Json;
}

/** The content of a seed file: a list of requests, under `requests`. Throws a TypeError for anything else. */
export function parseSeed(content: unknown, subscriptionId: string): SeedRequest[] {
  const requests = isObject(content) ? content['requests'] : undefined;
  if (!isArray(requests)) throw new TypeError('A seed file holds a list of requests under `requests`');
  return requests.map((entry) => {
    const path = textAt(entry, 'path');
    if (path === undefined || !isObject(entry))
      throw new TypeError(`A request without a path: ${JSON.stringify(entry)}`);
    return {
      method: textAt(entry, 'method') ?? 'PUT',
      path: path.replaceAll('{subscription}', subscriptionId),
      body: entry['body'] ?? null,
    };
  });
}

/** Sends the requests one after the other. Rejects at the first that is refused. */
export async function plant(
  requests: readonly SeedRequest[],
  origin: string,
  send: (request: LocalRequest) => Promise<Outcome>,
): Promise<void> {
  for (const request of requests) {
    const outcome = await send(toLocal(request, origin));
    const status = outcome === 'drop' ? 0 : outcome.status;
    if (status < 200 || status > 299) {
      const answer = outcome === 'drop' ? '' : JSON.stringify(outcome.json);
      throw new Error(`Seed: ${request.method} ${request.path} answered ${status}: ${answer}`);
    }
  }
}

function toLocal({ method, path, body }: SeedRequest, origin: string): LocalRequest {
  const [before = '', search = ''] = path.split('?');
  return {
    method,
    segments: segmentsOf(before),
    query: createQuery(search),
    headers: { authorization: 'Bearer seed', 'content-type': 'application/json' },
    body: body === null ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    origin,
    url: path,
  };
}
