import { problem, ProblemError } from '../model/diagnostic.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy for a URL; undefined where there is none. */
export type ProxyFor = (url: URL) => URL | undefined;

/**
 * Reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals or not, as curl does: HTTP_PROXY is for http only.
 * NO_PROXY lists hosts, each with all hosts below it; a leading `.` or `*.` says the same, a port limits an entry to it, and
 * `*` stands for every host. This machine is never asked for through a proxy. Throws a ProblemError (ING4008) for a proxy
 * that is not an http or https URL, without its password.
 */
export function proxiesOf(env: Environment): ProxyFor {
  const all = proxy(env, 'ALL_PROXY');
  const [secure, plain] = [proxy(env, 'HTTPS_PROXY') ?? all, proxy(env, 'HTTP_PROXY') ?? all];
  const exempt = (valueOf(env, 'NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return (url) => {
    if (isThisMachine(url.hostname) || exempt.some((entry) => matches(entry, url))) return undefined;
    return url.protocol === 'https:' ? secure : plain;
  };
}

function valueOf(env: Environment, name: string): string | undefined {
  return [env[name], env[name.toLowerCase()]].find((value) => value !== undefined && value.trim() !== '')?.trim();
}

function proxy(env: Environment, name: string): URL | undefined {
  const text = valueOf(env, name);
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new ProblemError(
    problem('ING4008', `${name} is not the URL of an http or https proxy`, {
      hint: `Write it as ${name}=http://proxy.contoso.example:3128.`,
    }),
  );
}

function matches(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const [, pattern = entry, only] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
  if (only !== undefined && only !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  const host = pattern.replace(/^\*?\./, '').toLowerCase();
  return hostname === host || hostname.endsWith(`.${host}`);
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
