import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../arm/contract.ts';
import type { StoredResource } from '../engine/resources.ts';
import { logForApp } from '../providers/app/app-logs.ts';
import { recordServed, takeTurn } from '../providers/app/activity.ts';
import { isReady, wake } from '../providers/app/revision-progress.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { appAddress, type AppAddress } from './address.ts';
import { behaviourOf } from './behaviour.ts';
import { misconfigured, nobodyHome, nothingHere, textReply } from './pages.ts';
import { routeTo, type Destination } from './route.ts';
import { slotOf } from './shares.ts';

/** Names the revision that answered; this server's own. */
const REVISION_HEADER = 'x-local-azure-revision';

/** Longest real wait for a slow answer, in milliseconds. A virtual clock moves on by the whole latency instead. */
const LONGEST_WAIT = 250;

/** True for requests to a container app, which may have any path. */
export function isAppRequest(request: LocalRequest): boolean {
  return appAddress(request) !== undefined;
}

/** Answers for the app that the address names, and counts the answer for Azure Monitor. */
export async function handleApp(engine: Engine, request: LocalRequest): Promise<Reply> {
  const address = appAddress(request);
  const served = address && engine.database.transaction(() => serve(engine, request, address));
  if (!served) return nothingHere();
  await passLatency(engine, served.latencyMs);
  return served.reply;
}

interface Answer {
  readonly reply: Reply;
  readonly latencyMs: number;
}

function serve(engine: Engine, request: LocalRequest, address: AppAddress): Answer | undefined {
  const destination = routeTo(engine, address.host);
  if (!destination) return undefined;
  const { app, name, revision } = destination;
  const { reply, latencyMs } =
    revision && isReady(revision)
      ? answerBy(engine, revision, request, address, destination)
      : { reply: nobodyHome(), latencyMs: 0 };
  recordServed(engine, app.id, name, reply.status, latencyMs);
  const line = { method: request.method, path: address.url, status: reply.status, durationMs: latencyMs };
  const row = { RevisionName_s: name, Stream_s: 'stdout', Log_s: JSON.stringify(line) };
  logForApp(engine, app, 'ContainerAppConsoleLogs_CL', row);
  return { reply: { ...reply, headers: { ...reply.headers, [REVISION_HEADER]: name } }, latencyMs };
}

function answerBy(
  engine: Engine,
  revision: StoredResource,
  { method }: LocalRequest,
  { url }: AppAddress,
  { app, label }: Destination,
): Answer {
  const turn = takeTurn(engine, app.id, revision.name);
  wake(engine, revision);
  const behaviour = behaviourOf(revision);
  if (typeof behaviour === 'string') return { reply: misconfigured(behaviour), latencyMs: 0 };
  const { status, body, errorRate, latencyMs } = behaviour;
  const start = Number.parseInt(engine.ids.guidOf(`${revision.id}/errors`).slice(0, 8), 16);
  if (slotOf(start, turn, 1000) < Math.round(errorRate * 1000))
    return { reply: json(500, { error: { code: 'LocalError', message: 'LOCAL_ERROR_RATE' } }), latencyMs };
  if (status === 204 || status === 304) return { reply: empty(status), latencyMs };
  if (body !== undefined) return { reply: textReply(status, body), latencyMs };
  const echo = { app: app.name, revision: revision.name, label: label ?? null, method, path: url };
  return { reply: json(status, echo), latencyMs };
}

async function passLatency({ clock }: Engine, milliseconds: number): Promise<void> {
  if (milliseconds === 0) return;
  if (clock.kind === 'virtual') clock.advance(milliseconds);
  else await delay(Math.min(milliseconds, LONGEST_WAIT));
}

/** The headers that every answer of an app carries. */
export function withAppHeaders(reply: Reply, { clock }: Engine): Reply {
  return {
    ...reply,
    headers: {
      date: new Date(clock.now()).toUTCString(),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...reply.headers,
    },
  };
}
