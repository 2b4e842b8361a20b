import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Azure, AzureReader } from '../model/azure.ts';
import type { EnvironmentScope, Probe } from '../model/kind.ts';
import { createAzure, createReader } from './client.ts';
import { systemClock, type Clock } from './clock.ts';
import { audienceOf, endpointsOf, localEndpoints } from './clouds.ts';
import { localCredential, processCredential } from './credential.ts';
import type { Exchange } from './exchange.ts';
import { openEmbedded } from './embedded.ts';
import { createSession, type Session } from './session.ts';
import { concealed, createKnownSecrets, type KnownSecrets } from './concealed.ts';
import { createThrottle } from './token-bucket.ts';

export interface ConnectOptions {
  readonly scope: EnvironmentScope;
  /** Folder for the state of an embedded Azure. */
  readonly stateFolder: string;
  readonly userAgent: string;
  /** Use this embedded Azure instead of the environment's cloud. For tests. */
  readonly localUrl?: string;
  readonly clock?: Clock;
  readonly observe?: (exchange: Exchange) => void;
  /** Ends waits before a write that Azure did not take, when it aborts. What Azure has taken is finished. */
  readonly stop?: AbortSignal;
}

/** Options of the `@azure/arm-*` clients: same endpoint, identity and transport, and no retries of their own. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly credential: TokenCredential;
  readonly httpClient: HttpClient;
  readonly retryOptions: { readonly maxRetries: 0 };
  readonly userAgentOptions: { readonly userAgentPrefix: string };
}

export interface Reached {
  /** The URL, or that of the embedded Azure that stands for it. Without a trailing slash. */
  readonly url: string;
  /** Scope of the token that the host takes. */
  readonly scope: string;
}

export interface Connection {
  /** Secrets that were read; errors of `azure` do not repeat them. */
  readonly secrets: KnownSecrets;
  readonly reader: AzureReader;
  readonly azure: Azure;
  readonly probe: Probe;
  readonly session: Session;
  readonly vaultSuffix: string;
  readonly blobSuffix: string;
  /** What typed Azure clients need to talk to the same place in the same way. */
  readonly client: ClientOptions;
  /** Where a URL of a data plane is reached from here, and for which scope; undefined where its host must not be sent a token. */
  readonly reach: (url: string) => Reached | undefined;
  /** Aborts when work through this connection has to end; absent where nobody asks for that. */
  readonly stop?: AbortSignal;
  close(): Promise<void>;
}

/** Opens the cloud that the environment names. For `local` that is an embedded Azure, started here unless one runs already. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { scope, userAgent, clock = systemClock } = options;
  const [{ createClient, createTransport }, { createUpload }, { createProbe }] = await Promise.all([
    import('./transport.ts'),
    import('./upload.ts'),
    import('./probe.ts'),
  ]);
  const embedded =
    scope.cloud === 'local'
      ? await openEmbedded(scope.subscriptionId, options.stateFolder, options.localUrl)
      : undefined;
  const endpoints = scope.cloud === 'local' ? localEndpoints : endpointsOf(scope.cloud);
  const credential = embedded ? localCredential : await processCredential(endpoints, scope.tenantId);
  const httpClient = createClient(embedded?.url);
  const session = createSession({
    transport: createTransport({ endpoints, credential, client: httpClient, userAgent }),
    throttle: createThrottle(clock),
    clock,
    resourceManager: endpoints.resourceManager,
    correlationId: randomUUID(),
    ...(options.stop ? { stop: options.stop } : {}),
    ...(options.observe ? { observe: options.observe } : {}),
  });
  const close = async (): Promise<void> => embedded?.close();
  const client: ClientOptions = {
    endpoint: endpoints.resourceManager,
    credential,
    httpClient,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: userAgent },
  };
  const secrets = createKnownSecrets();
  const reach = (url: string): Reached | undefined => {
    const found = new URL(url);
    const audience = audienceOf(found, endpoints);
    const path = found.pathname.replace(/\/+$/, '');
    return audience && { url: (embedded?.url ?? found.origin) + path, scope: audience.scope };
  };
  return {
    reader: createReader(session),
    azure: concealed(createAzure(session, createUpload(httpClient, userAgent)), secrets),
    secrets,
    probe: createProbe(httpClient, userAgent),
    session,
    vaultSuffix: endpoints.vaultSuffix,
    blobSuffix: endpoints.blobSuffix,
    client,
    reach,
    close,
  };
}
