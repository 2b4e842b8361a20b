import { AzureError, isAzureError, type Azure } from '../model/azure.ts';

/** Shorter values are left alone: replacing them would garble messages that have nothing to do with them. */
const SHORTEST = 6;

/** Values of secrets that this process has read. */
export interface KnownSecrets {
  add(value: string): void;
  /** The text with every known value replaced. */
  conceal(text: string): string;
}

export function createKnownSecrets(): KnownSecrets {
  const values = new Set<string>();
  return {
    add(value) {
      if (value.length >= SHORTEST) values.add(value);
    },
    conceal: (text) =>
      [...values].toSorted((a, b) => b.length - a.length).reduce((rest, one) => rest.replaceAll(one, '(secret)'), text),
  };
}

/** The same Azure, whose errors do not repeat a known secret, although Azure's message may. */
export function concealed(azure: Azure, secrets: KnownSecrets): Azure {
  const safely =
    <Args extends readonly unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        return await call(...args);
      } catch (error) {
        if (!isAzureError(error)) throw error;
        const { details } = error;
        throw new AzureError({
          ...details,
          code: secrets.conceal(details.code),
          message: secrets.conceal(details.message),
        });
      }
    };
  return {
    ...azure,
    get: safely((...args: Parameters<Azure['get']>) => azure.get(...args)),
    put: safely((...args: Parameters<Azure['put']>) => azure.put(...args)),
    patch: safely((...args: Parameters<Azure['patch']>) => azure.patch(...args)),
    post: safely((...args: Parameters<Azure['post']>) => azure.post(...args)),
    postForm: safely((...args: Parameters<Azure['postForm']>) => azure.postForm(...args)),
    delete: safely((...args: Parameters<Azure['delete']>) => azure.delete(...args)),
  };
}
