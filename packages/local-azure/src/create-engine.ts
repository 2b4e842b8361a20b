import { addSubscription, subscriptionIds } from './arm/known-subscriptions.ts';
import { endOperation } from './arm/operations.ts';
import { createRegistry } from './arm/registry.ts';
import { setRegistered } from './arm/registrations.ts';
import { createRealClock } from './engine/clock.ts';
import type { Database } from './engine/database.ts';
import { collectionOf, createDocuments, type Documents } from './engine/documents.ts';
import type { Engine } from './arm/contract.ts';
import { createIds } from './engine/ids.ts';
import { createResources } from './engine/resources.ts';
import { createTasks } from './engine/tasks.ts';
import { modelSettings } from './foundry/models/settings.ts';
import { DEFAULT_SUBSCRIPTION, DEFAULT_TENANT, type LocalAzureOptions } from './options.ts';
import { DEFAULT_TIMING } from './engine/timing.ts';
import { isAllowed } from './providers/authorization/authorise.ts';
import { PROVIDERS } from './providers/index.ts';

/** Puts the parts together, on a database that may hold the state of an earlier run. */
export function createEngine(database: Database, options: LocalAzureOptions): Engine {
  const clock = options.clock ?? createRealClock();
  const documents = createDocuments(database);
  const owners = options.accessControl?.owners;
  const engine: Engine = {
    clock,
    ids: createIds(options.seed ?? 'local-azure', nextGeneration(documents)),
    database,
    documents,
    resources: createResources(database),
    tasks: createTasks(database, clock),
    timing: { ...DEFAULT_TIMING, ...options.timing },
    registry: createRegistry(PROVIDERS, { 'end-operation': endOperation }),
    tenantId: options.tenantId ?? DEFAULT_TENANT,
    isAllowed: owners && ((intent) => owners.includes(intent.caller.objectId) || isAllowed(engine, intent)),
    pageSize: options.pageSize,
    models: modelSettings(options.models),
  };
  return engine;
}

const generations = collectionOf<{ readonly count: number }>('generations');

/** Counts the starts on one state, so that ids never repeat. */
function nextGeneration(documents: Documents): number {
  const count = (generations.get(documents, 'server')?.count ?? 0) + 1;
  generations.put(documents, 'server', { count });
  return count;
}

/** Adds what exists before the first request. True when the state was empty before. */
export function furnish(engine: Engine, options: LocalAzureOptions): boolean {
  const known = new Set(subscriptionIds(engine));
  const wanted = [...(options.subscriptions ?? []), DEFAULT_SUBSCRIPTION];
  for (const id of wanted.filter((each) => !known.has(each))) {
    addSubscription(engine, id);
    for (const namespace of options.unregistered ?? []) setRegistered(engine, id, namespace, false);
  }
  return known.size === 0;
}

/** Back to an empty state. */
export function startOver(engine: Engine, options: LocalAzureOptions): void {
  const generation = generations.get(engine.documents, 'server');
  engine.database.clear();
  if (generation) generations.put(engine.documents, 'server', generation);
  furnish(engine, options);
}
