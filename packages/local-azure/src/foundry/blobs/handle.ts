import { createHash } from 'node:crypto';
import type { Engine } from '../../arm/contract.ts';
import { empty, type Reply } from '../../http/reply.ts';
import type { LocalRequest } from '../../http/request.ts';
import type { BlobCall } from './call.ts';
import { leaseBlob, requireLease } from './leases.ts';
import { listBlobs } from './list.ts';
import { readBlob } from './read.ts';
import { isSigned, STORAGE_VERSION } from './sas.ts';
import { findContainer, type Blob } from './store.ts';
import { BlobError, blobErrorReply, blockIds } from './xml.ts';

const ACCOUNT = /^(?<account>[a-z0-9]{3,24})\.blob$/u;
const HOST = /^(?<account>[a-z0-9]{3,24})\.blob\.core\.windows\.net(?::\d+)?$/u;

/** True for paths of the blob service, and for requests to the host of a storage account's blob service. */
export function isBlobPath({ segments, headers }: LocalRequest): boolean {
  return ACCOUNT.test(segments[0] ?? '') || HOST.test(headers['host'] ?? '');
}

/**
 * Answers `/{account}.blob/{container}[/{blob}]`, or `/{container}[/{blob}]` of the host `{account}.blob.core.windows.net`:
 * a shared access signature or a bearer token, the container, the operation.
 */
export function handleBlob(engine: Engine, request: LocalRequest): Reply {
  try {
    const own = HOST.exec(request.headers['host'] ?? '')?.groups?.['account'];
    const [first = '', ...others] = request.segments;
    const account = own ?? ACCOUNT.exec(first)?.groups?.['account'] ?? '';
    const [name = '', ...rest] = own === undefined ? others : request.segments;
    const operation = operationOf(request, rest.join('/'));
    requireAccess(engine, request, account, name, operation.permission);
    const container = findContainer(engine, account, name);
    if (!container) throw new BlobError(404, 'ContainerNotFound', 'The specified container does not exist.');
    return operation.run({ engine, request, account, name, container, blob: rest.join('/') });
  } catch (error) {
    if (error instanceof BlobError) return blobErrorReply(error);
    throw error;
  }
}

/** The reply with the headers that every answer of the blob service carries. */
export function withBlobHeaders(reply: Reply, { headers }: LocalRequest, { ids, clock }: Engine): Reply {
  const id = headers['x-ms-client-request-id'];
  return {
    ...reply,
    headers: {
      server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
      'x-ms-request-id': ids.guid(),
      'x-ms-version': headers['x-ms-version'] ?? STORAGE_VERSION,
      date: new Date(clock.now()).toUTCString(),
      ...(id === undefined ? {} : { 'x-ms-client-request-id': id }),
      ...reply.headers,
    },
  };
}

interface Operation {
  /** One of these letters must be granted. */
  readonly permission: string;
  readonly run: (call: BlobCall) => Reply;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'PUT blob': { permission: 'cw', run: putBlob },
  'PUT blob block': { permission: 'cw', run: putBlock },
  'PUT blob blocklist': { permission: 'cw', run: putBlockList },
  'PUT blob lease': { permission: 'wd', run: leaseBlob },
  'PUT blob metadata': { permission: 'w', run: setMetadata },
  'GET blob': { permission: 'r', run: readBlob },
  'HEAD blob': { permission: 'r', run: readBlob },
  'DELETE blob': { permission: 'd', run: deleteBlob },
  'GET container list': { permission: 'l', run: listBlobs },
};

function operationOf({ method, query }: LocalRequest, blob: string): Operation {
  const comp = query.get('comp');
  const key = [method, blob === '' ? 'container' : 'blob', ...(comp === undefined ? [] : [comp.toLowerCase()])].join(
    ' ',
  );
  const found = OPERATIONS[key];
  if (found) return found;
  throw new BlobError(
    501,
    'NotImplemented',
    `The embedded Azure does not imitate this operation of the blob service: ${key}`,
  );
}

function requireAccess(engine: Engine, request: LocalRequest, account: string, name: string, permission: string): void {
  const signed = isSigned(engine, request.query, account, name, permission);
  if (signed === 'ok') return;
  if (signed === 'absent' && /^bearer \S/iu.test(request.headers['authorization'] ?? '')) return;
  const failed =
    'Server failed to authenticate the request. Make sure the value of the Authorization header is formed correctly including the signature.';
  if (signed === 'absent') throw new BlobError(401, 'NoAuthenticationInformation', failed);
  if (signed === 'not permitted')
    throw new BlobError(
      403,
      'AuthorizationPermissionMismatch',
      'This request is not authorized to perform this operation using this permission.',
    );
  throw new BlobError(403, 'AuthenticationFailed', failed);
}

function putBlob({ request, ...call }: BlobCall): Reply {
  const type = request.headers['x-ms-blob-type'];
  if (type !== 'BlockBlob') {
    const message = `The embedded Azure keeps block blobs only, not '${type ?? ''}'.`;
    throw new BlobError(
      type === undefined ? 400 : 501,
      type === undefined ? 'InvalidHeaderValue' : 'NotImplemented',
      message,
    );
  }
  return commit({ ...call, request }, request.body);
}

function putBlock({ request, container, blob }: BlobCall): Reply {
  const block = request.query.get('blockid') ?? '';
  if (block === '')
    throw new BlobError(
      400,
      'InvalidQueryParameterValue',
      'Value for one of the query parameters specified in the request URI is invalid.',
    );
  container.stage(blob, block, request.body);
  return empty(201, { 'content-md5': md5(request.body), 'x-ms-request-server-encrypted': 'true' });
}

function putBlockList(call: BlobCall): Reply {
  const { request, container, blob } = call;
  const blocks = blockIds(request.body.toString('utf8')).map((id) => {
    const content = container.staged(blob, id);
    if (content) return content;
    throw new BlobError(400, 'InvalidBlockList', 'The specified block list is invalid.');
  });
  const reply = commit(call, Buffer.concat(blocks));
  container.unstage(blob);
  return reply;
}

function commit({ engine, request, container, blob }: BlobCall, content: Buffer): Reply {
  const previous = container.find(blob);
  if (previous && request.headers['if-none-match'] === '*')
    throw new BlobError(409, 'BlobAlreadyExists', 'The specified blob already exists.');
  requireLease({ engine, request, container, blob });
  const now = engine.clock.now();
  const committed: Blob = {
    name: blob,
    size: content.length,
    created: previous?.created ?? now,
    modified: now,
    etag: nextEtag(engine),
    type: request.headers['x-ms-blob-content-type'] ?? 'application/octet-stream',
    md5: md5(content),
    metadata: metadataOf(request),
  };
  container.put(committed, content);
  return empty(201, {
    etag: committed.etag,
    'last-modified': new Date(now).toUTCString(),
    'content-md5': committed.md5,
    'x-ms-request-server-encrypted': 'true',
  });
}

/** Set Blob Metadata: replaces all of it. */
function setMetadata({ engine, request, container, blob }: BlobCall): Reply {
  const found = container.find(blob);
  if (!found) throw new BlobError(404, 'BlobNotFound', 'The specified blob does not exist.');
  requireLease({ engine, request, container, blob });
  const changed = { ...found, metadata: metadataOf(request), etag: nextEtag(engine), modified: engine.clock.now() };
  container.put(changed, container.content(blob));
  const headers = { etag: changed.etag, 'last-modified': new Date(changed.modified).toUTCString() };
  return empty(200, { ...headers, 'x-ms-request-server-encrypted': 'true' });
}

function nextEtag({ ids }: Engine): string {
  return `"0x8D${ids.hex(13).toUpperCase()}"`;
}

function metadataOf({ headers }: LocalRequest): Record<string, string> {
  const prefix = 'x-ms-meta-';
  const entries = Object.entries(headers).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}

function md5(content: Uint8Array): string {
  return createHash('md5').update(content).digest('base64');
}

function deleteBlob({ engine, request, container, blob }: BlobCall): Reply {
  if (!container.find(blob)) throw new BlobError(404, 'BlobNotFound', 'The specified blob does not exist.');
  requireLease({ engine, request, container, blob });
  container.remove(blob);
  return empty(202, { 'x-ms-delete-type-permanent': 'true' });
}
