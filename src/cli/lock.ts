import type { Lease, LockOwner } from '../azure/blob-lease.ts';
import type { Connection } from '../azure/connect.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { isAzureError } from '../model/azure.ts';
import { problem, warning, type Diagnostic } from '../model/diagnostic.ts';
import { textAt } from '../model/json.ts';
import { resourceId } from '../model/resource-id.ts';
import { rolloutKinds } from '../reconcilers/rollouts.ts';
import { actorOf } from './actor.ts';
import type { Io } from './io.ts';
import { exitCodeFor, reportProblems } from './report.ts';
import type { EnvironmentOptions, Opened } from './session.ts';
import { announceVirtualClock } from './virtual-clock.ts';

export interface LockOptions extends EnvironmentOptions {
  /** Seconds to wait for somebody else's lock; not at all without. */
  readonly lockTimeout?: number;
  /** False: work without a lock. */
  readonly lock?: boolean;
}

/** Why work that takes several requests over time must not be begun; undefined where it may. */
export function requireLock(
  { environment, graph }: Pick<Opened, 'environment' | 'graph'>,
  { lock = true }: LockOptions,
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

/**
 * Runs what writes to an environment under its lock, where it declares one: writes through the connection that is handed
 * over are refused once the lock may be lost. Resolves to 14 when somebody else has it.
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
  if (!lock || options.lock === false) return body(connection);
  const taken = await take(io, opened, connection, lock, options);
  if ('code' in taken) {
    reportProblems(io, [taken], taken.severity === 'warning' ? {} : options);
    return taken.severity === 'warning' ? body(connection) : exitCodeFor([taken]);
  }
  const { guarded } = await import('../azure/guarded.ts');
  try {
    return await body({ ...connection, azure: guarded(connection.azure, taken) });
  } finally {
    await taken.release();
  }
}

async function take(
  io: Io,
  { graph, scope }: Opened,
  connection: Connection,
  lock: { readonly storageAccount: string; readonly container: string },
  { lockTimeout = 0 }: LockOptions,
): Promise<Lease | Diagnostic> {
  const own = graph.get(resourceId('StorageAccount', lock.storageAccount));
  const account = own?.azureName ?? lock.storageAccount;
  if (own && !(await exists(connection, scope.groupPath, own.azureName, lock.container))) {
    return warning('ING6404', `The lock is not there yet: ${own.id} has to be created first`, { resource: own.id });
  }
  const { takeLease } = await import('../azure/blob-lease.ts');
  const { name, run } = actorOf(io.env);
  try {
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

function describe({ who, run, since }: LockOwner): string {
  return `${who} since ${since}${run === '' ? '' : ` (${run})`}`;
}

const API_VERSION = '2026-04-01';

/** Microsoft.Storage/storageAccounts/blobServices/containers. */
async function exists({ reader }: Connection, group: string, account: string, container: string): Promise<boolean> {
  const path = `${group}/providers/Microsoft.Storage/storageAccounts/${account}/blobServices/default/containers/${container}`;
  return (await reader.get({ path, apiVersion: API_VERSION })) !== undefined;
}
