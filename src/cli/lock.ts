import type { Lease, LockOwner } from '../azure/blob-lease.ts';
import type { Connection } from '../azure/connect.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { isAzureError, type Azure } from '../model/azure.ts';
import { problem, warning, type Diagnostic } from '../model/diagnostic.ts';
import { equal, textAt, valueAt } from '../model/json.ts';
import type { Change } from '../model/plan.ts';
import { resourceId, type ResourceId } from '../model/resource-id.ts';
import { registry } from '../reconcilers/registry.ts';
import { rolloutKinds } from '../reconcilers/rollouts.ts';
import { actorOf } from './actor.ts';
import { environmentAt } from './base.ts';
import type { Io } from './io.ts';
import { exitCodeFor, reportProblems } from './report.ts';
import type { EnvironmentOptions, Opened } from './session.ts';
import { announceVirtualClock } from './virtual-clock.ts';
import { stoppable, withinGrace } from './stopping.ts';

/** Resources that a warning names; what goes beyond is counted. */
const MOST_NAMED = 5;

export interface LockOptions extends EnvironmentOptions {
  /** Seconds to wait for somebody else's lock; not at all without. */
  readonly lockTimeout?: number;
  /** False: work without a lock. */
  readonly lock?: boolean;
}

/** Why work that takes several requests over time must not be begun; undefined where it may. */
export function requireLock(
  { environment, graph }: Pick<Opened, 'environment' | 'graph'>,
  { lock = true }: Pick<LockOptions, 'lock'>,
): Diagnostic | undefined {
  if (environment.spec.lock || !lock) return undefined;
  const rolledOut = [...graph.values()].find(({ definition, spec }) => {
    const strategy = textAt(spec, '/rollout/strategy');
    return rolloutKinds.has(definition.kind) && strategy !== '' && strategy !== 'recreate';
  });
  return (
    rolledOut &&
    problem('ING6405', `The rollout of ${rolledOut.id} needs a lock on the environment`, {
      resource: rolledOut.id,
      hint: 'Declare `lock` in the Environment, or pass --no-lock where nobody else can write to it.',
    })
  );
}

/** A warning where what a plan runs costs, and nothing keeps another run from doing it at the same time. */
export function warnOfCosts(
  { environment }: Pick<Opened, 'environment'>,
  changes: readonly Change[],
  { lock = true }: Pick<LockOptions, 'lock'>,
): Diagnostic[] {
  const paid = changes.filter(({ action }) => action === 'run').map(({ id }) => id);
  if (environment.spec.lock || !lock || paid.length === 0) return [];
  const rest = paid.length - MOST_NAMED;
  const named = [...paid.slice(0, MOST_NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return [
    warning('ING6407', `Without a lock, another run at the same time would do this twice: ${named}`, {
      hint: 'Declare `lock` in the Environment, or pass --no-lock where nobody else can write to it.',
    }),
  ];
}

/**
 * Runs what writes to an environment under its lock, where it declares one: writes through the connection that is handed
 * over are refused once the lock may be lost. Resolves to 14 when somebody else has it. Signals are held from here on: the
 * first ends reading for a plan, and what the body does with `holdSignals` is its own; after the second the body gets two
 * more seconds. Whatever happens, the lock is given back.
 */
export async function withLock(
  io: Io,
  opened: Opened,
  connection: Connection,
  options: LockOptions,
  body: (connection: Connection) => Promise<number>,
): Promise<number> {
  announceVirtualClock(io, opened);
  const { lock } = opened.environment.spec;
  const { stop, kill } = io.holdSignals();
  stop.throwIfAborted();
  const reader = stoppable(connection.reader, stop);
  const work = (azure: Azure): Promise<number> => withinGrace(kill, body({ ...connection, reader, azure, stop }));
  if (!lock || options.lock === false) return work(connection.azure);
  const taken = await take(io, opened, { ...connection, reader, stop }, lock, options);
  if ('code' in taken) {
    reportProblems(io, [taken], taken.severity === 'warning' ? {} : options);
    return taken.severity === 'warning' ? work(connection.azure) : exitCodeFor([taken]);
  }
  const { guarded } = await import('../azure/guarded.ts');
  try {
    return await work(guarded(connection.azure, taken));
  } finally {
    await taken.release();
  }
}

async function take(
  io: Io,
  opened: Opened,
  connection: Connection,
  lock: { readonly storageAccount: string; readonly container: string },
  { lockTimeout = 0 }: LockOptions,
): Promise<Lease | Diagnostic> {
  const { graph, scope } = opened;
  const own = graph.get(resourceId('StorageAccount', lock.storageAccount));
  const account = own?.azureName ?? lock.storageAccount;
  const { takeLease } = await import('../azure/blob-lease.ts');
  const { name, run } = actorOf(io.env);
  try {
    if (own && !(await exists(connection, scope.groupPath, own.azureName, lock.container)))
      return await missing(connection, opened, own.id, `${account}/${lock.container}`);
    const taken = await takeLease({
      session: connection.session,
      container: `https://${account}${connection.blobSuffix}/${lock.container}`,
      blob: scope.name,
      owner: {
        who: name ?? 'unknown',
        run: run ?? connection.session.correlationId,
        since: new Date(connection.session.clock.now()).toISOString(),
      },
      patience: lockTimeout * 1000,
      ...(connection.stop ? { signal: connection.stop } : {}),
      report: (holder) => io.say([`Waiting for the lock${holder ? ` of ${describe(holder)}` : ''}.`]),
    });
    if (!('holder' in taken)) return taken;
    const { holder } = taken;
    return problem('ING6401', `The environment ${scope.name} is locked${holder ? ` by ${describe(holder)}` : ''}`, {
      hint: 'Try again when that run has ended, or wait for it with --lock-timeout SECONDS.',
    });
  } catch (error) {
    if (!isAzureError(error)) throw error;
    const { message } = describeAzureError(error);
    return problem('ING6403', `The lock in ${account}/${lock.container} cannot be taken: ${message}`, {
      hint: own ? undefined : `No StorageAccount/${lock.storageAccount} is declared here, so this is its Azure name.`,
    });
  }
}

/** Where nothing was applied yet, or without this lock, it cannot be there; afterwards somebody removed it. */
async function missing(
  { reader }: Connection,
  { scope, project, environment }: Opened,
  id: ResourceId,
  place: string,
): Promise<Diagnostic> {
  const group = await reader.get({ path: scope.groupPath, apiVersion: GROUP_API_VERSION });
  const mark = group && registry.get('Environment')?.appliedMark?.(group);
  const before = mark && (await environmentAt(project.root, mark));
  const isNew = before && !equal({ ...before.lock }, { ...environment.spec.lock });
  if (isNew || valueAt(group, '/tags/ingate-commit') === undefined)
    return warning('ING6404', `The lock is not there yet: ${id} has to be created first`, { resource: id });
  return problem('ING6406', `The lock in ${place} is gone, although ${scope.name} was applied with it before`, {
    resource: id,
    hint: 'Restore the container, or pass --no-lock while nobody else can write, so that it is created again.',
  });
}

function describe({ who, run, since }: LockOwner): string {
  return `${who} since ${since}${run === '' ? '' : ` (${run})`}`;
}

const API_VERSION = '2026-04-01';
const GROUP_API_VERSION = '2025-04-01';

/** Microsoft.Storage/storageAccounts/blobServices/containers. */
async function exists({ reader }: Connection, group: string, account: string, container: string): Promise<boolean> {
  const path = `${group}/providers/Microsoft.Storage/storageAccounts/${account}/blobServices/default/containers/${container}`;
  return (await reader.get({ path, apiVersion: API_VERSION })) !== undefined;
}
