import { createHmac, timingSafeEqual } from 'node:crypto';
import { requireResource } from '../../arm/read.ts';
import type { Call, Engine } from '../../arm/contract.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import type { LocalRequest } from '../../http/request.ts';
import { registryCollection } from './image-store.ts';
import { registryUri } from './shared.ts';

interface Upload {
  /** Base64; empty until the content has come. */
  readonly content: string;
  /** Blocks that were sent but not yet put in order. */
  readonly blocks?: Readonly<Record<string, string>>;
}

/** `POST {registry}/listBuildSourceUploadUrl`: where to put the archive of a build context, and what to call it then. */
export function listBuildSourceUploadUrl(call: Call): Reply {
  const { engine, request } = call;
  const registry = requireResource(call);
  const day = new Date(engine.clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
  const relativePath = `tasks-source/${day}0000/${engine.ids.guid()}.tar.gz`;
  uploadsOf(registry).put(engine.documents, relativePath, { content: '' });
  return json(200, { uploadUrl: signedUrl(engine, request, registry, `uploads/${relativePath}`), relativePath });
}

/** A URL of this server that needs no token: whoever has it may use it. Queries are those of a storage account. */
export function signedUrl(engine: Engine, request: LocalRequest, registry: StoredResource, path: string): string {
  const query = new URLSearchParams({ sv: '2024-08-04', sr: 'b', sp: 'rcw', sig: signature(engine, registry, path) });
  return `${registryUri(request.origin, registry)}${path}?${query.toString()}`;
}

export function isSigned(engine: Engine, request: LocalRequest, registry: StoredResource, path: string): boolean {
  const given = Buffer.from(request.query.get('sig') ?? '');
  const wanted = Buffer.from(signature(engine, registry, path));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function signature({ ids }: Engine, { id }: Resource, path: string): string {
  return createHmac('sha256', ids.guidOf('registry-uploads')).update(`${id.toLowerCase()}|${path}`).digest('base64');
}

function uploadsOf(registry: Pick<Resource, 'id'>): ReturnType<typeof registryCollection<Upload>> {
  return registryCollection<Upload>(registry, 'uploads');
}

/** The archive at a relative path; undefined when nothing was uploaded there. */
export function uploadedContext({ documents }: Engine, registry: Resource, relativePath: string): Buffer | undefined {
  const found = uploadsOf(registry).get(documents, relativePath);
  return found && found.content !== '' ? Buffer.from(found.content, 'base64') : undefined;
}

/** Takes a blob as a storage account does: whole, or in blocks (`comp=block`) that a list then puts in order. */
export function takeUpload(
  { documents }: Engine,
  registry: StoredResource,
  path: string,
  { query, body }: LocalRequest,
): boolean {
  const uploads = uploadsOf(registry);
  const before = uploads.get(documents, path);
  if (!before) return false;
  uploads.put(documents, path, received(before, query.get('comp'), query.get('blockid') ?? '', body));
  return true;
}

function received(before: Upload, part: string | undefined, blockId: string, body: Buffer): Upload {
  const blocks = before.blocks ?? {};
  if (part === 'block') return { ...before, blocks: { ...blocks, [blockId]: body.toString('base64') } };
  if (part !== 'blocklist') return { content: body.toString('base64') };
  const ids = [...body.toString('utf8').matchAll(/<(?:Latest|Uncommitted|Committed)>(?<id>[^<]+)</gu)];
  const parts = ids.map((match) => Buffer.from(blocks[match.groups?.['id'] ?? ''] ?? '', 'base64'));
  return { content: Buffer.concat(parts).toString('base64') };
}
