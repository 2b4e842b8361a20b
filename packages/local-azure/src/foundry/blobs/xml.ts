import type { Reply } from '../../http/reply.ts';
import type { Blob } from './store.ts';

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';

/** A refusal of the storage service: the code in XML and in a header. */
export class BlobError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'BlobError';
    this.status = status;
    this.code = code;
  }
}

export function blobErrorReply({ status, code, message }: BlobError): Reply {
  const headers = { 'x-ms-error-code': code };
  return xmlReply(status, `<Error><Code>${code}</Code><Message>${escape(message)}</Message></Error>`, headers);
}

export function xmlReply(status: number, content: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/xml', ...headers }, bytes: Buffer.from(HEAD + content) };
}

/** A page of blobs, with what stands for the names below a delimiter. */
export interface BlobPage {
  readonly endpoint: string;
  readonly container: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly blobs: readonly Blob[];
  readonly prefixes: readonly string[];
  /** Empty at the end. */
  readonly next: string;
}

export function pageXml({ endpoint, container, prefix, delimiter, blobs, prefixes, next }: BlobPage): string {
  return [
    `<EnumerationResults ServiceEndpoint="${escape(endpoint)}" ContainerName="${escape(container)}">`,
    `<Prefix>${escape(prefix)}</Prefix>`,
    delimiter === '' ? '' : `<Delimiter>${escape(delimiter)}</Delimiter>`,
    '<Blobs>',
    ...blobs.map(blobXml),
    ...prefixes.map((name) => `<BlobPrefix><Name>${escape(name)}</Name></BlobPrefix>`),
    '</Blobs>',
    `<NextMarker>${escape(next)}</NextMarker>`,
    '</EnumerationResults>',
  ].join('');
}

function blobXml({ name, size, created, modified, etag, type, md5 }: Blob): string {
  const properties = {
    'Creation-Time': new Date(created).toUTCString(),
    'Last-Modified': new Date(modified).toUTCString(),
    Etag: etag.replaceAll('"', ''),
    'Content-Length': String(size),
    'Content-Type': type,
    'Content-MD5': md5,
    BlobType: 'BlockBlob',
    AccessTier: 'Hot',
    AccessTierInferred: 'true',
    LeaseStatus: 'unlocked',
    LeaseState: 'available',
    ServerEncrypted: 'true',
  };
  const inner = Object.entries(properties).map(([key, value]) => `<${key}>${escape(value)}</${key}>`);
  return `<Blob><Name>${escape(name)}</Name><Properties>${inner.join('')}</Properties></Blob>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Ids of a `<BlockList>`, in its order. */
export function blockIds(text: string): string[] {
  const found = text.matchAll(/<(?:Latest|Uncommitted|Committed)>(?<id>[^<]*)<\//gu);
  return [...found].map(({ groups }) => (groups?.['id'] ?? '').trim());
}
