import type { AzureReader } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { isWithin, textAt, textOf, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope } from '../../model/kind.ts';
import type { Change } from '../../model/plan.ts';

const TYPE = 'microsoft.authorization/locks';
const apiVersion = '2020-05-01';

/** A management lock: what it is on, and what it forbids below. */
interface Lock {
  readonly name: string;
  readonly path: string;
  readonly scope: string;
  readonly level: string;
}

/**
 * Locks of the resource group, of what is in it and of the subscription, against what the plan would do: `CanNotDelete`
 * forbids deleting, `ReadOnly` every write. Only resources of the control plane are locked. A lock that the plan removes
 * itself stands in nobody's way.
 */
export async function checkLocks(
  reader: AzureReader,
  changes: readonly Change[],
  scope: EnvironmentScope,
): Promise<Diagnostic[]> {
  const planned = changes.filter(({ action, address }) => WRITES.has(action) && address?.startsWith('/'));
  if (planned.length === 0) return [];
  const at = (path: string, query?: Readonly<Record<string, string>>) =>
    reader.list({ path: `${path}/providers/Microsoft.Authorization/locks`, apiVersion, ...(query ? { query } : {}) });
  const lists = await Promise.all([
    at(scope.groupPath),
    at(`/subscriptions/${scope.subscriptionId}`, { $filter: 'atScope()' }),
  ]);
  const going = new Set(
    changes.flatMap(({ action, address }) => (action === 'delete' ? (address ?? '').toLowerCase() : [])),
  );
  const locks = lists.flatMap((list) => (list ?? []).flatMap(lockOf)).filter(({ path }) => !going.has(path));
  return planned.flatMap((change) => {
    const lock = locks.find((one) => stands(one, change));
    return lock ? [blocked(change, lock)] : [];
  });
}

const WRITES: ReadonlySet<Change['action']> = new Set(['create', 'update', 'replace', 'delete']);

function lockOf(body: JsonObject): Lock[] {
  const path = textOf(body, 'id').toLowerCase();
  const end = path.lastIndexOf(`/providers/${TYPE}/`);
  return end < 0
    ? []
    : [
        {
          path,
          scope: path.slice(0, end),
          name: textOf(body, 'name'),
          level: textAt(body, '/properties/level').toLowerCase(),
        },
      ];
}

function stands({ scope, level }: Lock, { action, address }: Change): boolean {
  const path = (address ?? '').toLowerCase();
  if (!path.startsWith('/') || !isWithin(path as `/${string}`, scope as `/${string}`)) return false;
  return level === 'readonly' || action === 'delete' || action === 'replace';
}

function blocked({ id, action }: Change, { name, scope, level }: Lock): Diagnostic {
  const verb = action === 'delete' || action === 'replace' ? 'deleted' : 'written';
  const kind = level === 'readonly' ? 'ReadOnly' : 'CanNotDelete';
  return problem('ING3019', `${id} cannot be ${verb}: the lock "${name}" (${kind}) is on ${scope}`, {
    resource: id,
    hint: `Remove it for the change: az lock delete --name ${name}, or leave the resource as it is.`,
  });
}
