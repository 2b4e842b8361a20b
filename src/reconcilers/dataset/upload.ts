import { createHash } from 'node:crypto';
import { textAt, type JsonObject } from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import type { VersionAddress } from '../shared/foundry-asset.ts';
import type { DatasetSpec } from './spec.ts';

/** Uploads at once. */
const PARALLEL = 4;

/**
 * Sends the files of a dataset to where Foundry says (startPendingUpload, then Put Blob with its SAS), and resolves to
 * what describes the version. The signature of the SAS is used for the upload and goes nowhere else.
 */
export async function uploadContent(context: WriteContext, site: Site, target: VersionAddress): Promise<JsonObject> {
  const spec = site.spec as DatasetSpec;
  const { path, sha256 } = spec.content;
  const isFile = context.files.stat(path)?.type === 'file';
  const names = isFile ? [path] : context.files.tree(path);
  const connectionName =
    spec.connection === undefined ? undefined : site.azureNameOf(resourceId('Connection', spec.connection));
  const request: JsonObject = { pendingUploadType: 'BlobReference', ...(connectionName ? { connectionName } : {}) };
  const started = await context.azure.post(
    { path: `${target.path}/startPendingUpload`, apiVersion: target.apiVersion },
    request,
    { signal: context.signal },
  );
  const container = new URL(textAt(started.body ?? {}, '/blobReference/credential/sasUri'));
  const folder = isFile ? path.slice(0, path.lastIndexOf('/') + 1) : `${path}/`;
  const digest = createHash('sha256');
  const queue = names.toSorted().map((name) => ({ name, content: context.files.read(name) }));
  for (const { name, content } of queue) {
    const hash = createHash('sha256').update(content).digest('hex');
    if (isFile) digest.update(content);
    else digest.update(`${name.slice(folder.length)}\0${hash}\n`);
  }
  if (digest.digest('hex') !== sha256)
    throw new Error(`${path} changed after the plan was made. Make a new plan and have it reviewed.`);
  let sent = 0;
  const send = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const url = blobUrl(container, next.name.slice(folder.length));
      await context.azure.upload(url.href, next.content, { signal: context.signal });
      sent += 1;
      context.report(`uploaded ${sent} of ${names.length} files`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, send));
  const dataUri = isFile ? blobUrl(container, names[0]?.slice(folder.length) ?? '') : new URL(container);
  dataUri.search = '';
  return {
    type: isFile ? 'uri_file' : 'uri_folder',
    dataUri: dataUri.href,
    ...(connectionName ? { connectionName } : {}),
  };
}

/** A blob of the container, with the container's permission. */
function blobUrl(container: URL, name: string): URL {
  const url = new URL(container);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${name.split('/').map(encodeURIComponent).join('/')}`;
  return url;
}
