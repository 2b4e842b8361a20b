import { createDefaultHttpClient, proxyPolicy, type HttpClient, type SendRequest } from '@azure/core-rest-pipeline';
import { proxiesOf, type Environment } from './proxy.ts';

/**
 * What carries every request of the process, to Azure, registries, storage, apps and forges: through the proxy that the
 * environment names. Sends once and follows no redirect. Certificates of NODE_EXTRA_CA_CERTS are trusted, by Node itself.
 */
export function createHttpClient(env: Environment = process.env): HttpClient {
  const client = createDefaultHttpClient();
  const proxyFor = proxiesOf(env);
  const through = new Map<string, SendRequest>();
  return {
    sendRequest(request) {
      const url = new URL(request.url);
      // Pipelines choose a proxy by rules of their own; this one choice holds for all of them.
      delete request.agent;
      // Node looks up a name, and an address in brackets is not one.
      if (url.hostname.startsWith('[')) request.requestOverrides = { hostname: url.hostname.slice(1, -1) };
      const proxy = proxyFor(url);
      if (!proxy) return client.sendRequest(request);
      const send = through.get(proxy.href) ?? sendThrough(proxy, client);
      through.set(proxy.href, send);
      return send(request);
    },
  };
}

function sendThrough(proxy: URL, client: HttpClient): SendRequest {
  const settings = {
    host: `${proxy.protocol}//${proxy.hostname}`,
    port: Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80)),
    username: proxy.username,
    password: proxy.password,
  };
  const policy = proxyPolicy(settings, { customNoProxyList: [] });
  return (request) => policy.sendRequest(request, (next) => client.sendRequest(next));
}
