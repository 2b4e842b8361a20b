import { ArmError } from '../../arm/arm-error.ts';
import { notFound } from '../../arm/existence.ts';
import { pageReply } from '../../arm/paging.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { firingIn, type Firing } from './firing.ts';

/**
 * Microsoft.AlertsManagement/alerts: alerts that fired, about resources at or below a scope. They follow from the rules and
 * from what was measured; nothing is stored, so there are no resolved alerts and the state cannot be set.
 */
export const alerts: ResourceType = {
  type: 'Microsoft.AlertsManagement/alerts',
  apiVersions: ['2018-05-05', '2019-03-01', '2025-05-25-preview'],
  placement: 'extension',
  tracked: false,
  hasSystemData: false,
  handlers: { LIST: listAlerts, GET: getAlert },
};

interface Alert {
  readonly body: JsonObject;
  readonly essentials: JsonObject;
  readonly since: number;
}

function alertsAt(call: Call): Alert[] {
  const { engine, target } = call;
  const scope = target.parent.toLowerCase();
  return firingIn(engine, target.subscription)
    .filter(({ target: { id } }) => id.toLowerCase() === scope || id.toLowerCase().startsWith(`${scope}/`))
    .map((firing) => alertOf(call, firing));
}

function alertOf({ engine }: Call, { rule, target, since }: Firing): Alert {
  const guid = engine.ids.guidOf(`${rule.id} ${target.id} ${since}`);
  const time = timestamp(since);
  const [, ...kinds] = target.type.split('/');
  const essentials: JsonObject = {
    severity: `Sev${Number(valueAt(rule.writable, 'properties.severity') ?? 3)}`,
    signalType: 'Metric',
    alertState: 'New',
    monitorCondition: 'Fired',
    targetResource: target.id.toLowerCase(),
    targetResourceName: target.name.toLowerCase(),
    targetResourceGroup: target.resourceGroup.toLowerCase(),
    targetResourceType: kinds.join('/').toLowerCase(),
    monitorService: 'Platform',
    alertRule: rule.id,
    sourceCreatedId: guid,
    startDateTime: time,
    lastModifiedDateTime: time,
    lastModifiedUserName: 'System',
    description: textAt(rule.writable, 'properties.description') ?? '',
  };
  const body = {
    id: `${target.id}/providers/Microsoft.AlertsManagement/alerts/${guid}`,
    name: rule.name,
    type: 'Microsoft.AlertsManagement/alerts',
    properties: { essentials },
  };
  return { body, essentials, since };
}

/** Query parameters that are compared with a member of `essentials`. */
const FILTERS: Readonly<Record<string, string>> = {
  targetResource: 'targetResource',
  targetResourceType: 'targetResourceType',
  targetResourceGroup: 'targetResourceGroup',
  monitorService: 'monitorService',
  monitorCondition: 'monitorCondition',
  severity: 'severity',
  alertState: 'alertState',
  alertRule: 'alertRule',
};

const HOUR = 3_600_000;
const RANGES: Readonly<Record<string, number>> = { '1h': HOUR, '1d': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR };
const MOST_PER_PAGE = 250;

/** Newest first, 25 a page. 400 for a page count or a time range that there is not (code and wording **unverified**). */
function listAlerts(call: Call): Reply {
  const { engine, request, type } = call;
  const range = RANGES[request.query.get('timeRange') ?? '1d'];
  if (range === undefined) throw badRequest("The parameter 'timeRange' is one of 1h, 1d, 7d, 30d.");
  const pageSize = Number(request.query.get('pageCount') ?? 25);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > MOST_PER_PAGE)
    throw badRequest(`The parameter 'pageCount' is between 1 and ${MOST_PER_PAGE}.`);
  const wanted = alertsAt(call).filter(({ essentials, since }) => {
    const fits = Object.entries(FILTERS).every(([parameter, name]) => {
      const value = request.query.get(parameter);
      return value === undefined || sameText(value, textAt(essentials, name) ?? '');
    });
    return fits && since >= engine.clock.now() - range;
  });
  const placed = wanted
    .toSorted((a, b) => b.since - a.since)
    .map((alert, index) => ({ ...alert, sequence: index + 1 }));
  return pageReply({ ...call, type: { ...type, pageSize } }, placed, ({ body }) => body);
}

function getAlert(call: Call): Reply {
  const name = call.target.names.at(-1) ?? '';
  const found = alertsAt(call).find(({ essentials }) => sameText(textAt(essentials, 'sourceCreatedId') ?? '', name));
  if (!found) throw notFound(call.target, call.type);
  return json(200, found.body);
}

function badRequest(message: string): ArmError {
  return new ArmError(400, 'BadRequest', message);
}
