import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { addSubscription, subscriptionIds } from './arm/known-subscriptions.ts';
import { createRegistry } from './arm/registry.ts';
import { setRegistered } from './arm/registrations.ts';
import { endOperation } from './arm/operations.ts';
import { createRealClock } from './engine/clock.ts';
import { openDatabase, type Database } from './engine/database.ts';
import { collectionOf, createDocuments, type Documents } from './engine/documents.ts';
import type { Engine } from './engine/engine.ts';
import { createFaults } from './engine/faults.ts';
import { createIds } from './engine/ids.ts';
import { createResources } from './engine/resources.ts';
import { createTasks } from './engine/tasks.ts';
import {
  DEFAULT_SUBSCRIPTION,
  DEFAULT_TENANT,
  DEFAULT_TIMING,
  type LocalAzure,
  type LocalAzureOptions,
} from './options.ts';
import { PROVIDERS } from './providers/index.ts';
import { parseFaults } from './server/admin.ts';
import { createDispatcher } from './server/dispatch.ts';
import { listen } from './server/http-server.ts';
import { createRequestLog } from './server/request-log.ts';

export { createRealClock, createVirtualClock, type Clock } from './engine/clock.ts';
export type { Fault, FaultMatch, FaultReply, FaultSchedule, OperationFault } from './engine/faults.ts';
export type { FaultControl, LocalAzure, LocalAzureOptions, Timing } from './options.ts';
export type { LogEntry } from './server/request-log.ts';

/** Starts an embedded Azure on 127.0.0.1. Rejects when the port is taken or a file cannot be read. */
export async function startLocalAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  const database = openDatabase(options.stateFile);
  const engine = createEngine(database, options);
  const faults = createFaults([...(options.faults ?? []), ...readFaults(options.faultsFile)]);
  const log = createRequestLog(options.logSize ?? 20_000);
  const reset = (): void => {
    const generation = generations.get(engine.documents, 'server');
    database.clear();
    log.clear();
    if (generation) generations.put(engine.documents, 'server', generation);
    furnish(engine, options);
  };
  furnish(engine, options);
  const admin = { clock: engine.clock, faults, log, reset };
  const server = await listen(options.port ?? 0, createDispatcher(engine, faults, log, admin));
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    subscriptionId: options.subscriptions?.[0] ?? DEFAULT_SUBSCRIPTION,
    tenantId: engine.tenantId,
    clock: engine.clock,
    faults,
    requests: () => log.entries(),
    reset,
    close: async () => {
      await server.close();
      database.close();
    },
  };
}

function createEngine(database: Database, options: LocalAzureOptions): Engine {
  const clock = options.clock ?? createRealClock();
  const documents = createDocuments(database);
  return {
    clock,
    ids: createIds(options.seed ?? 'local-azure', nextGeneration(documents)),
    database,
    documents,
    resources: createResources(database),
    tasks: createTasks(database, clock),
    timing: { ...DEFAULT_TIMING, ...options.timing },
    registry: createRegistry(PROVIDERS, { 'end-operation': endOperation }),
    tenantId: options.tenantId ?? DEFAULT_TENANT,
    pageSize: options.pageSize,
  };
}

const generations = collectionOf<{ readonly count: number }>('generations');

/** Counts the starts on one state, so that ids never repeat. */
function nextGeneration(documents: Documents): number {
  const count = (generations.get(documents, 'server')?.count ?? 0) + 1;
  generations.put(documents, 'server', { count });
  return count;
}

/** What exists before the first request. */
function furnish(engine: Engine, options: LocalAzureOptions): void {
  const subscriptions = [...(options.subscriptions ?? []), DEFAULT_SUBSCRIPTION];
  const known = new Set(subscriptionIds(engine));
  for (const id of subscriptions.filter((each) => !known.has(each))) {
    addSubscription(engine, id);
    for (const namespace of options.unregistered ?? []) setRegistered(engine, id, namespace, false);
  }
}

function readFaults(file: string | undefined): ReturnType<typeof parseFaults> {
  return file === undefined ? [] : parseFaults(parse(readFileSync(file, 'utf8')));
}
