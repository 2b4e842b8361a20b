import { IDENTITY } from '../../arm/identity.ts';
import { render } from '../../arm/render.ts';
import { setState } from '../../arm/state.ts';
import type { ResourceType, View, Write } from '../../arm/contract.ts';
import { overlayObjects, equal, objectAt, textAt, valueAt, withValue, type JsonObject } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { RUN_REQUEST } from './run-request.ts';
import { scheduleRequest } from './schedule-run.ts';
import { hideSecretValues } from './tasks.ts';

/** Microsoft.ContainerRegistry/registries/taskRuns: a run as a resource. Another request or `forceUpdateTag` runs again. */
export const taskRuns: ResourceType = {
  type: 'Microsoft.ContainerRegistry/registries/taskRuns',
  apiVersions: ['2019-06-01-preview', '2025-03-01-preview'],
  placement: 'child',
  body: {
    location: 'string',
    identity: IDENTITY,
    properties: {
      runRequest: RUN_REQUEST,
      forceUpdateTag: 'string',
      provisioningState: 'readonly',
      runResult: 'readonly',
      runId: 'readonly',
    },
  },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{4,49}$/u,
    code: 'InvalidResourceName',
    message: "The task run name '{name}' is invalid: 5 to 50 letters, digits and hyphens.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation'],
    statusPath: 'locations/{location}/operationResults/taskruns-{id}',
  },
  afterWrite: startAgain,
  afterOperation: (engine, taskRun) => {
    const run = engine.resources.get(runIdOf(taskRun));
    if (textAt(run?.readOnly, 'properties.status') === 'Failed') setState(engine, taskRun, 'Failed');
  },
  present,
};

function runIdOf({ readOnly }: Resource): string {
  return textAt(readOnly, 'properties.runId') ?? '';
}

function startAgain({ call, engine, existing, parent }: Write, taskRun: Resource): void {
  const wanted = (resource: Resource | undefined): unknown[] =>
    ['runRequest', 'forceUpdateTag'].map((key) => valueAt(resource?.writable, `properties.${key}`));
  const isSame = existing !== undefined && equal(wanted(existing) as never, wanted(taskRun) as never);
  const request = objectAt(overlayObjects(taskRun.writable, taskRun.secret), 'properties.runRequest');
  if (isSame || !parent || Object.keys(request).length === 0) return;
  const run = scheduleRequest(call, parent, request);
  engine.resources.put({ ...taskRun, readOnly: withValue(taskRun.readOnly, 'properties.runId', run.id) });
}

/** The run is returned in full. */
function present(body: JsonObject, taskRun: StoredResource, view: View): JsonObject {
  const run = view.engine.resources.get(runIdOf(taskRun));
  const shown = hideSecretValues(withValue(body, 'properties.runId', undefined), 'properties.runRequest');
  return run ? withValue(shown, 'properties.runResult', render(run, view)) : shown;
}
