import { setTimeout as delay } from 'node:timers/promises';
import { settle } from './settle.ts';
import type { Engine } from '../arm/contract.ts';
import type { Directives, Faults } from '../engine/faults.ts';
import { isAppRequest } from '../ingress/handle.ts';
import { administer, type Administered } from './admin.ts';
import type { Outcome } from '../http/http-server.ts';
import { planeOf, type Plane } from './planes.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import type { RequestLog } from '../http/request-log.ts';
import { wantsStatusPage } from './status-page/page.ts';
import type { Throttle } from '../http/throttle.ts';
import { countRequest, throttledReply } from './throttled.ts';

/** Services that requests pass through besides the engine. */
export interface Surroundings {
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly admin: Administered;
  /** Undefined: nothing is throttled. */
  readonly throttle: Throttle | undefined;
  readonly statusPage: (request: LocalRequest) => Reply;
}

/** Answers every request: first the faults, then the plane that the path belongs to. Never throws. */
export function createDispatcher(
  engine: Engine,
  { faults, log, admin, throttle, statusPage }: Surroundings,
): (request: LocalRequest) => Promise<Outcome> {
  return async (request) => {
    const isForApp = isAppRequest(request);
    if (!isForApp && request.segments[0] === '_local') return await administer(request, admin);
    if (!isForApp && wantsStatusPage(request)) {
      settle(engine, engine.registry.tasks);
      return statusPage(request);
    }
    const directives = faults.strike(request.method, `/${request.segments.join('/')}`);
    await passTime(engine, directives.delayMs ?? 0);
    settle(engine, engine.registry.tasks);
    const plane = planeOf(request);
    const reply = await answer(engine, plane, request, directives, throttle);
    settle(engine, engine.registry.tasks);
    const struck = Object.keys(directives).length > 0;
    log.add({ request, reply, time: engine.clock.now(), confidential: plane.confidential ?? false, struck });
    return reply ?? 'drop';
  };
}

/** Answers without faults, log or delay, and ends operations at once. For seeds; access control does not apply to them. */
export async function answerQuietly(engine: Engine, request: LocalRequest): Promise<Outcome> {
  const reply = await guarded({ ...engine, isAllowed: undefined }, planeOf(request), { operation: { durationMs: 0 } });
  settle(engine, engine.registry.tasks);
  return reply;
}

/** A virtual clock moves on instead of waiting. */
async function passTime({ clock, timing }: Engine, extra: number): Promise<void> {
  if (clock.kind === 'virtual') clock.advance(timing.latencyMs);
  const wait = extra + (clock.kind === 'real' ? timing.latencyMs : 0);
  if (wait > 0) await delay(wait);
}

async function answer(
  engine: Engine,
  plane: Plane,
  request: LocalRequest,
  directives: Directives,
  throttle: Throttle | undefined,
): Promise<Reply | undefined> {
  if (directives.drop === 'before-commit') return undefined;
  const allowance = plane.throttled && throttle ? countRequest(engine, throttle, request) : undefined;
  const { respond } = directives;
  if (respond)
    return plane.finish(
      engine,
      {
        status: respond.status,
        headers: respond.headers ?? {},
        ...(respond.body === undefined ? {} : { json: respond.body }),
      },
      allowance,
    );
  if (allowance?.retryAfter !== undefined)
    return plane.finish(engine, throttledReply(engine, request, allowance.retryAfter), allowance);
  const reply = await guarded(engine, plane, directives);
  if (directives.drop === 'after-commit') return undefined;
  return spoil(plane.finish(engine, reply, allowance), directives.malformed);
}

/** A mistake of this server is a 500, as one of Azure's would be. */
async function guarded(engine: Engine, plane: Plane, directives: Directives): Promise<Reply> {
  try {
    return await plane.answer(engine, directives);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return json(500, { error: { code: 'InternalServerError', message } });
  }
}

function spoil(reply: Reply, how: Directives['malformed']): Reply {
  if (how === undefined) return reply;
  const { json: body, ...rest } = reply;
  const type = how === 'html' ? 'text/html' : 'application/json; charset=utf-8';
  return {
    ...rest,
    headers: { ...rest.headers, 'content-type': type },
    bytes: Buffer.from(spoilt(JSON.stringify(body ?? {}), how)),
  };
}

function spoilt(text: string, how: NonNullable<Directives['malformed']>): string {
  if (how === 'empty') return '';
  return how === 'html'
    ? '<html><body><h1>502 Bad Gateway</h1></body></html>'
    : text.slice(0, Math.floor(text.length / 2));
}
