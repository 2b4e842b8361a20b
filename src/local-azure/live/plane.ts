import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../engine/engine.ts';
import { sameText, textAt } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { wakeRevision } from '../providers/app/revisions.ts';
import { json, type Reply } from '../server/reply.ts';
import type { LocalRequest } from '../server/request.ts';
import { logForApp } from '../logs/app-logs.ts';
import { behaviourOf, nextStatus, type Behaviour } from './behaviour.ts';
import { chooseRevision } from './choose-revision.ts';
import { findApp } from './find-app.ts';
import { recordServed } from './served.ts';

const HOST = /\.(?:azurecontainerapps|k4apps)\.io(?::\d+)?$/iu;

/** Requests to container apps: by their host, or below `/apps/{host}/` for clients that cannot choose the Host header. */
export function isAppRequest(request: LocalRequest): boolean {
  return request.segments[0] === 'apps' || HOST.test(request.headers['host'] ?? '');
}

/** Lets the app answer: the revision that the host names, or the next one by the weights of its traffic. */
export async function answerApp(engine: Engine, request: LocalRequest): Promise<Reply> {
  const byPath = request.segments[0] === 'apps' && !HOST.test(request.headers['host'] ?? '');
  const host = byPath ? (request.segments[1] ?? '') : (request.headers['host'] ?? '');
  const addressed = findApp(engine, host);
  if (!addressed) return page(404, 'Error 404 - This Container App is stopped or does not exist.');
  if (sameText(textAt(addressed.app.readOnly, 'properties.runningStatus') ?? '', 'Stopped'))
    return page(404, 'Error 404 - This Container App is stopped or does not exist.');
  const revision = chooseRevision(engine, addressed);
  if (!revision) return page(404, 'Error 404 - This Container App is stopped or does not exist.');
  if (!isReachable(revision)) return refused(engine, addressed.app, revision);
  wakeRevision(engine, revision);
  const behaviour = behaviourOf(revision);
  const status = nextStatus(engine, revision, behaviour);
  recordServed(engine, addressed.app.id, revision.name, status, behaviour.latencyMs);
  const path = `/${request.segments.slice(byPath ? 2 : 0).join('/')}`;
  const line = { method: request.method, path, status, durationMs: behaviour.latencyMs };
  logForApp(engine, addressed.app, 'ContainerAppConsoleLogs_CL', {
    RevisionName_s: revision.name,
    Stream_s: 'stdout',
    Log_s: JSON.stringify(line),
  });
  await spend(engine, behaviour.latencyMs);
  return answerOf(status, behaviour, {
    method: request.method,
    path,
    app: addressed.app.name,
    revision: revision.name,
  });
}

function isReachable(revision: StoredResource): boolean {
  return (
    textAt(revision.readOnly, 'properties.healthState') === 'Healthy' &&
    textAt(revision.readOnly, 'properties.provisioningState') === 'Provisioned'
  );
}

/** The ingress answers for a revision that cannot; that counts as a request too. */
function refused(engine: Engine, app: StoredResource, revision: StoredResource): Reply {
  const isInactive = textAt(revision.readOnly, 'properties.runningState') === 'Stopped';
  const status = isInactive ? 404 : 503;
  recordServed(engine, app.id, revision.name, status, 0);
  return isInactive
    ? page(404, 'Error 404 - This Container App is stopped or does not exist.')
    : { ...page(503, 'upstream connect error or disconnect/reset before headers'), headers: TEXT };
}

interface Echo {
  readonly method: string;
  readonly path: string;
  readonly app: string;
  readonly revision: string;
}

function answerOf(status: number, { body }: Behaviour, echo: Echo): Reply {
  const headers = { 'x-local-revision': echo.revision };
  if (body === undefined) return json(status, { ...echo, status }, headers);
  const isJson = /^\s*[[{]/u.test(body);
  const type = isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8';
  return { status, headers: { ...headers, 'content-type': type }, bytes: Buffer.from(body) };
}

/** A virtual clock moves on; a real one makes the client wait, as the container would. */
async function spend({ clock }: Engine, milliseconds: number): Promise<void> {
  if (milliseconds === 0) return;
  if (clock.kind === 'virtual') clock.advance(milliseconds);
  else await delay(milliseconds);
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

function page(status: number, text: string): Reply {
  const html = `<!DOCTYPE html><html><head><title>Azure Container App - Unavailable</title></head><body><h1>${text}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, bytes: Buffer.from(html) };
}
