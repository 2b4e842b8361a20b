import type { Reply } from '../../http/reply.ts';
import type { BlobCall } from './call.ts';
import { leaseHeaders } from './lease-state.ts';
import { BlobError } from './xml.ts';

/** GET and HEAD of a blob, whole or the range of `x-ms-range` or `Range`. */
export function readBlob({ engine, request, container, blob }: BlobCall): Reply {
  const found = container.find(blob);
  if (!found) throw new BlobError(404, 'BlobNotFound', 'The specified blob does not exist.');
  const range = rangeOf(request.headers['x-ms-range'] ?? request.headers['range'], found.size);
  const bytes = request.method === 'HEAD' ? Buffer.alloc(0) : container.content(blob);
  const metadata = Object.entries(found.metadata).map(([key, value]) => [`x-ms-meta-${key}`, value]);
  const headers = {
    'content-type': found.type,
    etag: found.etag,
    'last-modified': new Date(found.modified).toUTCString(),
    'x-ms-creation-time': new Date(found.created).toUTCString(),
    'x-ms-blob-type': 'BlockBlob',
    ...leaseHeaders(container.lease(blob), engine.clock.now()),
    'x-ms-server-encrypted': 'true',
    'accept-ranges': 'bytes',
    ...(Object.fromEntries(metadata) as Record<string, string>),
  };
  if (!range) {
    const whole = { ...headers, 'content-md5': found.md5, 'content-length': String(found.size) };
    return { status: 200, headers: whole, bytes };
  }
  const part = bytes.subarray(range.first, range.last + 1);
  const place = {
    'content-range': `bytes ${range.first}-${range.last}/${found.size}`,
    'x-ms-blob-content-md5': found.md5,
  };
  return { status: 206, headers: { ...headers, ...place }, bytes: part };
}

function rangeOf(
  text: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | undefined {
  const { first, last } = /^bytes=(?<first>\d+)-(?<last>\d*)$/u.exec(text ?? '')?.groups ?? {};
  if (first === undefined) return undefined;
  if (Number(first) >= size)
    throw new BlobError(416, 'InvalidRange', 'The range specified is invalid for the current size of the resource.');
  return {
    first: Number(first),
    last: Math.min(last === undefined || last === '' ? size - 1 : Number(last), size - 1),
  };
}
