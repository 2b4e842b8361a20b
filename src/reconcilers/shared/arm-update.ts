import { AzureError } from '../../model/azure.ts';
import { problem, ProblemError } from '../../model/diagnostic.ts';
import { textAt, valueAt, withValueAt, type JsonObject, type Pointer } from '../../model/json.ts';
import type { Live, Site, WriteContext } from '../../model/kind.ts';
import type { FieldChange } from '../../model/plan.ts';
import type { CompiledArmKind } from './arm-kind.ts';
import { declaredBody, dropAll, marked, writable } from './arm-body.ts';
import { callFor, outcomeOf, type Call } from './edit/call.ts';
import { edit } from './edit/edit.ts';
import { unplanned } from './edit/guard.ts';
import { removedTargets, targetsOf } from './edit/targets.ts';
import { undone } from './edit/undone.ts';
import { MARK_POINTERS } from './marks.ts';

/** An update before it is sent: what is live and can be written, what it will be, and which body pointers may differ. */
export interface Update {
  readonly live: JsonObject;
  readonly edited: JsonObject;
  /** With `*` for items of lists. */
  readonly allowed: readonly string[];
}

/**
 * The live body with the planned changes made and nothing else: what the manifest makes of the body with and without
 * them differs in exactly what they stand for. Secrets are still references.
 */
export function updateOf(kind: CompiledArmKind, site: Site, body: JsonObject, fields: readonly FieldChange[]): Update {
  const spec = site.spec as JsonObject;
  const before = declaredBody(kind, undone(spec, fields), lenient(site));
  const after = declaredBody(kind, spec, site);
  const withheld = kind.withhold?.(spec) ?? [];
  const live = dropAll(writable(body, kind.readOnly ?? []), kind.createOnly ?? []);
  const rules = {
    lists: kind.lists,
    removed: new Set(removedTargets(kind, spec, fields)),
    writeOnly: new Set<string>(kind.update === 'patch' ? [] : kind.writeOnly),
    whole: kind.update !== 'patch' && kind.keepsSecrets !== true,
  };
  const changed = edit({ live, before, after }, rules) as JsonObject;
  const edited = marked(kind, dropAll(changed, [...(kind.createOnly ?? []), ...withheld]), site);
  const marks = kind.ownership === 'description' ? ['/properties/description'] : MARK_POINTERS;
  const allowed = [...targetsOf(kind, spec, fields), ...(kind.writeOnly ?? []), ...withheld, ...marks];
  return { live, edited, allowed };
}

/** What is no longer part of the environment can still be named: it only has to differ from what is wanted. */
function lenient(site: Site): Site {
  return {
    ...site,
    pathOf: (id) => site.pathOf(id) ?? `?${id}`,
    azureNameOf: (id) => site.azureNameOf(id) ?? `?${id}`,
    outputOf: (id, output) => site.outputOf(id, output) ?? `?${id}.${output}`,
  };
}

/** The smallest call for an update, with what an update of the kind needs besides. */
export function callOf(kind: CompiledArmKind, { live, edited }: Update, body: JsonObject): Call {
  const call = callFor(live, edited, { update: kind.update ?? 'put', tags: kind.ownership === 'tags' });
  return call.how === 'patch' ? { how: 'patch', body: withResets(kind, call.body, body) } : call;
}

/** A name that belongs to the present state is taken away whenever what it names changes. */
function withResets({ resets = [] }: CompiledArmKind, body: JsonObject, live: JsonObject): JsonObject {
  return resets.reduce<JsonObject>((patch, path) => {
    const parent = path.slice(0, path.lastIndexOf('/')) as Pointer;
    const isNamed = textAt(live, path) !== '';
    return isNamed && valueAt(patch, parent) !== undefined && valueAt(patch, path) === undefined
      ? (withValueAt(patch, path, null) as JsonObject)
      : patch;
  }, body);
}

/** Stops an update that would lose or change what the plan does not show, before it is sent. */
export function assertPlanned(kind: CompiledArmKind, site: Site, update: Update, call: Call): void {
  const found = unplanned(update.live, outcomeOf(update.live, call), { allowed: update.allowed, lists: kind.lists });
  if (found.length === 0) return;
  throw new ProblemError(
    problem('ING5008', `The request would change ${found.join(', ')}, which the plan does not show`, {
      resource: site.id,
      hint: 'Nothing was sent. Please report it: it is a mistake of the kind.',
    }),
  );
}

const TAGS_API = '2025-04-01';

/** A type without it, or whose provider does not let its tags be changed by themselves. */
function isWithoutTags(error: unknown): boolean {
  if (!(error instanceof AzureError)) return false;
  const { status = 0, code } = error.details;
  return (
    [404, 405, 501].includes(status) || (status === 400 && /unsupported|notsupported|invalidresourcetype/i.test(code))
  );
}

/** Changes tags alone; undefined where the type does not take that, so that the resource has to be sent. */
export async function changeTags(
  { azure, signal, report }: WriteContext,
  { address, body }: Pick<Live, 'address' | 'body'>,
  call: Extract<Call, { how: 'tags' }>,
): Promise<JsonObject | undefined> {
  const at = { path: `${address.path}/providers/Microsoft.Resources/tags/default`, apiVersion: TAGS_API };
  const { operation, tags } = call;
  try {
    await azure.patch(at, { operation, properties: { tags } }, { signal, report });
    return outcomeOf(body, call);
  } catch (error) {
    if (isWithoutTags(error)) return undefined;
    throw error;
  }
}
