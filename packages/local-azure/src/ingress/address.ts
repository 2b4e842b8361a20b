import type { LocalRequest } from '../http/request.ts';

/** Where a request to a container app wants to go. */
export interface AppAddress {
  /** Fully qualified domain name in lower case, without a port. */
  readonly host: string;
  /** Path and query as the app sees them, starting with `/`. */
  readonly url: string;
}

/** The domains that environments get; apps of environments with a custom suffix are reached by path. */
const APP_HOST = /^(?<host>[a-z0-9.-]+\.(?:azurecontainerapps\.io|k4apps\.io))(?::\d+)?$/iu;
const APP_PATH = /^\/+apps\/+(?<host>[^/?]+)(?<url>.*)$/su;

/** By the Host header, or by the path `/apps/{fqdn}/…` for clients that cannot set it. Undefined for everything else. */
export function appAddress({ headers, url }: LocalRequest): AppAddress | undefined {
  const named = APP_HOST.exec(headers['host'] ?? '')?.groups;
  if (named) return { host: (named['host'] ?? '').toLowerCase(), url };
  const { host, url: rest = '' } = APP_PATH.exec(url)?.groups ?? {};
  if (host === undefined) return undefined;
  return { host: host.toLowerCase(), url: rest.startsWith('/') ? rest : `/${rest}` };
}
