import { connect, type Connection } from '../../src/azure/connect.ts';
import { createVirtualClock } from '@ingate/local-azure';
import type { Azure } from '../../src/model/azure.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Site, WriteContext } from '../../src/model/kind.ts';
import type { ResourceId } from '../../src/model/resource-id.ts';
import { appRollouts } from '../../src/reconcilers/container-app/rollout/write.ts';
import { readApp } from '../../src/reconcilers/container-app/rollout/port.ts';
import { snapshotOf } from '../../src/reconcilers/container-app/rollout/snapshot.ts';
import { containerApp } from '../../src/reconcilers/container-app/index.ts';
import { runRollout, type Ending, type RolloutPort } from '../../src/reconcilers/shared/rollout/run.ts';
import type { Snapshot } from '../../src/rollout/types.ts';
import { startLocalAzure, type LocalAzure } from '@ingate/local-azure';
import { virtualClock } from './fake-transport.ts';
import { GROUP, SUBSCRIPTION } from './lab.ts';

/** The process dies: this call, and every one after it, never returns to its caller. */
class Crash extends Error {}

/** Where a run dies: before or after its n-th write reached Azure. */
export interface CrashPoint {
  readonly write: number;
  readonly when: 'before' | 'after';
}

export interface RolloutLab {
  readonly azure: LocalAzure;
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly connection: Connection;
  /** Creates an app with one revision that serves; resolves to its name. */
  createApp(rollout: JsonObject): Promise<string>;
  /** Rolls out an image for as long as there is something to do, a day passing between runs; dies once or more. */
  rollOut(app: string, image: string, rollout: JsonObject, deaths?: readonly CrashPoint[]): Promise<number>;
  /** One run; a later commit has a greater generation. */
  run(app: string, image: string, rollout: JsonObject, azure?: Azure, generation?: number): Promise<Ending>;
  state(app: string): Promise<Snapshot>;
  close(): Promise<void>;
}

const ENVIRONMENT = `${GROUP}/providers/Microsoft.App/managedEnvironments/apps`;
const scope = {
  name: 'dev',
  cloud: 'local' as const,
  subscriptionId: SUBSCRIPTION,
  tenantId: undefined,
  resourceGroup: 'rg-test',
  groupPath: GROUP,
  location: 'swedencentral',
  tags: {},
};

function siteOf(name: string, image: string, rollout: JsonObject): Site {
  const spec: JsonObject = {
    environment: 'apps',
    location: 'swedencentral',
    revisionMode: 'Multiple',
    maxInactiveRevisions: 100,
    tags: {},
    ingress: { external: true, targetPort: 80, transport: 'auto', allowInsecure: false },
    containers: [{ name: 'main', image: `mcr.example.com/app:${image}` }],
    scale: { minReplicas: 1, maxReplicas: 2 },
    rollout,
  };
  return {
    id: `ContainerApp/${name}` as ResourceId,
    azureName: name,
    spec,
    owner: undefined,
    protected: false,
    environment: scope,
    azureNameOf: () => 'apps',
    pathOf: () => ENVIRONMENT,
    outputOf: () => undefined,
    digestOf: () => undefined,
    resourceAt: () => undefined,
  };
}

/** What every write must leave behind: weights sum to 100, one is stable, nothing that cannot answer has traffic. */
export function brokenInvariants({ traffic, revisions, newest }: Snapshot): string[] {
  const sum = traffic.reduce((all, { weight }) => all + weight, 0);
  const stable = traffic.filter(({ label }) => label === 'stable').length;
  const bad = traffic
    .filter(({ weight }) => weight > 0)
    .map(({ revision }) => revisions.find(({ name }) => name === (revision ?? newest)))
    .filter((revision) => !revision?.active || revision.health === 'unhealthy');
  return [
    ...(sum === 100 ? [] : [`weights sum to ${sum}`]),
    ...(stable <= 1 ? [] : [`${stable} are stable`]),
    ...bad.map((revision) => `traffic to ${revision?.name ?? 'nothing'}, which cannot answer`),
  ];
}

export async function startRolloutLab(folder: string): Promise<RolloutLab> {
  const clock = createVirtualClock();
  const azure = await startLocalAzure({
    clock,
    subscriptions: [SUBSCRIPTION],
    timing: { operationMs: 0, registrationMs: 0, revisionMs: 0 },
  });
  const connection = await connect({
    scope,
    stateFolder: folder,
    userAgent: 'test',
    localUrl: azure.url,
    clock: virtualClock(),
  });
  const put = (path: string, version: string, body: JsonObject): Promise<JsonObject> =>
    connection.azure.put({ path, apiVersion: version }, body);
  await put(GROUP, '2025-04-01', { location: 'swedencentral' });
  await connection.azure.post(
    { path: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.App/register`, apiVersion: '2025-04-01' },
    undefined,
  );
  await put(ENVIRONMENT, '2026-01-01', { location: 'swedencentral', properties: {} });
  let count = 0;

  const contextOf = (through: Azure): WriteContext => ({
    azure: through,
    probe: connection.probe,
    generation: 1,
    secret: () => Promise.reject(new Error('There are no secrets here')),
    files: { read: () => undefined } as unknown as WriteContext['files'],
    signal: new AbortController().signal,
    report: () => undefined,
    attach: () => undefined,
    nominate: () => Promise.reject(new Error('Nothing is evaluated here')),
  });
  const portOf = (site: Site, through: Azure): RolloutPort => ({
    ...appRollouts.port(contextOf(through), site),
    analyse: () => Promise.resolve({ verdict: 'pass' }),
  });
  const addressOf = (name: string) => ({
    path: `${GROUP}/providers/Microsoft.App/containerApps/${name}`,
    apiVersion: '2026-01-01',
  });
  const state = async (name: string): Promise<Snapshot> => {
    const { body, revisions } = await readApp(connection.azure, addressOf(name));
    return snapshotOf(body, revisions, { hash: '', template: {} });
  };
  const run: RolloutLab['run'] = async (name, image, rollout, through = connection.azure, generation = 1) => {
    const site = siteOf(name, image, rollout);
    clock.advance(1_000);
    return runRollout(portOf(site, through), appRollouts.targetOf(site, generation), {
      report: () => undefined,
      signal: new AbortController().signal,
      pollMs: 1,
    });
  };

  return {
    azure,
    clock,
    connection,
    state,
    run,
    async createApp(rollout) {
      const name = `app-${++count}`;
      await containerApp.write(contextOf(connection.azure), siteOf(name, 'v1', rollout), undefined, []);
      clock.advance(60_000);
      return name;
    },
    async rollOut(name, image, rollout, deaths = []) {
      let writes = 0;
      const left = [...deaths];
      for (let round = 0; round < 40; round++) {
        const mortal = dying(connection.azure, left[0], async () => {
          const broken = brokenInvariants(await state(name));
          if (broken.length > 0) throw new Error(broken.join('; '));
        });
        try {
          const ending = await run(name, image, rollout, mortal.azure);
          writes += mortal.writes();
          if (ending.do === 'done') return writes;
          if (ending.do === 'stop') throw new Error(ending.why);
          clock.advance(24 * 3_600_000);
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
          left.shift();
        }
      }
      throw new Error('The rollout does not end');
    },
    async close() {
      await connection.close();
      await azure.close();
    },
  };
}

/** Azure as a process sees it that dies at a point. After every write `check` looks at what it left. */
function dying(
  azure: Azure,
  point: CrashPoint | undefined,
  check: () => Promise<void>,
): { readonly azure: Azure; readonly writes: () => number } {
  let writes = 0;
  let dead = false;
  const write = async <T>(call: () => Promise<T>): Promise<T> => {
    if (dead) throw new Crash();
    writes++;
    const here = point?.write === writes;
    dead = here;
    if (here && point.when === 'before') throw new Crash();
    const result = await call();
    await check();
    if (here) throw new Crash();
    return result;
  };
  return {
    writes: () => writes,
    azure: {
      ...azure,
      put: (...args) => write(() => azure.put(...args)),
      patch: (...args) => write(() => azure.patch(...args)),
      post: (...args) => write(() => azure.post(...args)),
      delete: (...args) => write(() => azure.delete(...args)),
    },
  };
}
