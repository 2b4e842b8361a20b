import { ArmError } from '../../arm/arm-error.ts';
import { listResources } from '../../arm/read.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import type { Reply } from '../../http/reply.ts';
import { stopExecution } from './job-start.ts';
import { APP_VERSIONS, EXECUTION_TYPE } from './shared.ts';

/** Microsoft.App/jobs/executions@2026-01-01: made by starting the job, never by themselves. */
export const jobExecutions: ResourceType = {
  type: EXECUTION_TYPE,
  apiVersions: APP_VERSIONS.filter((version) => version >= '2023-05-01'),
  placement: 'child',
  hasSystemData: false,
  reportsApiVersions: true,
  body: { properties: 'readonly' },
  statuses: {},
  longRunning: {
    statusPath: 'locations/{location}/containerappsjobOperationStatuses/{id}',
    resultPath: 'locations/{location}/containerappsjobOperationResults/{id}',
  },
  handlers: { LIST: listExecutions },
  actions: { stop: stopExecution },
};

function listExecutions(call: Call): Reply {
  if (call.request.query.get('$filter') === undefined) return listResources(call);
  throw new ArmError(501, 'NotImplemented', 'The embedded Azure does not filter executions; list all of them.');
}
