import { connect } from '../../src/azure/connect.ts';
import type { Azure } from '../../src/model/azure.ts';
import { validateEnvironment, planEnvironment } from '../../src/planner/index.ts';
import { filesOnDisk } from '../../src/planner/load/files.ts';
import { applyPlan } from '../../src/reconcilers/apply.ts';
import { impatientClock } from './impatient-clock.ts';
import type { ApplyResult } from '../../src/reconcilers/apply/events.ts';
import { registry } from '../../src/reconcilers/registry.ts';
import type { Lab } from './lab.ts';

/** The process dies here: this call, and every one after it, never returns to its caller. */
class Crash extends Error {}

/** Where a process dies: before or after its n-th write reached Azure. */
export interface CrashPoint {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/** Azure as a process sees it that dies at a point; counts the writes that were begun. */
function dying(azure: Azure, point: CrashPoint | undefined): { azure: Azure; writes: () => number } {
  let writes = 0;
  let dead = false;
  const alive = <T>(call: () => Promise<T>): Promise<T> =>
    dead ? Promise.reject(new Crash('the process died')) : call();
  const write = async <T>(call: () => Promise<T>): Promise<T> => {
    if (dead) throw new Crash('the process died');
    writes++;
    const here = point?.write === writes;
    if (here && point.when === 'before') {
      dead = true;
      throw new Crash('the process died');
    }
    const result = await call();
    if (here) {
      dead = true;
      throw new Crash('the process died');
    }
    return result;
  };
  return {
    writes: () => writes,
    azure: {
      now: () => azure.now(),
      sleep: (...args) => azure.sleep(...args),
      get: (address) => alive(() => azure.get(address)),
      text: (address) => alive(() => azure.text(address)),
      head: (address) => alive(() => azure.head(address)),
      list: (address) => alive(() => azure.list(address)),
      put: (...args) => write(() => azure.put(...args)),
      patch: (...args) => write(() => azure.patch(...args)),
      post: (...args) => write(() => azure.post(...args)),
      postForm: (...args) => write(() => azure.postForm(...args)),
      upload: (...args) => write(() => azure.upload(...args)),
      delete: (...args) => write(() => azure.delete(...args)),
    },
  };
}

/** Plans and applies once, dying at `point`. Resolves to how it ended and how many writes were begun. */
export async function applyDyingAt(
  lab: Lab,
  folder: string,
  point?: CrashPoint,
): Promise<{ result: ApplyResult; writes: number }> {
  const { environment, scope, graph } = validateEnvironment({ files: filesOnDisk(lab.root), folder, kinds: registry });
  if (!environment || !scope) throw new Error('The environment has errors');
  const connection = await connect({
    scope,
    stateFolder: `${lab.root}/.ingate`,
    userAgent: 'test',
    clock: impatientClock(),
  });
  const head = { commit: null, dirty: false };
  const planned = await planEnvironment({
    environment,
    graph,
    scope,
    kinds: registry,
    reader: connection.reader,
    prune: true,
    tool: 'test',
    head,
  });
  if (!planned.plan) throw new Error(planned.diagnostics.map((one) => one.message).join('\n'));
  const { azure, writes } = dying(connection.azure, point);
  const never = new AbortController().signal;
  const result = await applyPlan({
    plan: planned.plan,
    state: planned.state,
    files: filesOnDisk(lab.root),
    graph,
    scope,
    reconcilers: registry,
    azure,
    secret: () => Promise.resolve('a-secret'),
    probe: connection.probe,
    generation: 1,
    parallelism: 4,
    stop: never,
    abort: never,
    now: Date.now,
    onEvent: () => undefined,
  });
  await connection.close();
  return { result, writes: writes() };
}
