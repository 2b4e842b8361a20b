import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { equal, isArray, isObject, type Json } from '../model/json.ts';
import type { Change, Head, Plan } from '../model/plan.ts';

/** Differences that are listed; what goes beyond is counted. */
const MOST_DIFFERENCES = 20;
/** Fields of one resource that are named. */
const MOST_FIELDS = 6;

/** Why a reviewed plan is not what would be done now; empty when it is, to the last field. Values are never printed. */
export function staleReasons(reviewed: Plan, now: Plan): Diagnostic[] {
  if (reviewed.digest === now.digest) return [];
  const reasons = [
    ...toolReasons(reviewed, now),
    ...headReasons(reviewed.head, now.head),
    ...baseReasons(reviewed, now),
    ...decisionReasons(reviewed, now),
    ...listReasons('refused now', reviewed.refusals.map(textOf), now.refusals.map(textOf)),
    ...listReasons(
      'left in Azure',
      reviewed.leftovers.map(({ id }) => id),
      now.leftovers.map(({ id }) => id),
    ),
  ];
  const shown = reasons.slice(0, MOST_DIFFERENCES);
  const more = reasons.length - shown.length;
  const message = `The plan is stale: ${[...shown, ...(more > 0 ? [`${more} more differences`] : [])].join('; ')}`;
  return [problem('ING3006', message, { hint: 'Make a new plan and have it reviewed.' })];
}

function textOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}

function toolReasons(reviewed: Plan, now: Plan): string[] {
  const places = Object.entries(now.environment).flatMap(([key, value]) => {
    const before = Object.entries(reviewed.environment).find(([name]) => name === key)?.[1];
    return before === value ? [] : [`it is for the ${key} "${before}", now "${value}"`];
  });
  return [
    ...(reviewed.tool === now.tool ? [] : [`it was made by ${reviewed.tool}, this is ${now.tool}`]),
    ...places,
    ...(reviewed.allowOlder === now.allowOlder ? [] : ['--allow-older is not as it was']),
    ...(reviewed.prune === now.prune ? [] : [`it was made ${reviewed.prune ? 'with' : 'without'} --prune`]),
  ];
}

function headReasons(reviewed: Head, now: Head): string[] {
  if (reviewed.commit !== now.commit)
    return [`it was made at commit ${short(reviewed.commit)}, checked out is ${short(now.commit)}`];
  const [before, after] = [reviewed.changed ?? [], now.changed ?? []];
  const since = after.filter((file) => !before.includes(file));
  const undone = before.filter((file) => !after.includes(file));
  const isUnknown = since.length + undone.length === 0 && reviewed.dirty !== now.dirty;
  return [
    ...(since.length > 0 ? [`uncommitted since: ${listed(since)}`] : []),
    ...(undone.length > 0 ? [`no longer uncommitted: ${listed(undone)}`] : []),
    ...(isUnknown ? [`its files were ${reviewed.dirty ? 'not ' : ''}committed`] : []),
  ];
}

function baseReasons(reviewed: Plan, now: Plan): string[] {
  if (reviewed.base !== now.base)
    return [`drift was measured from commit ${short(reviewed.base)}, now from ${short(now.base)}`];
  return reviewed.baseMissing === now.baseMissing
    ? []
    : [`drift was ${reviewed.baseMissing === null ? '' : 'not '}told apart, now: ${now.baseMissing ?? 'it is'}`];
}

function decisionReasons(reviewed: Plan, now: Plan): string[] {
  const before = new Map(reviewed.changes.map((change) => [change.id, change]));
  const after = new Map(now.changes.map((change) => [change.id, change]));
  const ids = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const reasons = ids.flatMap((id) => {
    const [old, current] = [before.get(id), after.get(id)];
    const isSame = equal(json(old), json(current));
    const isLiveSame = (reviewed.basedOn[id] ?? null) === (now.basedOn[id] ?? null);
    if (isSame) return isLiveSame ? [] : [`${id} changed in Azure`];
    const where = isLiveSame ? '' : ' (changed in Azure)';
    if (!old || !current || old.action !== current.action)
      return [`${id}: ${actionOf(old)}, now ${actionOf(current)}${where}`];
    return [`${id}: ${old.action} of other values: ${listed(differingFields(old, current))}${where}`];
  });
  const isReordered = reasons.length === 0 && !equal([...before.keys()], [...after.keys()]);
  return isReordered ? ['its changes come in another order'] : reasons;
}

function differingFields(old: Change, current: Change): string[] {
  if ('fields' in old && 'fields' in current) {
    const before = new Map(old.fields.map((field) => [field.label, field]));
    const after = new Map(current.fields.map((field) => [field.label, field]));
    const labels = [...new Set([...before.keys(), ...after.keys()])];
    const differing = labels.filter((label) => !equal(json(before.get(label)), json(after.get(label))));
    if (differing.length > 0) return differing;
  }
  if ('after' in old && 'after' in current) {
    const differing = differingPaths(old.after, current.after, '');
    if (differing.length > 0) return differing;
  }
  return differingPaths(json(old), json(current), '');
}

function differingPaths(before: Json | undefined, after: Json | undefined, path: string): string[] {
  if (equal(before, after)) return [];
  const both = isObject(before) && isObject(after) ? [before, after] : undefined;
  const lists = isArray(before) && isArray(after) ? [before, after] : undefined;
  const [one, other] = both ?? lists ?? [];
  if (!one || !other) return [path === '' ? 'all of it' : path];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const valueOf = (side: object, key: string): Json | undefined =>
    Object.entries(side).find(([name]) => name === key)?.[1] as Json | undefined;
  return keys.flatMap((key) =>
    differingPaths(valueOf(one, key), valueOf(other, key), path === '' ? key : `${path}.${key}`),
  );
}

function listReasons(what: string, before: readonly string[], after: readonly string[]): string[] {
  const added = after.filter((one) => !before.includes(one));
  const gone = before.filter((one) => !after.includes(one));
  return [
    ...(added.length > 0 ? [`${what}: ${listed(added)}`] : []),
    ...(gone.length > 0 ? [`no longer ${what}: ${listed(gone)}`] : []),
  ];
}

/** What JSON holds of a value; a plan that was saved has no more. */
function json(value: object | undefined): Json | undefined {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_FIELDS;
  return [...names.slice(0, MOST_FIELDS), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function short(commit: string | null): string {
  return commit === null ? 'none' : commit.slice(0, 10);
}

function actionOf(change: Change | undefined): string {
  if (!change) return 'not in it';
  return change.action === 'update'
    ? `update of ${listed(change.fields.map((field) => field.label)) || 'ownership'}`
    : change.action;
}
