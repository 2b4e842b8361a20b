import { empty, type Reply } from '../../../http/reply.ts';
import { digestOf, registryCollection } from '../image-store.ts';
import type { ImageRoute, RegistryCall } from './call.ts';
import { REPOSITORY, storeOf } from './manifests.ts';
import { RegistryError } from './registry-error.ts';

/** A blob that is being sent in parts. */
interface Session {
  readonly content: string;
}

function sessionsOf({ registry }: RegistryCall): ReturnType<typeof registryCollection<Session>> {
  return registryCollection<Session>(registry, 'blob-uploads');
}

function getBlob(call: RegistryCall, _repository: string, digest: string): Reply {
  const bytes = requireBlob(call, digest);
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream', 'docker-content-digest': digest },
    bytes,
  };
}

function requireBlob(call: RegistryCall, digest: string): Buffer {
  const found = storeOf(call).blob(digest);
  if (found) return found;
  throw new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
}

function deleteBlob(call: RegistryCall, _repository: string, digest: string): Reply {
  requireBlob(call, digest);
  storeOf(call).deleteBlob(digest);
  return empty(202);
}

/** Starts an upload; with `digest` the body is the whole blob, with `mount` it may be there already. */
function startUpload(call: RegistryCall, repository: string): Reply {
  const { engine, request } = call;
  const mount = request.query.get('mount');
  if (mount !== undefined && storeOf(call).blob(mount)) return created(call, repository, mount);
  if (request.query.get('digest') !== undefined) return finish(call, repository, request.body);
  const id = engine.ids.guid();
  sessionsOf(call).put(engine.documents, id, { content: '' });
  return progress(call, repository, id, 0, 202);
}

function requireSession(call: RegistryCall, id: string): Buffer {
  const found = sessionsOf(call).get(call.engine.documents, id);
  if (found) return Buffer.from(found.content, 'base64');
  throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
}

/** Chunks come in order; one that starts elsewhere is refused with 416. */
function sendChunk(call: RegistryCall, repository: string, id: string): Reply {
  const { engine, request } = call;
  const before = requireSession(call, id);
  const start = /^(?:bytes )?(?<start>\d+)-/u.exec(request.headers['content-range'] ?? '')?.groups?.['start'];
  if (start !== undefined && Number(start) !== before.length)
    throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'the chunk does not follow what was sent before');
  const content = Buffer.concat([before, request.body]);
  sessionsOf(call).put(engine.documents, id, { content: content.toString('base64') });
  return progress(call, repository, id, content.length, 202);
}

function endUpload(call: RegistryCall, repository: string, id: string): Reply {
  const content = Buffer.concat([requireSession(call, id), call.request.body]);
  const reply = finish(call, repository, content);
  sessionsOf(call).delete(call.engine.documents, id);
  return reply;
}

function finish(call: RegistryCall, repository: string, content: Buffer): Reply {
  const digest = call.request.query.get('digest') ?? '';
  if (digestOf(content) !== digest)
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  storeOf(call).putBlob(content);
  return created(call, repository, digest);
}

function created({ prefix }: RegistryCall, repository: string, digest: string): Reply {
  return empty(201, { location: `${prefix}/v2/${repository}/blobs/${digest}`, 'docker-content-digest': digest });
}

function progress({ prefix }: RegistryCall, repository: string, id: string, length: number, status: number): Reply {
  return empty(status, {
    location: `${prefix}/v2/${repository}/blobs/uploads/${id}`,
    'docker-upload-uuid': id,
    range: `0-${Math.max(0, length - 1)}`,
  });
}

function getUpload(call: RegistryCall, repository: string, id: string): Reply {
  return progress(call, repository, id, requireSession(call, id).length, 204);
}

function cancelUpload(call: RegistryCall, _repository: string, id: string): Reply {
  requireSession(call, id);
  sessionsOf(call).delete(call.engine.documents, id);
  return empty(204);
}

const UPLOAD = new RegExp(`^v2/${REPOSITORY}/blobs/uploads/([^/]+)$`, 'u');
const BLOB = new RegExp(`^v2/${REPOSITORY}/blobs/(sha256:[0-9a-f]{64})$`, 'u');

/** Layers and configurations: reading, and uploading whole or in parts. */
export const blobRoutes: readonly ImageRoute[] = [
  { methods: ['GET', 'HEAD'], path: BLOB, access: 'pull', handle: getBlob },
  { methods: ['DELETE'], path: BLOB, access: 'delete', handle: deleteBlob },
  {
    methods: ['POST'],
    path: new RegExp(`^v2/${REPOSITORY}/blobs/uploads$`, 'u'),
    access: 'push',
    handle: startUpload,
  },
  { methods: ['PATCH'], path: UPLOAD, access: 'push', handle: sendChunk },
  { methods: ['PUT'], path: UPLOAD, access: 'push', handle: endUpload },
  { methods: ['GET'], path: UPLOAD, access: 'push', handle: getUpload },
  { methods: ['DELETE'], path: UPLOAD, access: 'push', handle: cancelUpload },
];
