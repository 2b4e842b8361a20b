import type { Clock } from '../engine/clock.ts';
import type { Faults } from '../engine/faults.ts';
import { isArray, isObject, member, type Json, type JsonObject } from '../engine/json.ts';
import { parseFaults } from './fault-input.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { jsonBody, type LocalRequest } from '../http/request.ts';
import type { RequestLog } from '../http/request-log.ts';

/** Dependencies of the endpoints below `/_local/`. */
export interface Administered {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
  reset(): Promise<void>;
  /** Writes rows to a table of a Log Analytics workspace, by its resource id or customer id; false where there is none. */
  appendLogs(workspace: string, table: string, rows: readonly JsonObject[]): boolean;
  /** Contents of the server, by resource type. */
  summary(): JsonObject;
}

/**
 * The server's own endpoints, which need no token:
 *
 * - `GET /_local/health`
 * - `GET /_local/summary`: how many resources of each type there are
 * - `GET`, `POST` (one fault or a list) and `DELETE /_local/faults`
 * - `GET /_local/clock`, `POST /_local/clock` with `{"advanceMs": 1000}`
 * - `GET`, `DELETE /_local/requests`
 * - `POST /_local/logs` with `{"workspace": "<resource id or customer id>", "table": "AppRequests", "rows": [{…}]}`
 * - `POST /_local/reset`
 */
export async function administer(request: LocalRequest, server: Administered): Promise<Reply> {
  const [, subject = 'health'] = request.segments;
  const endpoint = ENDPOINTS[`${request.method} ${subject}`];
  if (!endpoint)
    return json(404, { error: { code: 'NotFound', message: `No such endpoint: ${request.method} ${request.url}` } });
  if (comesFromElsewhere(request))
    return json(403, { error: { code: 'Forbidden', message: 'Pages of other sites cannot use these endpoints.' } });
  try {
    return await endpoint(request, server);
  } catch (error) {
    return json(400, {
      error: { code: 'BadRequest', message: error instanceof Error ? error.message : String(error) },
    });
  }
}

const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True for what a browser sends on behalf of a page that is not this server's own. */
function comesFromElsewhere({ headers, origin }: LocalRequest): boolean {
  const sender = headers['origin'];
  if (sender === undefined) return false;
  return sender !== origin || !OWN_NAMES.has(new URL(origin).hostname);
}

type Endpoint = (request: LocalRequest, server: Administered) => Reply | Promise<Reply>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET health': () => json(200, { status: 'ok' }),
  'GET summary': (_request, server) => json(200, server.summary()),
  'GET faults': (_request, { faults }) => json(200, { value: faults.list() as unknown as Json }),
  'POST faults': (request, { faults }) => {
    for (const fault of parseFaults(jsonBody(request) ?? null)) faults.add(fault);
    return json(200, { value: faults.list() as unknown as Json });
  },
  'DELETE faults': (_request, { faults }) => {
    faults.clear();
    return empty(204);
  },
  'GET clock': (_request, { clock }) => json(200, { kind: clock.kind, now: new Date(clock.now()).toISOString() }),
  'POST clock': (request, { clock }) => {
    const advance = member(jsonBody(request), 'advanceMs');
    if (typeof advance !== 'number' || advance < 0) throw new TypeError('advanceMs must be a number of milliseconds');
    clock.advance(advance);
    return json(200, { kind: clock.kind, now: new Date(clock.now()).toISOString() });
  },
  'GET requests': (_request, { log }) => json(200, { value: log.entries() as unknown as Json }),
  'DELETE requests': (_request, { log }) => {
    log.clear();
    return empty(204);
  },
  'POST logs': (request, server) => {
    const body = jsonBody(request);
    const [workspace, table, rows] = ['workspace', 'table', 'rows'].map((key) => member(body, key));
    if (typeof workspace !== 'string' || typeof table !== 'string' || !isArray(rows) || !rows.every(isObject))
      throw new TypeError('workspace and table must be texts and rows a list of objects');
    if (!server.appendLogs(workspace, table, rows)) throw new TypeError(`There is no workspace ${workspace}`);
    return empty(204);
  },
  'POST reset': async (_request, server) => {
    await server.reset();
    return empty(204);
  },
};
