import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createFile,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type FormDataMap,
  type HttpClient,
  type Pipeline,
  type PipelinePolicy,
} from '@azure/core-rest-pipeline';
import { createHttpClient } from '../http/client.ts';
import { AzureError, isAzureError, type Form } from '../model/azure.ts';
import type { Json } from '../model/json.ts';
import type { KnownSecrets } from '../model/known-secrets.ts';
import { audienceOf, isBlobHost, type Audience, type CloudEndpoints } from './clouds.ts';
import type { Call, RawReply } from './exchange.ts';
import { registryPolicy } from './registry-token.ts';
import { credentialFault } from './sign-in-error.ts';

/** Most milliseconds that one request may take unless it says so itself; Azure gives up after 60 seconds. */
const REQUEST_TIMEOUT = 90_000;

export interface TransportOptions {
  readonly endpoints: CloudEndpoints;
  readonly credential: TokenCredential;
  readonly client: HttpClient;
  readonly userAgent: string;
  /** Learns the tokens that registries give. */
  readonly secrets?: Pick<KnownSecrets, 'add'>;
}

export interface TransportRequest extends Call {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly form?: Form | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until there is no answer. */
  readonly timeout?: number | undefined;
}

export interface TransportUpload {
  /** Carries its own permission. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Uint8Array;
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request once: signed, with a deadline, without retries, and only to hosts of the cloud. */
export interface Transport {
  send(request: TransportRequest): Promise<RawReply>;
  /** Puts content without a token, and only to blobs of the cloud. No error holds the query of the URL. */
  upload(request: TransportUpload): Promise<RawReply>;
  /** Forgets tokens, after Azure refused one. */
  forgetTokens(): void;
}

/** What carries requests. `localUrl`: an embedded Azure on this machine, which takes them over plain http. */
export function createClient(localUrl: string | undefined): HttpClient {
  return localUrl === undefined ? createHttpClient() : toLocalServer(createHttpClient(), localUrl);
}

export function createTransport(options: TransportOptions): Transport {
  const { endpoints, credential, client, userAgent, secrets } = options;
  const pipelines = new Map<string, Pipeline>();
  const unsigned = plainPipeline(userAgent);
  const pipelineFor = ({ scope, registry }: Audience): Pipeline => {
    const key = `${scope} ${registry ?? false}`;
    const signing = registry
      ? registryPolicy(credential, scope, (token) => secrets?.add(token))
      : bearerTokenAuthenticationPolicy({ credential, scopes: scope });
    const pipeline = pipelines.get(key) ?? signedPipeline(signing, userAgent);
    pipelines.set(key, pipeline);
    return pipeline;
  };
  return {
    forgetTokens: () => pipelines.clear(),
    async send(request) {
      const url = URL.parse(request.url);
      if (!url) throw new AzureError({ ...describe(request), code: 'BadResponse', message: 'This is not a URL' });
      const audience = audienceOf(url, endpoints);
      if (!audience) {
        throw new AzureError({
          ...describe(request),
          code: 'ForeignHost',
          message: 'No token is sent to this host: it is not an endpoint of the cloud',
        });
      }
      const outgoing = createPipelineRequest({
        url: request.url,
        method: request.method,
        headers: createHttpHeaders({
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
        }),
        timeout: request.timeout ?? REQUEST_TIMEOUT,
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(request.form === undefined ? {} : { formData: formOf(request.form) }),
        ...(request.signal ? { abortSignal: request.signal } : {}),
      });
      try {
        const reply = await pipelineFor(audience).sendRequest(client, outgoing);
        return { status: reply.status, headers: reply.headers.toJSON(), text: reply.bodyAsText ?? '' };
      } catch (error) {
        throw networkError(request, error);
      }
    },
    async upload({ url, headers, content, timeout, signal }) {
      const call = { method: 'PUT' as const, url: withoutQuery(url), correlationId: '', signal, timeout };
      if (!isBlobHost(URL.parse(url), endpoints)) {
        const message = 'Nothing is uploaded to this host: it does not store blobs of the cloud';
        throw new AzureError({ ...describe(call), code: 'ForeignHost', message });
      }
      const outgoing = createPipelineRequest({
        url,
        method: 'PUT',
        headers: createHttpHeaders({ ...headers }),
        body: content,
        timeout,
        ...(signal ? { abortSignal: signal } : {}),
      });
      try {
        const reply = await unsigned.sendRequest(client, outgoing);
        return { status: reply.status, headers: reply.headers.toJSON(), text: reply.bodyAsText ?? '' };
      } catch (error) {
        throw networkError(call, error);
      }
    },
  };
}

function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

function formOf(form: Form): FormDataMap {
  const entries = Object.entries(form).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : createFile(value.content, value.name, { type: 'application/jsonl' }),
  ]);
  return Object.fromEntries(entries) as FormDataMap;
}

/** Repeats nothing, follows no redirect. */
function plainPipeline(userAgentPrefix: string): Pipeline {
  return createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix },
  });
}

function signedPipeline(signing: PipelinePolicy, userAgentPrefix: string): Pipeline {
  const pipeline = plainPipeline(userAgentPrefix);
  pipeline.addPolicy(signing, { phase: 'Sign' });
  return pipeline;
}

/**
 * The signing policy insists on https, and the URLs of an embedded Azure do not name its real port. So a request goes to
 * the real server after it was signed, says what it was meant for, and gets its URL back afterwards.
 */
function toLocalServer(client: HttpClient, localUrl: string): HttpClient {
  return {
    async sendRequest(request) {
      const original = request.url;
      const { protocol, host, pathname, search } = new URL(original);
      request.url = localUrl + pathname + search;
      request.allowInsecureConnection = true;
      request.headers.set('host', host);
      request.headers.set('x-forwarded-proto', protocol.replace(':', ''));
      try {
        return await client.sendRequest(request);
      } finally {
        request.url = original;
      }
    },
  };
}

function describe({ method, url, correlationId }: Call): Call {
  return { method, url, correlationId };
}

type Sent = Call & Pick<TransportRequest, 'signal' | 'timeout'>;

function networkError(request: Sent, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (request.signal?.aborted) return request.signal.reason ?? error;
  const call = describe(request);
  if (isAzureError(error)) return new AzureError({ ...error.details, ...call }, { cause: error });
  if (/Credential|Authentication/.test(error.name))
    return new AzureError({ ...call, ...credentialFault(error) }, { cause: error });
  if (error.name === 'AbortError') {
    const message = `No answer within ${Math.round((request.timeout ?? REQUEST_TIMEOUT) / 1000)} seconds`;
    return new AzureError({ ...call, code: 'Network', message, maybeDone: true }, { cause: error });
  }
  const code = String(Reflect.get(error, 'code') ?? error.name);
  const refused = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return new AzureError(
    { ...call, code: 'Network', message: `${code}: ${firstLines(error.message)}`, maybeDone: !refused },
    { cause: error },
  );
}

function firstLines(message: string): string {
  return message.split('\n').slice(0, 4).join(' ').trim();
}
