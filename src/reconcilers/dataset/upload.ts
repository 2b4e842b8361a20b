import { AzureError } from '../../model/azure.ts';
import { textAt, type JsonObject } from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { readContent } from '../shared/content.ts';
import type { VersionAddress } from '../shared/foundry-asset.ts';
import type { DatasetSpec } from './spec.ts';

/** Uploads at once. */
const PARALLEL = 4;

/**
 * Sends the files of a dataset to where Foundry says (startPendingUpload, then Put Blob with its SAS), and resolves to
 * what describes the version. The signature of the SAS is used for the upload and goes nowhere else.
 */
export async function uploadContent(context: WriteContext, site: Site, target: VersionAddress): Promise<JsonObject> {
  const { azure, files, signal, report } = context;
  const { content, connection } = site.spec as DatasetSpec;
  const queue = readContent(files, content);
  const total = queue.length;
  const isFile = files.stat(content.path)?.type === 'file';
  const connectionName = connection === undefined ? undefined : site.azureNameOf(resourceId('Connection', connection));
  const place: JsonObject = connectionName === undefined ? {} : { connectionName };
  const started = await azure.post(
    { path: `${target.path}/startPendingUpload`, apiVersion: target.apiVersion },
    { pendingUploadType: 'BlobReference', ...place },
    { signal, repeatable: true },
  );
  const container = URL.parse(textAt(started.body ?? {}, '/blobReference/credential/sasUri'));
  if (!container) {
    const message = 'The project names no URL to upload to';
    throw new AzureError({ code: 'BadResponse', message, method: 'POST', url: `${target.path}/startPendingUpload` });
  }
  const dataUri = isFile ? blobUrl(container, queue[0]?.name ?? '') : new URL(container);
  dataUri.search = '';
  const send = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await azure.upload(blobUrl(container, next.name).href, next.bytes, { signal });
      report(`uploading, ${total - queue.length} of ${total} files`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, send));
  return { type: isFile ? 'uri_file' : 'uri_folder', dataUri: dataUri.href, ...place };
}

/** A blob of the container, with the container's permission. */
function blobUrl(container: URL, name: string): URL {
  const url = new URL(container);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${name.split('/').map(encodeURIComponent).join('/')}`;
  return url;
}
