import type { TokenCredential } from '@azure/core-auth';
import { AzureError, isAzureError, type Azure, type AzureReads } from '../model/azure.ts';
import { isArray, isObject, type Json } from '../model/json.ts';
import type { KnownSecrets } from '../model/known-secrets.ts';
import type { Session } from './session.ts';

/** Whether this process knows it or not: what follows a scheme of the Authorization header, a signature, an account's key. */
const CREDENTIALS = [
  /\b(Bearer|Basic|SharedKey|SharedAccessSignature)(\s+)(?=[^\s"',;]*[^A-Za-z\s"',;()])[^\s"',;<>()]{8,}/gi,
  /([?&]|\b)(sig=)[^&\s"',;<>()]+/gi,
  /\b(AccountKey|SharedAccessKey|api[-_]key)(\s*[=:]\s*)[^\s"',;<>()]+/gi,
  /\b()()eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
] as const;

/** An error of Azure without secrets, in any of its parts; any other error as it is. The cause, which has them, is dropped. */
export function concealedError(error: unknown, secrets: KnownSecrets): unknown {
  if (!isAzureError(error)) return error;
  const clean = (text: string): string =>
    CREDENTIALS.reduce((rest, one) => rest.replace(one, '$1$2(secret)'), secrets.conceal(text));
  const details = Object.fromEntries(
    Object.entries(error.details).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  );
  return new AzureError({ ...error.details, ...details });
}

type Call<Args extends readonly unknown[], T> = (...args: Args) => Promise<T>;

function safely<Args extends readonly unknown[], T>(secrets: KnownSecrets, call: Call<Args, T>): Call<Args, T> {
  return async (...args) => {
    try {
      return await call(...args);
    } catch (error) {
      throw concealedError(error, secrets);
    }
  };
}

/** The reads of `azure`, whose errors hold no secret, although Azure's may. */
export function concealedReads<T extends AzureReads>(azure: T, secrets: KnownSecrets): T {
  return {
    ...azure,
    get: safely(secrets, (...args: Parameters<AzureReads['get']>) => azure.get(...args)),
    head: safely(secrets, (...args: Parameters<AzureReads['head']>) => azure.head(...args)),
    text: safely(secrets, (...args: Parameters<AzureReads['text']>) => azure.text(...args)),
    list: safely(secrets, (...args: Parameters<AzureReads['list']>) => azure.list(...args)),
  };
}

/** The same Azure, whose errors hold no secret. Keys that an action gives out are known from then on. */
export function concealed(azure: Azure, secrets: KnownSecrets): Azure {
  return {
    ...concealedReads(azure, secrets),
    put: safely(secrets, (...args: Parameters<Azure['put']>) => azure.put(...args)),
    patch: safely(secrets, (...args: Parameters<Azure['patch']>) => azure.patch(...args)),
    post: safely(secrets, async (...args: Parameters<Azure['post']>) => {
      const reply = await azure.post(...args);
      for (const value of givenOut(reply.body)) secrets.add(value);
      return reply;
    }),
    postForm: safely(secrets, (...args: Parameters<Azure['postForm']>) => azure.postForm(...args)),
    upload: safely(secrets, (...args: Parameters<Azure['upload']>) => azure.upload(...args)),
    delete: safely(secrets, (...args: Parameters<Azure['delete']>) => azure.delete(...args)),
  };
}

/** The same session for everything that asks it directly. */
export function concealedSession(session: Session, secrets: KnownSecrets): Session {
  return {
    ...session,
    send: safely(secrets, (...args: Parameters<Session['send']>) => session.send(...args)),
    repeat: safely(secrets, (...args: Parameters<Session['repeat']>) => session.repeat(...args)),
    read: safely(secrets, (...args: Parameters<Session['read']>) => session.read(...args)),
  };
}

/** Keys, and signatures of URLs, in the answer of an action such as `listKeys`. */
function givenOut(body: Json | undefined): string[] {
  if (isArray(body)) return body.flatMap(givenOut);
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value !== 'string') return givenOut(value);
    const signature = URL.parse(value)?.searchParams.get('sig');
    if (signature) return [signature];
    return /(?:key\d?|secret|password|token|connectionstring)$/i.test(name) ? [value] : [];
  });
}

/** The same credential, whose tokens are known from then on. */
export function knownTokens(credential: TokenCredential, secrets: KnownSecrets): TokenCredential {
  return {
    async getToken(scopes, options) {
      const found = await credential.getToken(scopes, options);
      if (found) secrets.add(found.token);
      return found;
    },
  };
}
