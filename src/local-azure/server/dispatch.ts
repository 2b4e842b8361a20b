import { setTimeout as delay } from 'node:timers/promises';
import { handleArm } from '../arm/pipeline.ts';
import { handleFoundry, isFoundryPath } from '../foundry/handle.ts';
import { settle, type Engine } from '../engine/engine.ts';
import type { Directives, Faults } from '../engine/faults.ts';
import { administer, type Administered } from './admin.ts';
import { withArmHeaders, withFoundryHeaders } from './headers.ts';
import type { Outcome } from './http-server.ts';
import { json, type Reply } from './reply.ts';
import type { LocalRequest } from './request.ts';
import type { RequestLog } from './request-log.ts';

/** Answers every request: first the faults, then the plane that the path belongs to. Never throws. */
export function createDispatcher(
  engine: Engine,
  faults: Faults,
  log: RequestLog,
  admin: Administered,
): (request: LocalRequest) => Promise<Outcome> {
  return async (request) => {
    if (request.segments[0] === '_local') return await administer(request, admin);
    const directives = faults.strike(request.method, `/${request.segments.join('/')}`);
    await passTime(engine, directives.delayMs ?? 0);
    settle(engine, engine.registry.tasks);
    const reply = await answer(engine, request, directives);
    settle(engine, engine.registry.tasks);
    log.add(request, reply, engine.clock.now());
    return reply ?? 'drop';
  };
}

/** Answers without faults, log or delay, and ends operations at once. For seeds; access control does not apply to them. */
export async function answerQuietly(engine: Engine, request: LocalRequest): Promise<Outcome> {
  const reply = await guarded({ ...engine, isAllowed: undefined }, request, { operation: { durationMs: 0 } });
  settle(engine, engine.registry.tasks);
  return reply;
}

/** A virtual clock moves on instead of waiting. */
async function passTime({ clock, timing }: Engine, extra: number): Promise<void> {
  if (clock.kind === 'virtual') clock.advance(timing.latencyMs);
  const wait = extra + (clock.kind === 'real' ? timing.latencyMs : 0);
  if (wait > 0) await delay(wait);
}

async function answer(engine: Engine, request: LocalRequest, directives: Directives): Promise<Reply | undefined> {
  if (directives.drop === 'before-commit') return undefined;
  const { respond } = directives;
  if (respond)
    return finish(engine, request, {
      status: respond.status,
      headers: respond.headers ?? {},
      ...(respond.body === undefined ? {} : { json: respond.body }),
    });
  const reply = await guarded(engine, request, directives);
  return directives.drop === 'after-commit' ? undefined : spoil(finish(engine, request, reply), directives.malformed);
}

/** A mistake of this server is a 500, as one of Azure's would be. */
async function guarded(engine: Engine, request: LocalRequest, directives: Directives): Promise<Reply> {
  try {
    return isFoundryPath(request) ? await handleFoundry(engine, request) : handleArm(engine, request, directives);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return json(500, { error: { code: 'InternalServerError', message } });
  }
}

function finish({ ids, clock }: Engine, request: LocalRequest, reply: Reply): Reply {
  return isFoundryPath(request)
    ? withFoundryHeaders(reply, request, ids, clock)
    : withArmHeaders(reply, request, ids, clock);
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
