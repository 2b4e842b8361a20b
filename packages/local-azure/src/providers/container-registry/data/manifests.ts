import { arrayAt, isObject, textAt, type Json } from '../../../engine/json.ts';
import { empty, json, type Reply } from '../../../http/reply.ts';
import { digestOf, imagesOf, isDigest, type ImageStore, type Manifest } from '../image-store.ts';
import type { ImageRoute, RegistryCall } from './call.ts';
import { RegistryError } from './registry-error.ts';

/** A repository name as the distribution API allows it. */
export const REPOSITORY = '((?:[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)';

const TAG = /^\w[\w.-]{0,127}$/u;

export function storeOf({ engine, registry }: RegistryCall): ImageStore {
  return imagesOf(engine, registry);
}

function requireManifest(call: RegistryCall, repository: string, reference: string): Manifest {
  const found = storeOf(call).manifest(repository, reference);
  if (found) return found;
  throw new RegistryError(404, 'MANIFEST_UNKNOWN', `manifest tagged by "${reference}" is not found`);
}

function getManifest(call: RegistryCall, repository: string, reference: string): Reply {
  const { digest, mediaType, content } = requireManifest(call, repository, reference);
  const headers = { 'content-type': mediaType, 'docker-content-digest': digest, etag: `"${digest}"` };
  return { status: 200, headers, bytes: Buffer.from(content, 'base64') };
}

/** Everything that a manifest names must be there first. */
function putManifest(call: RegistryCall, repository: string, reference: string): Reply {
  const { request, prefix } = call;
  const store = storeOf(call);
  const manifest = parsed(request.body);
  requireContent(store, repository, manifest);
  if (isDigest(reference) && digestOf(request.body) !== reference)
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  if (!isDigest(reference) && !TAG.test(reference))
    throw new RegistryError(400, 'TAG_INVALID', `the tag '${reference}' is invalid`);
  const mediaType =
    textAt(manifest, 'mediaType') ?? request.headers['content-type'] ?? 'application/vnd.oci.image.manifest.v1+json';
  const tag = isDigest(reference) ? undefined : reference;
  const { digest } = store.putManifest(repository, mediaType, request.body, tag);
  return empty(201, { 'docker-content-digest': digest, location: `${prefix}/v2/${repository}/manifests/${digest}` });
}

function parsed(body: Buffer): Json {
  try {
    const value = JSON.parse(body.toString('utf8')) as Json;
    if (isObject(value)) return value;
  } catch {
    // Refused below: not JSON.
  }
  throw new RegistryError(400, 'MANIFEST_INVALID', 'manifest invalid');
}

function requireContent(store: ImageStore, repository: string, manifest: Json): void {
  const blobs = [
    textAt(manifest, 'config.digest'),
    ...arrayAt(manifest, 'layers').map((each) => textAt(each, 'digest')),
  ];
  const missing = blobs.find((digest) => digest !== undefined && !store.blob(digest));
  if (missing !== undefined)
    throw new RegistryError(400, 'MANIFEST_BLOB_UNKNOWN', `blob unknown to registry: ${missing}`);
  const children = arrayAt(manifest, 'manifests').map((each) => textAt(each, 'digest') ?? '');
  const absent = children.find((digest) => !store.manifest(repository, digest));
  if (absent !== undefined) throw new RegistryError(400, 'MANIFEST_UNKNOWN', `manifest unknown to registry: ${absent}`);
}

function deleteManifest(call: RegistryCall, repository: string, reference: string): Reply {
  requireManifest(call, repository, reference);
  storeOf(call).deleteManifest(repository, reference);
  return empty(202);
}

function listTags(call: RegistryCall, repository: string): Reply {
  const store = storeOf(call);
  if (!store.repositories().includes(repository))
    throw new RegistryError(404, 'NAME_UNKNOWN', `repository name not known to registry: ${repository}`);
  return page(call, store.tags(repository), `v2/${repository}/tags/list`, (tags) => ({ name: repository, tags }));
}

function catalog(call: RegistryCall): Reply {
  return page(call, storeOf(call).repositories(), 'v2/_catalog', (repositories) => ({ repositories }));
}

/** `n` and `last`; a further page is named in the header Link. */
function page(
  { request, prefix }: RegistryCall,
  names: readonly string[],
  path: string,
  view: (names: string[]) => Json,
): Reply {
  const last = request.query.get('last');
  const most = Number(request.query.get('n') ?? 100);
  const rest = last === undefined ? names : names.filter((name) => name > last);
  const shown = rest.slice(0, most);
  const end = shown.at(-1);
  const query = new URLSearchParams({ last: end ?? '', n: String(most) });
  const more = rest.length > shown.length && end !== undefined;
  return json(200, view(shown), more ? { link: `<${prefix}/${path}?${query.toString()}>; rel="next"` } : {});
}

/** Manifests, tags and the catalogue. */
export const manifestRoutes: readonly ImageRoute[] = [
  { methods: ['GET'], path: /^v2\/(_catalog)$/u, access: 'catalog', handle: catalog },
  { methods: ['GET'], path: new RegExp(`^v2/${REPOSITORY}/tags/list$`, 'u'), access: 'pull', handle: listTags },
  {
    methods: ['GET', 'HEAD'],
    path: new RegExp(`^v2/${REPOSITORY}/manifests/([^/]+)$`, 'u'),
    access: 'pull',
    handle: getManifest,
  },
  {
    methods: ['PUT'],
    path: new RegExp(`^v2/${REPOSITORY}/manifests/([^/]+)$`, 'u'),
    access: 'push',
    handle: putManifest,
  },
  {
    methods: ['DELETE'],
    path: new RegExp(`^v2/${REPOSITORY}/manifests/([^/]+)$`, 'u'),
    access: 'delete',
    handle: deleteManifest,
  },
];
