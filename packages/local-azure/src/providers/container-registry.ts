import { optionalBody } from '../arm/body.ts';
import type { Call, Provider } from '../arm/contract.ts';
import { textAt } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import { cacheRules } from './container-registry/cache-rules.ts';
import { registries } from './container-registry/registries.ts';
import { replications } from './container-registry/replications.ts';
import { advanceRun } from './container-registry/run-progress.ts';
import { runs } from './container-registry/runs.ts';
import { findRegistry, NAME } from './container-registry/shared.ts';
import { taskRuns } from './container-registry/task-runs.ts';
import { tasks } from './container-registry/tasks.ts';
import { usages } from './container-registry/usages.ts';
import { webhooks } from './container-registry/webhooks.ts';

/** Azure Container Registry, control plane. */
export const containerRegistry: Provider = {
  namespace: 'Microsoft.ContainerRegistry',
  types: [registries, replications, webhooks, cacheRules, runs, tasks, taskRuns, usages],
  actions: { checkNameAvailability },
  tasks: { 'registry-run': advanceRun },
};

function checkNameAvailability(call: Call): Reply {
  const name = textAt(optionalBody(call), 'name') ?? '';
  if (!NAME.test(name)) {
    const message = 'A registry name must have 5 to 50 letters and digits.';
    return json(200, { nameAvailable: false, reason: 'Invalid', message });
  }
  if (!findRegistry(call.engine, name)) return json(200, { nameAvailable: true });
  const message = `The registry ${name} is already in use.`;
  return json(200, { nameAvailable: false, reason: 'AlreadyExists', message });
}
