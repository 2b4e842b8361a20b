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
import { createKnownSecrets, type KnownSecrets } from '../model/known-secrets.ts';
import { concealed, concealedReads, concealedSession, knownTokens } from './concealed.ts';
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
  /** Where secrets are remembered that this connection reads. */
  readonly secrets?: KnownSecrets;
  /** Told what is waited for when it takes long. */
  readonly notify?: (waiting: string) => void;
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
  /** Secrets that were read; errors of `reader`, `azure` and `session` do not repeat them. */
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
  const { scope, userAgent, clock = systemClock, secrets = createKnownSecrets() } = options;
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
  const httpClient = createClient(embedded?.url);
  const credential = embedded
    ? localCredential
    : knownTokens(await processCredential(endpoints, scope.tenantId, httpClient), secrets);
  const transport = createTransport({ endpoints, credential, client: httpClient, userAgent, secrets });
  const bare = createSession({
    transport,
    throttle: createThrottle(clock),
    clock,
    resourceManager: endpoints.resourceManager,
    correlationId: randomUUID(),
    ...(options.stop ? { stop: options.stop } : {}),
    ...(options.observe ? { observe: options.observe } : {}),
    ...(options.notify ? { notify: options.notify } : {}),
  });
  const session = concealedSession(bare, secrets);
  const close = async (): Promise<void> => embedded?.close();
  const client: ClientOptions = {
    endpoint: endpoints.resourceManager,
    credential,
    httpClient,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: userAgent },
  };
  const reach = (url: string): Reached | undefined => {
    const found = URL.parse(url);
    const audience = found && audienceOf(found, endpoints);
    if (!found || !audience) return undefined;
    const path = found.pathname.replace(/\/+$/, '');
    return { url: (embedded?.url ?? found.origin) + path, scope: audience.scope };
  };
  return {
    reader: concealedReads(createReader(session), secrets),
    azure: concealed(createAzure(session, createUpload({ transport, clock })), secrets),
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
