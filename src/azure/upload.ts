import {
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { AzureError, type UploadOptions } from '../model/azure.ts';

/** Version of the storage service's REST interface; Put Blob takes 5,000 MiB in one request since 2019-12-12. */
const STORAGE_VERSION = '2025-05-05';
const TIMEOUT = 30 * 60_000;

/**
 * Sends content to a blob whose URL carries its own permission (SAS), as Put Blob: no token goes with it, and that part
 * of the URL appears in no error. No redirect is followed. Repeated over passing faults, because sending it twice is sending it once.
 */
export function createUpload(httpClient: HttpClient, userAgentPrefix: string) {
  const pipeline = createPipelineFromOptions({
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix },
  });
  return async (url: string, content: Uint8Array, { signal }: UploadOptions = {}): Promise<void> => {
    const request = createPipelineRequest({
      url,
      method: 'PUT',
      headers: createHttpHeaders({
        'x-ms-blob-type': 'BlockBlob',
        'x-ms-version': STORAGE_VERSION,
        'content-type': 'application/octet-stream',
      }),
      body: content,
      timeout: TIMEOUT,
      ...(signal ? { abortSignal: signal } : {}),
    });
    try {
      const { status, headers } = await pipeline.sendRequest(httpClient, request);
      if (status !== 201) throw refusal(url, status, headers.get('x-ms-error-code') ?? 'UploadRefused');
    } catch (error) {
      if (error instanceof AzureError) throw error;
      if (signal?.aborted) throw signal.reason ?? error;
      throw refusal(url, undefined, 'Network');
    }
  };
}

function refusal(url: string, status: number | undefined, code: string): AzureError {
  const { origin, pathname } = new URL(url);
  const message =
    status === undefined ? 'The storage account does not answer' : 'The storage account refused the upload';
  return new AzureError({ code, message, method: 'PUT', url: origin + pathname, status });
}
