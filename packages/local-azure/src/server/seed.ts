import { parsePath } from '../arm/path.ts';
import { isArray, isObject, sameText, textAt, type Json, type JsonObject } from '../engine/json.ts';
import type { Outcome } from '../http/http-server.ts';
import { createQuery, segmentsOf, type LocalRequest } from '../http/request.ts';
import type { YamlFile } from './yaml-file.ts';

/** One request of a seed file, sent as if by a client whose operations end at once. */
export interface SeedRequest {
  /** File and line, for messages. */
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: Json;
}

/**
 * A seed file: `resources`, each with the ARM `id`, the `type` as `Microsoft.App/jobs@2026-01-01` and the `body`, and
 * `requests`, each with `path`, `body` and `method` (PUT). The lists are carried out in the order of the file, and
 * `{subscription}` stands for the server's subscription. It ignores `replies`, the answers of models. Throws a
 * TypeError with file and line for anything else.
 */
export function readSeed({ content, at }: YamlFile, subscriptionId: string): SeedRequest[] {
  if (!isObject(content)) throw new TypeError(`${at()}: a seed file holds the lists \`resources\` and \`requests\``);
  return Object.entries(content).flatMap(([key, list]) => {
    if (key === 'replies') return [];
    const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
    if (!read) throw new TypeError(`${at(key)}: unknown list \`${key}\`, it can be resources, requests or replies`);
    if (!isArray(list)) throw new TypeError(`${at(key)}: \`${key}\` is a list`);
    return list.map((entry, index) => {
      const place = at(key, index);
      if (!isObject(entry)) throw new TypeError(`${place}: an entry of \`${key}\` is an object`);
      const { path, ...rest } = read(entry, place);
      return { ...rest, at: place, path: path.replaceAll('{subscription}', subscriptionId) };
    });
  });
}

type Reader = (entry: JsonObject, place: string) => Omit<SeedRequest, 'at'>;

const READERS: Readonly<Record<string, Reader>> = {
  requests: (entry, place) => {
    refuseOthers(entry, ['method', 'path', 'body'], place);
    const path = textOf(entry, 'path', place);
    return { method: textAt(entry, 'method') ?? 'PUT', path, body: entry['body'] ?? null };
  },
  resources: (entry, place) => {
    refuseOthers(entry, ['id', 'type', 'body'], place);
    const id = textOf(entry, 'id', place);
    const [type = '', version] = textOf(entry, 'type', place).split('@');
    if (version === undefined) throw new TypeError(`${place}: \`type\` has no version: ${type}@2026-01-01`);
    const found = parsePath(segmentsOf(id), 'PUT');
    if (found.kind !== 'resource' || !sameText(found.type, type))
      throw new TypeError(`${place}: \`id\` names a ${found.type}, \`type\` a ${type}`);
    return { method: 'PUT', path: `${id}?api-version=${version}`, body: entry['body'] ?? {} };
  },
};

function refuseOthers(entry: JsonObject, known: readonly string[], place: string): void {
  const unknown = Object.keys(entry).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`${place}: unknown member \`${unknown}\`, it can have ${known.join(', ')}`);
}

function textOf(entry: JsonObject, name: string, place: string): string {
  const text = textAt(entry, name);
  if (text === undefined) throw new TypeError(`${place}: \`${name}\` is missing`);
  return text;
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
      throw new Error(`${request.at}: Seed: ${request.method} ${request.path} answered ${status}: ${answer}`);
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
