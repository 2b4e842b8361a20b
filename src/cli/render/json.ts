import { isArray, isObject, mapValues, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { isSecretReference, isValueFrom } from '../../model/manifest.ts';
import type { Change, Plan } from '../../model/plan.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import { hasDrift, isPending } from './summary.ts';

/** Version of the form below. A new minor version only adds. */
const PLAN_FORMAT_VERSION = '1.0';

/**
 * A plan for programs, with Terraform's names where the meaning is the same. Its schema is `schema/plan.schema.json`.
 * Secrets are replaced by true in `before_sensitive` and `after_sensitive`.
 */
export function publicPlan(plan: Plan): JsonObject {
  const { environment, head, base, baseMissing, digest, tool, changes, leftovers, refusals, warnings } = plan;
  const pending = isPending(plan);
  const drift = hasDrift(plan);
  return json({
    format_version: PLAN_FORMAT_VERSION,
    ingate_version: tool,
    environment,
    outcome: refusals.length > 0 ? 'refused' : pending ? 'pending' : drift ? 'drift' : 'unchanged',
    applyable: refusals.length === 0 && changes.some((change) => change.action !== 'keep'),
    head,
    base: base === null ? null : { commit: base },
    base_missing: baseMissing,
    plan_hash: digest,
    resource_changes: changes.map((change) => resourceChange(change, plan)),
    resource_drift: changes.flatMap(driftOf),
    gates: changes.filter((change) => change.action === 'run').map(({ id, task }) => ({ address: id, ...task })),
    leftovers,
    diagnostics: [...refusals, ...warnings],
  });
}

function json(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

const ACTIONS: Readonly<Record<Change['action'], readonly string[]>> = {
  keep: ['no-op'],
  create: ['create'],
  update: ['update'],
  replace: ['delete', 'create'],
  delete: ['delete'],
  run: ['run'],
};

function resourceChange(change: Change, plan: Plan): object {
  const before = 'before' in change ? change.before : null;
  const after = 'after' in change ? change.after : null;
  const forced = change.action === 'replace' ? change.forcedBy : [];
  return {
    address: change.id,
    type: kindOf(change.id),
    name: nameOf(change.id),
    azure_type: change.azureType,
    azure_id: change.address,
    change: {
      actions: ACTIONS[change.action],
      before: before && shown(before),
      after: after && shown(after),
      after_unknown: after === null ? {} : marked(after, isValueFrom),
      before_sensitive: before === null ? {} : marked(before, isSecretReference),
      after_sensitive: after === null ? {} : marked(after, isSecretReference),
      replace_paths: forced.filter((cause): cause is Pointer => cause.startsWith('/')).map(pathOf),
    },
    ...('fields' in change
      ? { fields: change.fields.map(({ field, label, class: of }) => ({ path: pathOf(field), label, class: of })) }
      : {}),
    class: classOf(change),
    risk: change.risk,
    depends_on: change.dependsOn,
    fingerprint: plan.basedOn[change.id] ?? null,
    ...(change.note === undefined ? {} : { note: change.note }),
  };
}

function pathOf(field: Pointer): string[] {
  return field.split('/').slice(1);
}

function classOf(change: Change): string {
  if (change.action === 'keep') return 'unchanged';
  if (change.action !== 'update' && change.action !== 'replace') return 'pending';
  const classes = new Set(change.fields.map((field) => field.class));
  if (classes.has('conflict')) return 'conflict';
  return classes.has('pending') || classes.size === 0 ? 'pending' : 'drift';
}

/** A spec as others may see it: null stands where a value is secret or not known yet. */
function shown(spec: JsonObject): Json {
  return mapValues(spec, (value) => (isSecretReference(value) || isValueFrom(value) ? null : value));
}

/** The shape of a spec with true where a value is of a kind, as Terraform marks unknown and sensitive values. */
function marked(value: Json, is: (value: Json) => boolean): Json {
  if (is(value)) return true;
  if (isArray(value)) return value.some((item) => hasAny(item, is)) ? value.map((item) => marked(item, is)) : [];
  if (!isObject(value)) return false;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => hasAny(item, is))
      .map(([key, item]) => [key, marked(item, is)]),
  );
}

function hasAny(value: Json, is: (value: Json) => boolean): boolean {
  if (is(value)) return true;
  if (isArray(value)) return value.some((item) => hasAny(item, is));
  return isObject(value) && Object.values(value).some((item) => hasAny(item, is));
}

function driftOf(change: Change): object[] {
  if (change.action === 'create' && change.drift)
    return [{ address: change.id, type: kindOf(change.id), name: nameOf(change.id), deleted: true, fields: [] }];
  if (change.action !== 'update' && change.action !== 'replace') return [];
  const fields = change.fields.filter((field) => field.class === 'drift' || field.class === 'conflict');
  if (fields.length === 0) return [];
  return [
    {
      address: change.id,
      type: kindOf(change.id),
      name: nameOf(change.id),
      fields: fields.map(({ field, label, before, after, class: of }) => ({
        path: pathOf(field),
        label,
        live: before ?? null,
        declared: after ?? null,
        class: of,
      })),
    },
  ];
}
