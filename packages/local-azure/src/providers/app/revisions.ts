import { ArmError } from '../../arm/arm-error.ts';
import { requireIdle } from '../../arm/existence.ts';
import { listResources, requireResource } from '../../arm/read.ts';
import type { Call, Engine, Handler, ResourceType, View } from '../../arm/contract.ts';
import { overlayObjects, textAt, type JsonObject } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { empty, type Reply } from '../../http/reply.ts';
import { activate, deactivate, restart } from './revision-progress.ts';
import { APP_VERSIONS, REVISION_TYPE } from './shared.ts';
import { weightOf } from './traffic.ts';

/** Microsoft.App/containerApps/revisions: made by writing the app, never by themselves. */
export const revisions: ResourceType = {
  type: REVISION_TYPE,
  apiVersions: APP_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  reportsApiVersions: true,
  body: { properties: 'any' },
  statuses: {},
  codes: { busy: 'ContainerAppOperationInProgress', notFound: 'RevisionNotFound' },
  present: presentRevision,
  handlers: { LIST: listRevisions },
  actions: {
    activate: revisionAction(activate),
    deactivate: revisionAction(deactivate),
    restart: revisionAction(restart),
  },
};

function listRevisions(call: Call): Reply {
  if (call.request.query.get('$filter') === undefined) return listResources(call);
  throw new ArmError(501, 'NotImplemented', 'The embedded Azure does not filter revisions; list all of them.');
}

function revisionAction(act: (engine: Engine, revision: StoredResource) => void): Handler {
  return (call) => {
    const revision = requireResource(call);
    requireIdle(call, revision.parent);
    act(call.engine, revision);
    return empty(200);
  };
}

/** Traffic is the app's; the share of a revision is computed when it is read. */
function presentRevision(body: JsonObject, revision: StoredResource, { engine }: View): JsonObject {
  const app = engine.resources.get(revision.parent);
  const domain = textAt(app?.readOnly, 'properties.configuration.ingress.fqdn')?.replace(/^[^.]+\./u, '');
  const fqdn = domain === undefined ? {} : { fqdn: `${revision.name}.${domain}` };
  return overlayObjects(body, { properties: { trafficWeight: app ? weightOf(app, revision.name) : 0, ...fqdn } });
}

/** Refuses a revision name that another template already has. */
export function requireNewName(engine: Engine, app: Resource, name: string): void {
  if (!engine.resources.get(`${app.id}/revisions/${name}`)) return;
  const suffix = name.split('--').at(-1) ?? '';
  const message = `The following field(s) are either invalid or missing. Field 'template.revisionsuffix' is invalid with details: 'Invalid value: "${suffix}": revision with suffix ${suffix} already exists.';.`;
  throw new ArmError(400, 'InvalidParameterValueInContainerTemplate', message, { target: 'template.revisionSuffix' });
}
