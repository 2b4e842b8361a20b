import type { Reply } from '../../http/reply.ts';
import type { BlobCall } from './call.ts';
import { pageXml, xmlReply } from './xml.ts';

const MOST = 5000;

/** `GET {container}?restype=container&comp=list` with prefix, delimiter, marker and maxresults. */
export function listBlobs({ request, account, name, container }: BlobCall): Reply {
  const { query, origin } = request;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(Number(query.get('maxresults') ?? MOST), MOST);
  const marker = query.get('marker') ?? '';
  const folderOf = (blob: string): string | undefined => {
    const end = delimiter === '' ? -1 : blob.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : blob.slice(0, end + delimiter.length);
  };
  const all = container.list().filter((blob) => blob.name.startsWith(prefix) && blob.name >= marker);
  const page = all.slice(0, limit);
  const folders = page.map((blob) => folderOf(blob.name)).filter((folder) => folder !== undefined);
  const content = pageXml({
    endpoint: `${origin}/${account}.blob/`,
    container: name,
    prefix,
    delimiter,
    blobs: page.filter((blob) => folderOf(blob.name) === undefined),
    prefixes: [...new Set(folders)],
    next: all[limit]?.name ?? '',
  });
  return xmlReply(200, content);
}
