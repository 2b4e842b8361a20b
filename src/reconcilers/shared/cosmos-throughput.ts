import { isAzureError, type AzureReads } from '../../model/azure.ts';
import { isObject, isWithin, member, mergePatch, valueAt, type JsonObject } from '../../model/json.ts';
import type { Live, Reconciler, WriteContext } from '../../model/kind.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';

const apiVersion = '2026-03-15';

/** `spec.throughput` as manifests write it. */
export interface Throughput {
  readonly fixed?: number;
  readonly autoscaleMax?: number;
}

/** `properties.options` of a create; Azure takes it then and never again. */
export function withThroughput(body: JsonObject, { throughput }: { readonly throughput?: Throughput }): JsonObject {
  return throughput ? (mergePatch(body, { properties: { options: settings(throughput) } }) as JsonObject) : body;
}

function settings({ fixed, autoscaleMax }: Throughput): JsonObject {
  return autoscaleMax === undefined
    ? { throughput: fixed ?? null }
    : { autoscaleSettings: { maxThroughput: autoscaleMax } };
}

function addressOf({ address }: Pick<Live, 'address'>) {
  return { path: `${address.path}/throughputSettings/default`, apiVersion };
}

/**
 * Microsoft.DocumentDB throughput of databases and containers is a resource of its own, `throughputSettings/default`: no
 * list has it, and it is missing (404) where none is provisioned. It is read for those that declare it only.
 */
export function withThroughputSettings(kind: Reconciler): Reconciler {
  return {
    ...kind,
    async inspect(reader, site, live) {
      if (member(site.spec as JsonObject, 'throughput') === undefined) return live;
      const throughput = await readThroughput(reader, live);
      if (!throughput) return live;
      const spec = { ...live.spec, throughput };
      return { ...live, spec, fingerprint: fingerprintOf({ ...live, spec }) };
    },
    async write(context, site, live, fields) {
      const wanted = member(site.spec as JsonObject, 'throughput');
      const isPlanned = fields.some(({ field }) => isWithin(field, '/throughput'));
      if (live && isPlanned && isObject(wanted)) await changeThroughput(context, live, wanted);
      return kind.write(context, site, live, fields);
    },
  };
}

async function readThroughput(reader: AzureReads, live: Live): Promise<JsonObject | undefined> {
  try {
    const found = await reader.get(addressOf(live));
    const resource = valueAt(found ?? {}, '/properties/resource');
    const most = valueAt(resource ?? {}, '/autoscaleSettings/maxThroughput');
    if (most !== undefined && most !== null) return { autoscaleMax: most };
    const fixed = valueAt(resource ?? {}, '/throughput');
    return fixed === undefined || fixed === null ? undefined : { fixed };
  } catch (error) {
    if (isAzureError(error, 'BadRequest')) return undefined;
    throw error;
  }
}

async function changeThroughput({ azure, signal }: WriteContext, live: Live, wanted: Throughput): Promise<void> {
  const now = member(live.spec, 'throughput') as Throughput | undefined;
  if (now?.fixed === wanted.fixed && now?.autoscaleMax === wanted.autoscaleMax) return;
  const { path } = addressOf(live);
  const kindChanges = now !== undefined && (now.autoscaleMax === undefined) !== (wanted.autoscaleMax === undefined);
  if (kindChanges) {
    const action = wanted.autoscaleMax === undefined ? 'migrateToManualThroughput' : 'migrateToAutoscale';
    await azure.post({ path: `${path}/${action}`, apiVersion }, undefined, { signal });
  }
  await azure.put({ path, apiVersion }, { properties: { resource: settings(wanted) } }, { signal });
}
