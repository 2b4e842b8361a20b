import { problem, warning, type Diagnostic } from '../../model/diagnostic.ts';
import { textOf, type JsonObject } from '../../model/json.ts';
import type { Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { differences } from './edit/undone.ts';

const CHOSEN: Readonly<Record<string, string>> = {
  restore: 'It is restored, and then made as declared.',
  purge: 'It is purged first; what it held is gone for good.',
};

/** How a kind deals with a deleted resource that still holds the name. */
export interface SoftDelete {
  /** The collection of deleted resources of a subscription, by `name`. */
  readonly deleted: { readonly provider: string; readonly collection: string; readonly apiVersion: string };
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
export function withSoftDelete(kind: Reconciler, { deleted, refused, restore, purge }: SoftDelete): Reconciler {
  return {
    ...kind,
    async preflight(reader, prospects, { subscriptionId }) {
      const created = prospects.filter(({ change }) => change.action === 'create');
      if (created.length === 0) return [];
      const path = `/subscriptions/${subscriptionId}/providers/${deleted.provider}/${deleted.collection}`;
      const found = (await reader.list({ path, apiVersion: deleted.apiVersion })) ?? [];
      const names = new Set(found.map((one) => textOf(one, 'name').toLowerCase()));
      return created
        .filter(({ site }) => names.has(site.azureName.toLowerCase()))
        .map(({ change: { id: resource }, site }) => nameHeld(resource, site));
    },
    async write(context, site, live, fields) {
      try {
        return await kind.write(context, site, live, fields);
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
        return kind.write(
          context,
          site,
          back,
          differences(site.spec as JsonObject, back.spec, inlineSchema(kind.schema)),
        );
      }
    },
  };
}

function nameHeld(resource: ResourceId, { azureName, spec }: Site): Diagnostic {
  const message = `A deleted resource still holds the name ${azureName}`;
  const chosen = CHOSEN[textOf(spec as JsonObject, 'onSoftDeleted')];
  return chosen === undefined
    ? problem('ING3008', message, { resource, hint: 'Set onSoftDeleted to restore or purge, or choose another name.' })
    : warning('ING3008', `${message}. ${chosen}`, { resource });
}
