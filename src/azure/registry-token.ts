import type { TokenCredential } from '@azure/core-auth';
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelinePolicy,
} from '@azure/core-rest-pipeline';

/** Registries give tokens for an hour or more; a run is shorter than this. */
const KEPT = 30 * 60_000;

/**
 * Signs requests to a container registry: its own token service takes an Entra token and gives one for pulling from one
 * repository (`/oauth2/exchange`, `/oauth2/token`). Nothing is changed by that, and no other host ever sees the token.
 */
export function registryPolicy(credential: TokenCredential, scope: string, client: HttpClient): PipelinePolicy {
  const known = new Map<string, { readonly token: string; readonly until: number }>();

  async function ask(host: string, path: string, form: Readonly<Record<string, string>>): Promise<string> {
    const request = createPipelineRequest({
      url: `https://${host}${path}`,
      method: 'POST',
      headers: createHttpHeaders({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }),
      body: new URLSearchParams(form).toString(),
    });
    const { status, bodyAsText } = await client.sendRequest(request);
    const reply: unknown = status === 200 ? JSON.parse(bodyAsText ?? '{}') : {};
    const token: unknown = Reflect.get(Object(reply), path.endsWith('exchange') ? 'refresh_token' : 'access_token');
    if (typeof token === 'string') return token;
    throw Object.assign(new Error(`The registry ${host} gives no token (${status})`), { name: 'AuthenticationError' });
  }

  async function tokenFor(host: string, permission: string): Promise<string> {
    const key = `${host} ${permission}`;
    const found = known.get(key);
    if (found && found.until > Date.now()) return found.token;
    const entra = await credential.getToken(scope);
    const refresh = await ask(host, '/oauth2/exchange', {
      grant_type: 'access_token',
      service: host,
      access_token: entra?.token ?? '',
    });
    const token = await ask(host, '/oauth2/token', {
      grant_type: 'refresh_token',
      service: host,
      scope: permission,
      refresh_token: refresh,
    });
    known.set(key, { token, until: Date.now() + KEPT });
    return token;
  }

  return {
    name: 'registryToken',
    async sendRequest(request, next) {
      const { host, pathname } = new URL(request.url);
      const [, repository = ''] = /^\/v2\/(.+)\/(?:manifests|tags|blobs)\//.exec(pathname) ?? [];
      request.headers.set('authorization', `Bearer ${await tokenFor(host, `repository:${repository}:pull`)}`);
      return next(request);
    },
  };
}
