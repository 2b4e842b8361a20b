import { optionalBody } from '../../arm/body.ts';
import { requireParent } from '../../arm/existence.ts';
import { requireResource, viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { sameText, textAt, valueAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import { cancelRun, update } from './run-progress.ts';
import { RUN_TYPE, TASK_VERSIONS } from './shared.ts';
import { signedUrl } from './uploads.ts';

/** Microsoft.ContainerRegistry/registries/runs: what builds and tasks did, newest first. They cannot be made by PUT. */
export const runs: ResourceType = {
  type: RUN_TYPE,
  apiVersions: TASK_VERSIONS,
  placement: 'child',
  body: { properties: 'readonly' },
  handlers: { LIST: listRuns, PATCH: updateRun },
  actions: {
    listLogSasUrl: (call) => {
      const run = requireResource(call);
      const registry = call.engine.resources.get(run.parent) ?? run;
      return json(200, { logLink: signedUrl(call.engine, call.request, registry, `logs/${run.name}`) });
    },
    cancel: (call) => {
      cancelRun(call.engine, requireResource(call));
      return describe(call);
    },
  },
};

function describe(call: Call): Reply {
  return json(200, render(requireResource(call), viewOf(call)));
}

function listRuns(call: Call): Reply {
  requireParent(call);
  const top = Number(call.request.query.get('$top') ?? 100);
  const matches = filterOf(call.request.query.get('$filter') ?? '');
  const found = call.reader
    .list({ type: RUN_TYPE, parent: call.target.parent })
    .toReversed()
    .filter(matches)
    .slice(0, Number.isInteger(top) && top > 0 ? top : 100);
  return json(200, { value: found.map((run) => render(run, viewOf(call))) });
}

const FIELDS: Readonly<Record<string, string>> = {
  runid: 'runId',
  runtype: 'runType',
  status: 'status',
  taskname: 'task',
};

/** `Status eq 'Succeeded' and TaskName eq 'nightly'`; other filters are ignored. */
function filterOf(filter: string): (run: StoredResource) => boolean {
  const wanted = [...filter.matchAll(/(?<field>\w+) eq '(?<value>[^']*)'/giu)].flatMap(({ groups = {} }) => {
    const field = FIELDS[groups['field']?.toLowerCase() ?? ''];
    return field === undefined ? [] : [[field, groups['value'] ?? ''] as const];
  });
  return ({ readOnly }) =>
    wanted.every(([field, value]) => sameText(textAt(readOnly, `properties.${field}`) ?? '', value));
}

/** Only whether the run is kept can be changed. */
function updateRun(call: Call): Reply {
  const run = requireResource(call);
  const isArchiveEnabled = valueAt(optionalBody(call), 'isArchiveEnabled');
  if (typeof isArchiveEnabled === 'boolean') update(call.engine, run, { isArchiveEnabled }, call.engine.clock.now());
  return describe(call);
}
