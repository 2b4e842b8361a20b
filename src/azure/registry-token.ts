import type { TokenCredential } from '@azure/core-auth';
import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  type SendRequest,
} from '@azure/core-rest-pipeline';
import { AzureError } from '../model/azure.ts';

/** Registries give tokens for an hour or more; a run is shorter than this. */
const KEPT = 30 * 60_000;

/**
 * Signs requests to a container registry: its own token service takes an Entra token and gives one for pulling from one
 * repository (`/oauth2/exchange`, `/oauth2/token`). Nothing is changed by that, and no other host ever sees the token. Where
 * the token service refuses or is out of order, its answer is that of the request, which the caller treats as any other.
 */
export function registryPolicy(
  credential: TokenCredential,
  scope: string,
  learn: (token: string) => void = () => undefined,
): PipelinePolicy {
  const known = new Map<string, { readonly token: string; readonly until: number }>();

  async function tokenFor(request: PipelineRequest, permission: string, next: SendRequest) {
    const { host } = new URL(request.url);
    const key = `${host} ${permission}`;
    const found = known.get(key);
    if (found && found.until > Date.now()) return found.token;
    const entra = await credential.getToken(scope, request.abortSignal ? { abortSignal: request.abortSignal } : {});
    const exchange = { grant_type: 'access_token', service: host, access_token: entra?.token ?? '' };
    const refresh = await ask(request, '/oauth2/exchange', exchange, next);
    if (typeof refresh !== 'string') return refresh;
    learn(refresh);
    const form = { grant_type: 'refresh_token', service: host, scope: permission, refresh_token: refresh };
    const token = await ask(request, '/oauth2/token', form, next);
    if (typeof token !== 'string') return token;
    learn(token);
    known.set(key, { token, until: Date.now() + KEPT });
    return token;
  }

  return {
    name: 'registryToken',
    async sendRequest(request, next) {
      const { pathname } = new URL(request.url);
      const [, repository = ''] = /^\/v2\/(.+)\/(?:manifests|tags|blobs)\//.exec(pathname) ?? [];
      const token = await tokenFor(request, `repository:${repository}:pull`, next);
      if (typeof token !== 'string') return token;
      request.headers.set('authorization', `Bearer ${token}`);
      return next(request);
    },
  };
}

/** The token, or the answer that refused it. */
async function ask(
  request: PipelineRequest,
  path: string,
  form: Readonly<Record<string, string>>,
  next: SendRequest,
): Promise<string | PipelineResponse> {
  const { host } = new URL(request.url);
  const reply = await next(
    createPipelineRequest({
      url: `https://${host}${path}`,
      method: 'POST',
      headers: createHttpHeaders({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }),
      body: new URLSearchParams(form).toString(),
      timeout: request.timeout,
      ...(request.abortSignal ? { abortSignal: request.abortSignal } : {}),
    }),
  );
  const token = reply.status === 200 ? tokenIn(reply.bodyAsText ?? '', path) : undefined;
  if (token !== undefined) return token;
  const { status } = reply;
  if (status === 401 || status === 403 || status === 408 || status === 429 || status >= 500) return reply;
  // Handed on, a 404 would mean that there is no such image.
  const message = `The registry ${host} gives no token (${path} answered ${status})`;
  throw new AzureError({ code: 'BadResponse', message, method: 'POST', url: `https://${host}${path}`, status });
}

function tokenIn(text: string, path: string): string | undefined {
  try {
    const reply: unknown = JSON.parse(text);
    const token: unknown = Reflect.get(Object(reply), path.endsWith('exchange') ? 'refresh_token' : 'access_token');
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
