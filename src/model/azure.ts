import type { Json, JsonObject } from './json.ts';

/**
 * One address in Azure. `path` is a resource id (`/subscriptions/…`) for the control plane or an absolute https URL for
 * a data plane such as a Foundry project; neither carries the api-version.
 */
export interface Address {
  readonly path: string;
  readonly apiVersion: string;
  /** Query parameters besides the api-version, such as `$filter`. */
  readonly query?: Readonly<Record<string, string>>;
  /** Extra request headers, such as `Foundry-Features` for previews. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed body; undefined when empty. */
  readonly body: Json | undefined;
  /** What Azure support asks for: `x-ms-request-id`. */
  readonly requestId: string | undefined;
}

/** What only reads. All methods of Azure reject with AzureError. */
export interface AzureReads {
  /** Milliseconds since 1970 by Azure's clock, as its answers tell it; this machine's clock before the first answer. */
  now(): number;
  /** The resource, or undefined when there is none (404). */
  get(address: Address): Promise<JsonObject | undefined>;
  /** Headers of what is there, with lower-case names; undefined when nothing is. */
  head(address: Address): Promise<Readonly<Record<string, string>> | undefined>;
  /** The text of what is there, whatever its type; undefined when nothing is. */
  text(address: Address): Promise<string | undefined>;
  /** Every item over all pages; undefined when the collection's parent does not exist. */
  list(collection: Address): Promise<readonly JsonObject[] | undefined>;
}

/** All that planning ever gets. Handing it something that can write is a type error. */
export interface AzureReader extends AzureReads {
  readonly put?: never;
  readonly patch?: never;
  readonly post?: never;
  readonly delete?: never;
  readonly postForm?: never;
  readonly upload?: never;
}

export interface WriteOptions {
  /** Most milliseconds that the operation may take until Azure reports it finished. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Told what a long-running operation says of itself. */
  readonly report?: (progress: string) => void;
}

/** Fields of a multipart form; a file has a name and bytes. */
export type Form = Readonly<Record<string, string | { readonly name: string; readonly content: Uint8Array }>>;

export interface PostOptions extends WriteOptions {
  /** Doing it twice is doing it once, so it is sent again after a lost answer or a passing fault. */
  readonly repeatable?: boolean;
}

export interface UploadOptions {
  readonly signal?: AbortSignal;
}

/**
 * Reading and writing. A write resolves when Azure finished it, long-running operations included; it is repeated after
 * a lost answer only when a read shows that it did not happen.
 */
export interface Azure extends AzureReads {
  /** Waits by the clock of the connection, which tests replace. Rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Resolves to the resource as it is afterwards. */
  put(address: Address, body: JsonObject, options?: WriteOptions): Promise<JsonObject>;
  patch(address: Address, body: JsonObject, options?: WriteOptions): Promise<JsonObject>;
  /**
   * Sent once unless `repeatable`: a lost answer rejects with an error whose `maybeDone` is true, and the caller looks
   * before it repeats.
   */
  post(address: Address, body: JsonObject | undefined, options?: PostOptions): Promise<Reply>;
  /** Like `post`, with a form as its body. */
  postForm(address: Address, form: Form, options?: WriteOptions): Promise<Reply>;
  /** Sends content to a URL that carries its own permission, such as a blob's with a SAS. Doing it twice is doing it once. */
  upload(url: string, content: Uint8Array, options?: UploadOptions): Promise<void>;
  /** Resolves when the resource is gone, also when it was gone before. */
  delete(address: Address, options?: WriteOptions): Promise<void>;
}

export interface AzureErrorDetails {
  /** Azure's own code such as `RequestConflict`, or `Network`, `Timeout`, `BadResponse` of ours. */
  readonly code: string;
  readonly message: string;
  readonly method: string;
  readonly url: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** True when the request may have been carried out although no answer arrived. */
  readonly maybeDone?: boolean;
}

/** What every rejected call to Azure rejects with. */
export class AzureError extends Error {
  readonly details: AzureErrorDetails;

  constructor(details: AzureErrorDetails, options?: ErrorOptions) {
    super(`${details.code}: ${details.message}`, options);
    this.name = 'AzureError';
    this.details = details;
  }
}

export function isAzureError(error: unknown, ...codes: readonly string[]): error is AzureError {
  return error instanceof AzureError && (codes.length === 0 || codes.includes(error.details.code));
}
