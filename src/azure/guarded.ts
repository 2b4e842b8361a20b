import type { Azure } from '../model/azure.ts';
import type { Lease } from './blob-lease.ts';

/** The same Azure, in which no write starts unless the lease is held. Reads need none. */
export function guarded(azure: Azure, lease: Pick<Lease, 'assertHeld'>): Azure {
  const whileHeld =
    <Args extends readonly unknown[], T>(write: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      lease.assertHeld();
      return write(...args);
    };
  return {
    ...azure,
    put: whileHeld((...args: Parameters<Azure['put']>) => azure.put(...args)),
    patch: whileHeld((...args: Parameters<Azure['patch']>) => azure.patch(...args)),
    post: whileHeld((...args: Parameters<Azure['post']>) => azure.post(...args)),
    postForm: whileHeld((...args: Parameters<Azure['postForm']>) => azure.postForm(...args)),
    upload: whileHeld((...args: Parameters<Azure['upload']>) => azure.upload(...args)),
    delete: whileHeld((...args: Parameters<Azure['delete']>) => azure.delete(...args)),
  };
}
