import { AzureError, isAzureError, type UploadOptions } from '../model/azure.ts';
import { errorOf, parseReply, type Call, type RawReply } from './exchange.ts';
import { backoff, LONGEST_WAIT, retryAfter } from '../http/retry-after.ts';
import { isPassing } from './session.ts';
import type { Clock } from './clock.ts';
import type { Transport } from './transport.ts';

/** Version of the storage service's REST interface; Put Blob takes 5,000 MiB in one request since 2019-12-12. */
const STORAGE_VERSION = '2025-05-05';
const TIMEOUT = 30 * 60_000;
const ATTEMPTS = 4;

const HEADERS = {
  'x-ms-blob-type': 'BlockBlob',
  'x-ms-version': STORAGE_VERSION,
  'content-type': 'application/octet-stream',
};

/**
 * Sends content to a blob whose URL carries its own permission (SAS), as Put Blob: no token goes with it, and that part
 * of the URL appears in no error. Repeated over passing faults and throttling, because sending it twice is sending it once.
 */
export function createUpload({ transport, clock }: { readonly transport: Transport; readonly clock: Clock }) {
  return async (url: string, content: Uint8Array, { signal }: UploadOptions = {}): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const raw = await transport.upload({ url, headers: HEADERS, content, timeout: TIMEOUT, signal });
        if (raw.status === 201) return;
        const wait = raw.status === 429 ? (retryAfter(raw.headers, clock.now()) ?? backoff(attempt)) : undefined;
        if (wait === undefined || wait > LONGEST_WAIT || attempt >= ATTEMPTS) throw refusal(url, raw);
        await clock.sleep(wait, signal);
      } catch (error) {
        if (!isAzureError(error) || !isPassing(error) || attempt >= ATTEMPTS || signal?.aborted) throw error;
        await clock.sleep(backoff(attempt), signal);
      }
    }
  };
}

/** Storage answers in XML, and names its code in a header. */
function refusal(url: string, raw: RawReply): AzureError {
  const call: Call = { method: 'PUT', url: url.split('?', 1)[0] ?? '', correlationId: '' };
  const { details } = errorOf(call, parseReply(call, { ...raw, text: '' }));
  const code = raw.headers['x-ms-error-code'] ?? details.code;
  return new AzureError({ ...details, code, message: 'The storage account refused the upload' });
}
