import { textOf, type JsonObject } from '../../model/json.ts';
import type { Reconciler, Site, WriteContext } from '../../model/kind.ts';

/** How a kind deals with a deleted resource that still holds the name. */
export interface SoftDelete {
  /** True when a create was refused because of it. */
  readonly refused: (error: unknown) => boolean;
  /** Brings it back as it was. Resolves to its body. */
  readonly restore: (context: WriteContext, site: Site, path: string) => Promise<JsonObject>;
  /** Deletes it for good. */
  readonly purge: (context: WriteContext, site: Site) => Promise<void>;
}

/**
 * A kind whose deleted resources keep their name: what `onSoftDeleted` says is done when a create meets one. After a
 * restore the declared state is written once more, because the resource comes back as it was.
 */
export function withSoftDelete(kind: Reconciler, { refused, restore, purge }: SoftDelete): Reconciler {
  return {
    ...kind,
    async write(context, site, live, removed) {
      try {
        return await kind.write(context, site, live, removed);
      } catch (error) {
        const choice = textOf(site.spec as JsonObject, 'onSoftDeleted');
        const { address } = kind.locate(site);
        if (live || !address || !refused(error) || choice === 'fail') throw error;
        if (choice === 'purge') {
          context.report('purging the deleted one');
          await purge(context, site);
          return kind.write(context, site, undefined, []);
        }
        context.report('restoring the deleted one');
        const body = await restore(context, site, address.path);
        const back = { ...kind.observe(body, site), address, body, fingerprint: '' };
        return kind.write(context, site, back, []);
      }
    },
  };
}
